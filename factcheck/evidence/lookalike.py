"""Names that look like other names: letters of several scripts in one word, or a name that is asked otherwise than it is read."""

import unicodedata

# Scripts that are written together everywhere (Unicode UTS 39, section 5.2, "highly restrictive").
_TOGETHER = (
    {"latin", "cjk", "hiragana", "katakana"},
    {"latin", "cjk", "bopomofo"},
    {"latin", "cjk", "hangul"},
)
# Cyrillic, Greek and Armenian letters that many fonts draw as Latin ones (Unicode UTS 39, confusables).
_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуѵгькпвтмнα" "νορικυτχօսոցհզ")


def lookalike(seen: str, asked: str) -> str:
    """Why the host `seen` may be taken for another than `asked` (its form for the name server); "" when it may not.

    Raises nothing: what cannot be decoded is not shown in any other form than its own.
    """
    shown = _unfolded(seen.rstrip("."))
    plain = ".".join(_decoded(label) for label in asked.rstrip(".").split("."))
    for label in plain.split("."):
        if found := _mixed(label):
            return found
        if not label.isascii() and set(label) - set("-0123456789") <= _LIKE_LATIN:
            return "letters that look Latin and are not"
    return "written otherwise than it is asked" if shown not in {plain, _unfolded(asked).rstrip(".")} else ""


def _unfolded(host: str) -> str:
    return host.lower()


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _mixed(label: str) -> str:
    scripts = {_script(letter) for letter in label} - {""}
    if len(scripts) < 2 or any(scripts <= together for together in _TOGETHER):
        return ""
    return "mixes " + " and ".join(sorted(script.capitalize() for script in scripts)) + " letters"


def _script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    return unicodedata.name(letter, "unknown").split()[0].partition("-")[0].lower()
