"""The options that commands share, declared once, and how a command takes them as one value.

`Filters` and `Output` are named tuples whose fields are options. `with_bundles` lets a command name such a class as the
type of a parameter: Typer sees the single options, the command gets the filled value. Annotations here and in `cli` are
not postponed: Typer needs them as they are, and evaluating them from strings costs every run some milliseconds.
"""

import inspect
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from oir_cli import completion
from oir_cli.dates import Span, YearlyDay, read_days, read_period
from oir_cli.errors import BadDate, BadUsage
from oir_cli.model import STATUSES
from oir_cli.output import Wanted, is_stream
from oir_cli.query import Query
from oir_cli.views import NAMES, STYLES, TABLE

if TYPE_CHECKING:  # help needs no store
    from oir_cli.store import Store

Many = list[str] | None


def _filter(*names: str, help: str, metavar: str, complete: Any = None) -> Any:
    return typer.Option(*names, help=help, metavar=metavar, autocompletion=complete)


class Filters(NamedTuple):
    """Which facts; the same on every command that lists facts."""

    year: Annotated[Many, _filter("--year", help="In this year.", metavar="YEAR", complete=completion.years)] = None
    month: Annotated[Many, _filter("--month", help="In this month: 2016-05, or May 2016.", metavar="MONTH")] = None
    on: Annotated[
        Many, _filter("--on", help="On this day: 2016-05-03, or 3 May 2016; 8 August is any year's.", metavar="DATE")
    ] = None
    since: Annotated[str | None, _filter("--since", help="From this date on.", metavar="DATE")] = None
    until: Annotated[str | None, _filter("--until", help="Up to and with this date.", metavar="DATE")] = None
    country: Annotated[
        Many,
        _filter("--country", help="About this state or its forces.", metavar="NAME", complete=completion.countries),
    ] = None
    participant: Annotated[
        Many,
        _filter(
            "--participant",
            help="About this state, force, group or organisation.",
            metavar="NAME",
            complete=completion.participants,
        ),
    ] = None
    person: Annotated[
        Many, _filter("--person", help="About this person.", metavar="NAME", complete=completion.people)
    ] = None
    place: Annotated[
        Many, _filter("--place", help="At this place, or within it.", metavar="NAME", complete=completion.places)
    ] = None
    topic: Annotated[
        Many, _filter("--topic", help="On this topic, or one below it.", metavar="NAME", complete=completion.topics)
    ] = None
    status: Annotated[
        Many,
        _filter("--status", help=f"Only {', '.join(STATUSES)}.", metavar="STATUS", complete=completion.statuses),
    ] = None
    certain: Annotated[
        bool,
        typer.Option("--certain", help="Only facts dated wholly inside the time asked for."),
    ] = False
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=1, help="At most so many facts.", metavar="N"),
    ] = None
    reverse: Annotated[bool, typer.Option("--reverse", help="The latest first.")] = False

    def query(self, store: "Store", *more: tuple[Span | YearlyDay, ...]) -> Query:
        """The Query that these options ask, with further periods. Raises BadDate, UnknownName or BadUsage."""
        periods = [
            tuple(_whole(year, "year") for year in self.year or ()),
            tuple(_whole(month, "month") for month in self.month or ()),
            tuple(read_days(day) for day in self.on or ()),
            self._between(),
            *more,
        ]
        named = (
            ("participants", self.country, True),
            ("participants", self.participant, False),
            ("people", self.person, False),
            ("places", self.place, False),
            ("topics", self.topic, False),
        )
        return Query(
            periods=tuple(group for group in periods if group),
            links=tuple(
                (
                    key,
                    frozenset().union(
                        *(store.below(key, store.resolve(key, name, states=states).id) for name in names)
                    ),
                )
                for key, names, states in named
                if names
            ),
            statuses=frozenset(_status(status) for status in self.status or ()),
            certain=self.certain,
            limit=self.limit,
            reverse=self.reverse,
        )

    def _between(self) -> tuple[Span, ...]:
        if self.since is None and self.until is None:
            return ()
        first = read_period(self.since).first if self.since is not None else date.min
        last = read_period(self.until).last if self.until is not None else date.max
        if first > last:
            raise BadUsage(f"--since {self.since} is after --until {self.until}")
        return (Span(first, last),)


