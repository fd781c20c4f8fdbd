"""The numbers that a text counts something with, so that each of them can be held against a fact's figures."""

from __future__ import annotations

import re

from oir_cli.dates import MONTHS

# fmt: off
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "eleven": 11, "twelve": 12, "dozen": 12}
# fmt: on
_MONTH = "|".join(MONTHS)
# What is written with digits and counts nothing: days and years, ordinals, designations such as F-16 or 7.62.
_NOT_COUNTED = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:–|-|and|to|or|/)\s*\d{{1,2}})?\s+(?:{_MONTH})\b(?:,?\s+\d{{4}})?"
    rf"|\b(?:{_MONTH})\s+\d{{1,2}}\b(?:,?\s+\d{{4}})?"
    r"|\b(?:19|20)\d\d(?:[–-]\d\d(?:\d\d)?)?\b"
    r"|\b[A-Z]{1,4}/?[A-Z]?-?\d+\w*(?:/\w+)?\b"
    r"|\b\d+(?:st|nd|rd|th|d)\b"
    r"|\b[A-Z][a-z]+ (?:Wing|Unit|Squadron) \d+\b"
    r"|\b7\.62\b"
)
_NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(\s*(?:million|billion|m\b|bn\b))?")
_SCALE = {"": 1, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}


def counted(text: str) -> set[float]:
    """The numbers that `text` counts something with, in digits or in words from two to twelve."""
    plain = _NOT_COUNTED.sub(" ", text)
    found = {
        round(float(number.replace(",", "")) * _SCALE[scale.strip()], 6) for number, scale in _NUMBER.findall(plain)
    }
    return found | {float(_WORDS[word]) for word in re.findall(r"[a-z]+", plain.lower()) if word in _WORDS}
