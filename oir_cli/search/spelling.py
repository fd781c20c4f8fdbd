"""Ways of typing made one: quotes, spaces and hyphens, contractions, and numbers written in words or with a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# What word processors and phones put in place of the characters of a keyboard. Dashes stay: dates have ranges.
_KEYBOARD = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
    }
)
_CONTRACTION = r"(?i)\b(?:ca|wo|sha)n't\b|(?<=[a-z])(?:n't|'(?:re|ve|ll|d|m))\b"
_ELISION = r"(?i)\b[dl]'(?=[aeiouhéèê])"  # of French: "l'Australie"
_COMMA = re.compile(r",(?<=\d,)(?=\d{3}\b)")  # of a number; starts with the comma, which is found fast

UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(UNITS)} | {word: 10 * ten for ten, word in enumerate(_TENS, 2)}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
SPELLED_OUT = 12  # the last number that facts write as a word
_NUMBER_WORDS = _SMALL.keys() | _LARGE.keys()
_ONE = "|".join((*_SMALL, *_LARGE))
# "forty", "fourteen thousand", "a hundred and five", "14 thousand".
_IN_WORDS = rf"(?i)(?<![\w.-])(?:{_ONE}|a(?= )|\d+(?:\.\d+)?(?= ))(?:(?: |-| and )(?:{_ONE}))*\b(?!-)"
_LETTERED = r"(?i)(?<![\w.-])(\d+(?:\.\d+)?)(k|mn|mln|m|bn|b)\b(?!-)"
_LETTERS = {"k": "thousand", "m": "million", "b": "billion"}
_MILLIONS = r"(?<![\w.-])[1-9]\d*0{5}\b(?!-)"


def tidy(text: str) -> str:
    """`text` with the characters of a keyboard, without contractions, and with numbers as the facts write them.

    That is in digits without commas, and from a million on with "million" or "billion": "$424m" becomes
    "$424 million", "fourteen thousand" becomes "14000".
    """
    text = join_thousands(text.translate(_KEYBOARD))
    # Patterns are compiled where a text needs them: few do, and every search would wait.
    if "'" in text:
        text = re.sub(_ELISION, "", re.sub(_CONTRACTION, "", text))
    has_digits = any(char.isdigit() for char in text)
    if has_digits:
        text = re.sub(_LETTERED, lambda found: f"{found[1]} {_LETTERS[found[2][0].lower()]}", text)
    if not _NUMBER_WORDS.isdisjoint(text.lower().replace("-", " ").split()):
        text = re.sub(_IN_WORDS, lambda found: _in_digits(re.split("[ -]", found[0].lower())) or found[0], text)
    return re.sub(_MILLIONS, lambda found: _written(int(found[0])), text) if has_digits else text


def join_thousands(text: str) -> str:
    """`text` with numbers without commas: "10,000" as "10000"."""
    return _COMMA.sub("", text)


def _in_digits(words: Sequence[str]) -> str | None:
    """A number in words; None where they are not one number, as in "one two", or one that the facts write in words."""
    words = [word for word in words if word != "and"]
    if len(words) == 1 and _SMALL.get(words[0], 0) <= SPELLED_OUT:
        return None
    for first, second in pairwise(words):
        if second in _SMALL and first not in _LARGE and not (first in _TENS and second in UNITS[1:10]):
            return None
    total, group = 0.0, 0.0
    for word in words:
        if word == "hundred":
            group = 100 * (group or 1)
        elif word in _LARGE:
            total, group = total + _LARGE[word] * (group or 1), 0.0
        else:
            group += _SMALL[word] if word in _SMALL else float(1 if word == "a" else word)
    return _written(total + group)


def _written(number: float) -> str:
    """A number as the facts write it."""
    for word in ("billion", "million"):
        if number >= _LARGE[word]:
            return f"{number / _LARGE[word]:.10g} {word}"
    return f"{number:.10g}"


# Spellings of one sound, longer ones first; a vowel sounds like any other, and is heard only where a word begins.
_SOUNDS = (
    *(("tch", "s"), ("sch", "s"), ("ph", "f"), ("gh", "g"), ("kh", "k"), ("ck", "k"), ("ch", "s"), ("sh", "s")),
    *(("dj", "j"), ("th", "t"), ("dh", "d"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("qu", "k"), ("x", "ks")),
    *(("q", "k"), ("c", "k"), ("z", "s"), ("w", "v"), ("h", ""), ("y", "a")),
)
_VOWELS = "[aeiou]+"
_REPEATED = r"(.)\1+"


def sound(word: str) -> str:
    """How a plain word sounds, roughly: "saleimani" and "soleymany" are the same, and so are "koran" and "quran"."""
    for spelling, heard in _SOUNDS:
        word = word.replace(spelling, heard)
    word = re.sub(_VOWELS, "a", word)
    return re.sub(_REPEATED, r"\1", word[:1] + word[1:].replace("a", ""))
