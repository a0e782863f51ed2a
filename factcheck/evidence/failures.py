"""Why a connection came to nothing, in a few words that can be kept."""

import ssl

# Codes of X509_verify_cert_error_string(3).
_CERTIFICATES = {9: "tls certificate not yet valid", 10: "tls certificate expired", 62: "tls certificate of another host"}
_ADDRESSES = {64: "tls certificate of another host"}


def failure(error: BaseException, *, late: bool, unreached: bool) -> str:
    """The outcome of a failed connection: `late` when a clock ended it, `unreached` when none was made."""
    cause: BaseException | None = error
    while cause is not None:
        if found := _known(cause):
            return found
        cause = cause.__cause__ or cause.__context__
    if late:
        return "timeout"
    return "unreachable" if unreached else "broken off"


def _known(cause: BaseException) -> str:
    match cause:
        case ssl.SSLCertVerificationError():
            named = (_CERTIFICATES | _ADDRESSES).get(cause.verify_code)
            return named or f"tls certificate not trusted: {cause.verify_message}"[:120]
        case ssl.SSLError():
            return "tls failed"
        case ConnectionRefusedError():
            return "connection refused"
        case ConnectionResetError():
            return "connection reset"
    return ""
