"""Rules for numbers: each figure by itself, and all figures of a fact compared with the numbers of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from oir_cli.check.known import Known
from oir_cli.check.texts import check_text
from oir_cli.counting import counted
from oir_cli.entities import Measure
from oir_cli.model import COUNTED, Fact, Figure

# Units whose numbers may have a fraction; all others are counted in whole numbers.
MEASURED_UNITS = ("km", "miles", "square miles", "percent", "US dollars", "dollars", "euros", "feet", "yards", "pounds")
# What a text must contain if a figure has one of these units, so that no figure gets the wrong measure.
UNIT_WORDS = {
    "US dollars": r"US\$|\$|dollar",
    "dollars": r"\$|dollar",
    "euros": "€|euro",
    "km": r"\bkm\b|kilomet",
    "miles": "mile",
    "square miles": "square mile",
    "percent": "%|per ?cent",
    "feet": r"\bft\b|feet|foot",
    "yards": "yard",
    "pounds": "pound|lb",
    "gallons": "gallon",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "strikes": "strike|attack|raid",
    "sorties": "sortie|flight|flew|flown",
    "countries": "countr|state|nation|member|partner",
}


def check_figures(fact: Fact, known: Known) -> Iterator[str]:
    """Every figure has a value or a range, counts an entity that exists, and fits its measure."""
    for figure in fact.figures:
        for wrong in (*_check_range(figure), *_check_subject(figure, known), *_check_unit(figure, fact.text, known)):
            yield f"the figure {figure.measure} {wrong}"
        if figure.what is not None:
            yield from check_text("what", figure.what)


def check_counts(fact: Fact, _: Known) -> Iterator[str]:
    """Every number that the text counts something with is in a figure, and every figure's number is in the text."""
    figures = {float(number) for figure in fact.figures for number in figure.numbers}
    text = counted(fact.text)
    for number in sorted(text - figures):
        yield f"the text counts {number:,g}, and no figure does"
    for number in sorted(figures - text - {1.0}):
        yield f"a figure says {number:,g}, and the text does not"


RULES: tuple[Callable[[Fact, Known], Iterator[str]], ...] = (check_figures, check_counts)


def _check_range(figure: Figure) -> Iterator[str]:
    if (figure.value is None) == (figure.low is None and figure.high is None):
        yield "has neither or both of a value and a range"
    if figure.low is not None and figure.high is not None and figure.low >= figure.high:
        yield "has a range that ends before it begins"


def _check_subject(figure: Figure, known: Known) -> Iterator[str]:
    if figure.of is not None and all(known.lacks(key, figure.of) for key in COUNTED):
        yield f"counts {figure.of}, which does not exist"


def _check_unit(figure: Figure, text: str, known: Known) -> Iterator[str]:
    """The measure exists, and the figure's numbers are possible in its unit, which the text gives."""
    if known.lacks("measures", figure.measure):
        yield "does not exist"
    measure = known.entities["measures"].get(figure.measure)
    if not isinstance(measure, Measure):
        return
    unit, numbers = measure.unit, figure.numbers
    if any(number < 0 for number in numbers) or (unit == "percent" and any(number > 100 for number in numbers)):
        yield f"is out of range for {unit}"
    if unit not in MEASURED_UNITS and any(number != int(number) for number in numbers):
        yield f"counts {unit} in fractions"
    if not re.search(UNIT_WORDS.get(unit, ""), text, re.IGNORECASE):
        yield f"is in {unit}, which the text does not say"
