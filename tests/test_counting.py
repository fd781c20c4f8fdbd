"""Numbers that count something are told from dates, ordinals and designations."""

from __future__ import annotations

import pytest

from oir_cli.counting import counted


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("On 8 August 2014 two F-16s struck.", {2}),
        ("From 9 to 11 August it dropped 4,000 gallons and 16,000 meals.", {4000, 16000}),
        ("It cost $3.5 billion, or 424m.", {3_500_000_000, 424_000_000}),
        ("The 82nd Airborne's 2nd Battalion of the 5th.", set()),
        ("In 2016–17 the 26th MEU and a dozen C-130Js flew 1,300 missions.", {12, 1300}),
        ("Between June 10, 2014 and February 3, 2015 at least 999 died.", {999}),
        ("Rounds of 7.62 mm for the AK-47.", set()),
        ("Over 7.5 km, for $1.25 billion and 0.1 million.", {7.5, 1_250_000_000, 100_000}),
    ],
)
def test_counting_leaves_out_dates_ordinals_and_designations(text: str, numbers: set[float]) -> None:
    assert counted(text) == numbers
