"""Whatever happened to a document's bytes, it is read or refused in a sentence; what is read holds its quotations."""

import random

import pytest

from factcheck.errors import BadData
from factcheck.text import extract, read
from tests.text.test_formats import SAMPLES
from tests.text.test_speech import SRT, STAMPED, VTT

DOCUMENTS = SAMPLES | {
    "cues.srt": SRT.encode(),
    "cues.vtt": VTT.encode(),
    "stamps.txt": STAMPED.encode(),
    "gb.txt": "最近 VideoPoet 的负责人蒋璐转投 TikTok。张楠辞去抖音 CEO 职务。".encode("gb18030"),
    "wide.txt": "最近 VideoPoet 的负责人蒋璐转投 TikTok。".encode("utf-16"),
}


def damaged(data, chance):
    """The bytes with a few of them changed, lost, put in or told twice."""
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        at = chance.randrange(len(spoilt) + 1)
        match chance.randrange(4):
            case 0:
                spoilt[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                spoilt[at:at] = chance.randbytes(8)
            case 2:
                del spoilt[at : at + chance.randrange(1, 40)]
            case _:
                spoilt[at:at] = spoilt[at // 2 : at // 2 + 60]
    return bytes(spoilt)


def read_or_refused(data, name):
    """The document, or None when it was refused in a sentence."""
    try:
        return read(data, name=name, where=name)
    except BadData:
        return None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_damaged_document_is_read_or_refused_in_a_sentence(name):
    chance = random.Random(name)
    for _ in range(2 if name.endswith("pdf") else 25):
        document = read_or_refused(damaged(DOCUMENTS[name], chance), name)
        if document is not None:
            found = extract(document.text)
            assert all(document.text[claim.start : claim.end] == claim.quote for claim in found.claims)
            assert "\x00" not in document.text