class Output(NamedTuple):
    """How the answer looks and where it goes; the same on every command."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", help=f"{', '.join(NAMES)}.", metavar="FORMAT", autocompletion=completion.formats
        ),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False
    fields: Annotated[
        str | None,
        typer.Option(
            "--fields", help="Only these fields: id,date,text.", metavar="A,B", autocompletion=completion.fields
        ),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this file, in the format of its ending; - is stdout.",
            metavar="FILE",
            autocompletion=completion.files,
        ),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file of --output.")] = False
    bom: Annotated[bool, typer.Option("--bom", help="Begin csv with a byte order mark, as Excel wants it.")] = False
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit with 1 if nothing is found.")] = False

    def or_json(self) -> "Output":
        """These options, with json instead of what suits the stream where they name no format."""
        return self._replace(json=True) if self.format is None and not self._has_ending else self

    @property
    def path(self) -> Path | None:
        """The file to write to, None for stdout."""
        return None if self.output == Path("-") else self.output

    @property
    def _has_ending(self) -> bool:
        """Whether it goes to a file, whose ending says a format; a pipe has none."""
        return self.path is not None and not is_stream(self.path)

    def or_table(self) -> "Output":
        """These options, with a table instead of what suits the stream where they ask for no format or file."""
        return self if self.json or self.format or self._has_ending else self._replace(format=TABLE)

    def wanted(self, *, pager: bool) -> Wanted:
        """These options as what `deliver` takes. Raises BadUsage where they contradict each other."""
        if self.json and self.format not in (None, "json"):
            raise BadUsage(f"--json and --format {self.format} are two formats")
        return Wanted(
            format="json" if self.json else self.format,
            fields=tuple(name for part in (self.fields or "").split(",") if (name := part.strip())),
            path=self.path,
            force=self.force,
            bom=self.bom,
            fail_empty=self.fail_empty,
            pager=pager,
        )

    def wanted_in(self, style: str | None, *, pager: bool) -> Wanted:
        """The same for references in `style`, or in the one that the ending of --output means. Raises BadUsage."""
        wanted = self.wanted(pager=pager)
        plain = wanted.format is None and not wanted.fields
        if style is None and plain and self.output is not None:
            style = next((name for name, (_, ending) in STYLES.items() if ending == self.output.suffix.lower()), None)
        elif style is not None and style not in STYLES:
            raise BadUsage(f'unknown style "{style}"; choose one of {", ".join(STYLES)}')
        elif style is not None and not plain:
            raise BadUsage(f"--style {style} is a whole answer; --format, --json and --fields do not go with it")
        return wanted._replace(style=style)


def with_bundles(command: Callable[..., None]) -> Callable[..., None]:
    """`command` with each parameter that is typed as a named tuple of options spread out into those options."""
    signature = inspect.signature(command)
    bundles = {
        name: each.annotation for name, each in signature.parameters.items() if hasattr(each.annotation, "_fields")
    }
    spread: list[inspect.Parameter] = []
    for name, parameter in signature.parameters.items():
        spread += _options(bundles[name]) if name in bundles else [parameter]

    @wraps(command)
    def run(**values: Any) -> None:
        for name, bundle in bundles.items():
            values[name] = bundle(*(values.pop(option) for option in bundle._fields))
        command(**values)

    run.__signature__ = signature.replace(parameters=spread)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in spread}
    return run


def _options(bundle: Any) -> list[inspect.Parameter]:
    kind, defaults = inspect.Parameter.POSITIONAL_OR_KEYWORD, bundle._field_defaults
    return [
        inspect.Parameter(name, kind, default=defaults[name], annotation=annotation)
        for name, annotation in bundle.__annotations__.items()
    ]


def _whole(text: str, unit: str) -> Span:
    span = read_period(text)
    whole_months = span.first.day == 1 and read_period(span.last.isoformat()[:7]).last == span.last
    whole_years = whole_months and (span.first.month, span.last.month) == (1, 12)
    if unit == "year" and not whole_years:
        raise BadDate(text, "--year takes a year, such as 2016; see --month and --on")
    if unit == "month" and (not whole_months or (whole_years and len(text.strip()) == 4)):
        raise BadDate(text, "--month takes a month, such as 2016-05; see --year and --on")
    return span


def _status(text: str) -> str:
    if text not in STATUSES:
        raise BadUsage(f'unknown status "{text}"; choose one of {", ".join(STATUSES)}')
    return text
