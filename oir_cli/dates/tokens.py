"""Text as tokens of dates: years, numbers, months, weekdays, dates in digits, times, words and what joins two dates."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from oir_cli.dates.stored import MONTHS

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH_NAMES = {name.lower() for month in MONTHS for name in (month, month[:3])} | {"sept"}
_WEEKDAY_NAMES = {name.lower() for day in WEEKDAYS for name in (day, day[:3])} | {"tues", "thur", "thurs"}

_TOKEN = re.compile(
    r"""(?aix)
      (?P<time>  t?(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:\s*[ap]\.?m\b\.?)?
                 (?:\s*(?:z|utc|gmt)\b|[+-]\d\d(?::?\d\d)?)?
               | t\d\d(?:\d\d){0,2}(?:z|[+-]\d\d(?::?\d\d)?)?(?!\w) | (?:1[0-2]|0?[1-9])\s*[ap]m\b )
    | (?P<point> \d{4}-?w\d\d?(?:-?[1-7])?(?!\d) | \d{4}-?q[1-4]\b | \d{4}-\d\d-\d\d(?!\d)
               | \d{1,4}([./-])\d{1,2}\3\d{1,4}(?!\d) | \d{8}(?!\d)
               | \d{4}[/–—-]\d{1,2}(?!\d) | \d{1,2}/\d{4}(?!\d) )
    | (?P<year>  \d{4})(?!\d)
    | (?P<number>(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:(?:st|nd|rd|th)\b)?)
    | (?P<digits>\d+)
    | (?P<word>  q[1-4]\b | [a-z]+(?:['’]s\b)?)
    | (?P<join>  \.\. | [-‐‑‒–—―−/])
    | (?P<space> [\s.,\xa0\u202f]+)
    | (?P<other> .)
    """,
    re.DOTALL,
)  # fmt: skip


class Token(NamedTuple):
    """A piece of text in lower case, its kind, and the characters that it takes, from `start` to before `end`.

    Kinds: year (four digits), number (1 to 31), digits (other ones), month, weekday, point (a date in digits), time,
    word, join (a dash, a slash or two points) and other.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of `text`, with those written together that belong together: "3-May-2016", "winter 2015/16"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        said = match.group(kind).lower().strip()
        if kind == "word":
            kind = "month" if said in _MONTH_NAMES else "weekday" if said in _WEEKDAY_NAMES else "word"
        if kind == "space" or (kind == "join" and found and found[-1].text in ("early", "mid", "late")):
            continue
        found.append(Token(kind, said, match.start(), match.end()))
    return _without_joins_inside(_with_winters_of_one_year(found))


def _with_winters_of_one_year(tokens: list[Token]) -> list[Token]:
    """The winter of 2015/16 is that of 2015: what follows the year goes."""
    for at, token in enumerate(tokens):
        if token.text != "winter":
            continue
        first = at + 2 if tokens[at + 1 : at + 2] and tokens[at + 1].text == "of" else at + 1
        size = 1 if tokens[first : first + 1] and tokens[first].kind == "point" else 3
        years = re.fullmatch(
            r"(\d{4})[^\w~.](\d\d|\d{4})", "".join(token.text for token in tokens[first : first + size])
        )
        if years and str(int(years[1]) + 1).endswith(years[2]):
            start, end = tokens[first].start, tokens[first + size - 1].end
            merged = Token("year", years[1], start, end)
            return [*tokens[:first], merged, *_with_winters_of_one_year(tokens[first + size :])]
    return tokens


def _without_joins_inside(tokens: list[Token]) -> list[Token]:
    """Hyphens and slashes inside one date go: "3-May-2016", "3/May/2016", "May-2016", but not "May - 2016"."""
    kept = list(tokens)
    for at in range(len(tokens) - 2):
        month, join, year = tokens[at : at + 3]
        if [month.kind, join.kind, year.kind] != ["month", "join", "year"] or not _touch(month, join, year):
            continue
        if join.text not in ("-", "/"):
            continue
        kept.remove(join)
        before = tokens[max(at - 2, 0) : at]
        if [token.kind for token in before] == ["number", "join"] and _touch(*before, month):
            kept.remove(before[1])
    return kept


def _touch(*tokens: Token) -> bool:
    return all(one.end == other.start for one, other in pairwise(tokens))
