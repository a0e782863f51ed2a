"""What an object store's refusals and silences come to, in one sentence each."""

import re
from typing import Final

from factcheck.blobs.content import absent
from factcheck.errors import FactcheckError, Unavailable, Usage

_STATUS: Final = re.compile(r"status code: (\d{3})")
_CODE: Final = re.compile(r"<Code>([A-Za-z]{1,40})</Code>")
_CERTIFICATE: Final = re.compile(r"(?:InvalidCertificate|invalid peer certificate)\W+(\w{1,40})")
_KEYLESS: Final = re.compile(r"Missing (?:AccessKeyId|SecretAccessKey)|/latest/(?:api/token|meta-data)")
_SIGNS: Final = (
    (
        "Content-Range",
        "an answer that broke off",
    ),  # it is taken up again once where it did, which not every store can
    ("Header missing from response", "an answer without its length"),
    ("TimedOut", "no answer in time"),
    ("kind: Timeout", "no answer in time"),
    ("following redirect", "an answer that leads elsewhere"),
    ("kind: Connect", "no connection"),
    ("kind: Interrupted", "an answer that broke off"),
)


def refusal(error: BaseException, place: str, endpoint: str) -> FactcheckError:
    """The sentence for what obstore raised. Of a store's own words only its status and its code are repeated."""
    told = str(error)
    status, code = _STATUS.search(told), _CODE.search(told)
    seen = " ".join(each[1] for each in (status, code) if each)
    if _KEYLESS.search(told):
        return _locked("there are no keys for the object store.", place, seen)
    if code and code[1] == "NoSuchBucket":
        return Unavailable("there is no such bucket.", where=place, remedy="make it, or check the address")
    if status and status[1] in {"401", "403"}:
        return _locked("the object store does not let us in with these keys.", place, seen)
    if isinstance(error, FileNotFoundError):
        return absent(place)
    if found := _CERTIFICATE.search(told):
        return Unavailable(
            "the object store shows a certificate that is not trusted.",
            where=place,
            seen=f"{endpoint}: {found[1]}",
            remedy="check AWS_ENDPOINT_URL; SSL_CERT_FILE names the certificate of an authority of your own",
        )
    return Unavailable(
        "the object store does not answer as it should.",
        where=place,
        seen=f"{endpoint or 'Amazon S3'}: {seen or _sign(told)}",
        remedy="check AWS_ENDPOINT_URL and the network, then repeat the command",
    )


def unsettled(error: Exception, place: str) -> FactcheckError:
    """The sentence for settings that obstore does not take."""
    told = str(error).splitlines()[0]
    if _KEYLESS.search(told):
        return _locked(
            "there are no keys for the object store.", place, told.rpartition(" ")[2] + " is missing"
        )
    return Usage(
        "the settings of the object store are not understood.",
        where=place,
        seen=re.sub(r"^Generic \w+ error: ", "", told),
        remedy="check the variables whose names begin with AWS_",
    )


def _locked(what: str, place: str, seen: str) -> Unavailable:
    return Unavailable(
        what,
        where=place,
        seen=seen,
        remedy="check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they need s3:GetObject, s3:PutObject and s3:ListBucket",
    )


def _sign(told: str) -> str:
    return next((words for sign, words in _SIGNS if sign in told), "an answer that is not understood")
