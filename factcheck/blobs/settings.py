"""What the AWS_ variables say of an object store, looked at before a library stumbles over it."""

import ipaddress
import os
import re
from typing import Final
from urllib.parse import urlsplit

from factcheck.errors import Refused, Usage

_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_ADDRESSES: Final = (
    *_ENDPOINTS,
    "AWS_METADATA_ENDPOINT",
    "AWS_STS_ENDPOINT",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
_SENT: Final = ("AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION")
_ADDRESS: Final = re.compile(
    r"https?://(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])(?::\d+)?(?:/[\w./~-]*)?", re.ASCII
)
_PLAIN: Final = re.compile(r"[!-~]+")


def endpoint() -> str:
    """The address of the store; "" for that of its region at Amazon.

    Usage for a variable that is no address, or that no header can carry: the library ends the program over these.
    """
    for name in _ADDRESSES:
        if name in os.environ and not _is_address(os.environ[name]):
            raise Usage(
                f"{name} is not an address.",
                seen=repr(os.environ[name].rpartition("@")[2]),
                remedy="give one such as https://storage.example.org, or unset it",
            )
    for name in _SENT:
        if name in os.environ and not _PLAIN.fullmatch(os.environ[name]):
            raise Usage(
                f"{name} is empty, or has a character that cannot be sent.",
                remedy="copy it once more, without spaces and line ends, or unset it",
            )
    return next((os.environ[name] for name in _ENDPOINTS if name in os.environ), "")


def unencrypted() -> bool:
    """Whether plain HTTP will do: on this machine, or where somebody says so; Refused elsewhere."""
    address = urlsplit(endpoint())
    if address.scheme != "http":
        return False
    allowed = os.environ.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true", "yes", "on"}
    if not allowed and not _is_this_machine(address.hostname or ""):
        raise Refused(
            "keys and evidence would travel unencrypted.",
            where=f"http://{address.hostname}",
            remedy="name an https address in AWS_ENDPOINT_URL, or set AWS_ALLOW_HTTP=true in a network of your own",
        )
    return True


def _is_address(text: str) -> bool:
    try:
        return bool(_ADDRESS.fullmatch(text)) and urlsplit(text).port != 0
    except ValueError:  # a port beyond 65535
        return False


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
