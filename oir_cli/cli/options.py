"""The options that commands share, declared once, and how a command takes them as one value.

`Filters` and `Output` are named tuples whose fields are options. `spread_bundles` lets a command name such a class as
the type of a parameter: Typer sees the single options, the command gets the filled value. Annotations here and in
`commands` are not postponed: Typer needs them as they are, and evaluating them from strings would take milliseconds.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from oir_cli.cli import completion
from oir_cli.console.deliver import OutputRequest, file_extension
from oir_cli.dates import Span, YearlyDay, read_days, read_period
from oir_cli.errors import BadDate, BadUsage
from oir_cli.kinds import KINDS, Kind
from oir_cli.model import STATUSES
from oir_cli.query import Query
from oir_cli.views import CHARTS, EXTENSIONS, MAPS, NAMES, STYLES, TABLE

if TYPE_CHECKING:  # help needs no store
    from oir_cli.store import Store

Many = list[str] | None


def _filter(*names: str, help: str, metavar: str, complete: Any = None) -> Any:
    return typer.Option(*names, help=help, metavar=metavar, autocompletion=complete)


# The names given to each kind's filter, by the kind's word.
Names = Mapping[str, Many]


class Filters(NamedTuple):
    """Which facts; the same on every command that lists facts."""

    year: Annotated[
        Many,
        _filter("--year", help="In this year, or years: 2016, 2014-2016.", metavar="YEAR", complete=completion.years),
    ] = None
    month: Annotated[
        Many,
        _filter(
            "--month",
            help="In this month, or months: 2016-05, May 2016, summer 2015.",
            metavar="MONTH",
            complete=completion.dates,
        ),
    ] = None
    on: Annotated[
        Many,
        _filter(
            "--on",
            help="On this day, or in this time: 2016-05-03, 3 May 2016, late August 2014; 8 August is that day in "
            "every year.",
            metavar="DATE",
            complete=completion.dates,
        ),
    ] = None
    since: Annotated[
        str | None,
        _filter(
            "--since", help="From this date on: 2014-08, mid-October 2014.", metavar="DATE", complete=completion.dates
        ),
    ] = None
    until: Annotated[
        str | None,
        _filter(
            "--until", help="Up to the end of this date: 2014-08, late 2014.", metavar="DATE", complete=completion.dates
        ),
    ] = None
    names: Names = MappingProxyType({})  # an option for each kind
    status: Annotated[
        Many,
        _filter("--status", help=f"Only {', '.join(STATUSES)}.", metavar="STATUS", complete=completion.statuses),
    ] = None
    within: Annotated[bool, typer.Option("--within", help="Only facts dated wholly inside the time asked for.")] = False
    certain: Annotated[bool, typer.Option("--certain", hidden=True)] = False  # the old name of --within
    major: Annotated[bool, typer.Option("--major", help="Only major events, and facts about them.")] = False
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=1, help="Show at most N facts.", metavar="N"),
    ] = None
    reverse: Annotated[bool, typer.Option("--reverse", help="Latest first.")] = False

    def query(self, store: "Store", *more: tuple[Span | YearlyDay, ...]) -> Query:
        """The Query that these options ask, with further periods. Raises BadDate, UnknownName or BadUsage."""
        periods = [
            tuple(_whole(year, "year") for year in self.year or ()),
            tuple(_whole(month, "month") for month in self.month or ()),
            tuple(read_days(day) for day in self.on or ()),
            self._between(),
            *more,
        ]
        return Query(
            periods=tuple(group for group in periods if group),
            links=tuple(
                (KINDS[word].key, find_ids(store, KINDS[word], names)) for word, names in self.names.items() if names
            ),
            statuses=frozenset(choose("status", status, STATUSES) for status in self.status or ()),
            within=self.within or self.certain,
            major=store.major_events if self.major else None,
            limit=self.limit,
            reverse=self.reverse,
        )

    def _between(self) -> tuple[Span, ...]:
        if self.since is None and self.until is None:
            return ()
        first = _bounded(self.since, "first", date.min)
        last = _bounded(self.until, "last", date.max)
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
            help="Write to this file, in the format of its extension; - is stdout.",
            metavar="FILE",
            autocompletion=completion.files,
        ),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file of --output.")] = False
    bom: Annotated[bool, typer.Option("--bom", help="Begin csv with a byte order mark, as Excel wants it.")] = False
    with_names: Annotated[bool, typer.Option("--names", help="Names instead of ids, in lists of them.")] = False
    long: Annotated[bool, typer.Option("--long", help="Also periods of over 31 days, in a calendar.")] = False
    ascii: Annotated[bool, typer.Option("--ascii", help="Only ASCII characters, in tables, charts and maps.")] = False
    no_ids: Annotated[bool, typer.Option("--no-ids", help="No ids, in tables, md and html.")] = False
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit with 1 if nothing is found.")] = False

    def or_else(self, name: str) -> "Output":
        """These options, with the format `name` where they ask for none."""
        return self if self.json or self.format or self._extension is not None else self._replace(format=name)

    def is_page(self) -> bool:
        """Whether they ask for a web page."""
        asked = self.format or self._extension or ""
        return not self.json and "html" in EXTENSIONS.get(asked, (asked,))

    def as_chart(self) -> "Output":
        """These options for a chart. Raises BadUsage where they ask for a format that is not drawn."""
        return self._as_drawing("--chart", CHARTS)

    def as_map(self) -> "Output":
        """These options for a map. Raises BadUsage where they ask for a format that is not drawn."""
        return self._as_drawing("--map", MAPS)

    def _as_drawing(self, option: str, drawn: Mapping[str, str]) -> "Output":
        """These options with the format that draws; `drawn` has the formats of drawings by those of their streams."""
        asked = "json" if self.json else self.format or self._extension or TABLE
        name = next((each for each in EXTENSIONS.get(asked, (asked,)) if each in drawn), asked)
        if name not in (*drawn, *drawn.values()):
            raise BadUsage(f"{option} draws {', '.join(drawn)}, not {asked}; leave it out for the data")
        return self._replace(format=drawn.get(name, name))

    def in_style(self, style: str | None) -> "Output":
        """These options for references in `style`, which excludes other ways to choose. Raises BadUsage."""
        if style is None:
            return self
        if self.json or self.format or self.fields:
            raise BadUsage(f"--style {style} is a whole answer; --format, --json and --fields do not go with it")
        return self._replace(format=choose("style", style, STYLES))

    def request(self, *, pager: bool) -> OutputRequest:
        """These options as one request. Raises BadUsage where they contradict each other."""
        if self.json and self.format not in (None, "json"):
            raise BadUsage(f"--json and --format {self.format} are two formats")
        return OutputRequest(
            format="json" if self.json else self.format,
            fields=tuple(name for part in (self.fields or "").split(",") if (name := part.strip())),
            path=self.path,
            force=self.force,
            bom=self.bom,
            names=self.with_names,
            long=self.long,
            ascii=self.ascii,
            no_ids=self.no_ids,
            fail_empty=self.fail_empty,
            pager=pager,
        )

    @property
    def _extension(self) -> str | None:
        """The extension of the file to write; None for stdout, and for a pipe or device."""
        return file_extension(self.path)

    @property
    def path(self) -> Path | None:
        """The file to write to, None for stdout."""
        return None if self.output == Path("-") else self.output


def choose(option: str, value: str, values: Iterable[str]) -> str:
    """`value`, which must be one of `values`. Raises BadUsage."""
    if value not in values:
        raise BadUsage(f'unknown {option} "{value}"; choose one of {", ".join(values)}')
    return value


def spread_bundles(command: Callable[..., Any]) -> Callable[..., Any]:
    """`command` with each parameter that is typed as a named tuple of options spread out into those options."""
    signature = inspect.signature(command)
    bundles = {
        name: each.annotation for name, each in signature.parameters.items() if hasattr(each.annotation, "_fields")
    }
    spread: list[inspect.Parameter] = []
    for name, parameter in signature.parameters.items():
        spread += _options(bundles[name]) if name in bundles else [parameter]

    @wraps(command)
    def run(session: Any, **values: Any) -> Any:
        for name, bundle in bundles.items():
            values[name] = _collect(bundle, values)
        return command(session, **values)

    run.__signature__ = signature.replace(parameters=spread)  # type: ignore[attr-defined]
    return run


def _options(bundle: Any) -> Iterator[inspect.Parameter]:
    """The single options of a bundle; `names` stands for one of each kind."""
    position = inspect.Parameter.POSITIONAL_OR_KEYWORD
    for name, annotation in bundle.__annotations__.items():
        if annotation is Names:
            for kind in KINDS.values():
                yield inspect.Parameter(kind.word, position, default=None, annotation=_kind_filter(kind))
        else:
            default = bundle._field_defaults[name]
            yield inspect.Parameter(name, position, default=default, annotation=annotation)


def _collect(bundle: Any, values: dict[str, Any]) -> Any:
    """The bundle filled with its options, which are taken out of `values`."""
    return bundle(
        *(
            {word: values.pop(word) for word in KINDS} if annotation is Names else values.pop(name)
            for name, annotation in bundle.__annotations__.items()
        )
    )


def _kind_filter(kind: Kind) -> Any:
    scope, complete = f"Only facts {kind.scope}.", completion.entity_ids(kind)
    return Annotated[Many, _filter(f"--{kind.word}", help=scope, metavar="NAME", complete=complete)]


def find_ids(store: "Store", kind: Kind, names: Iterable[str]) -> frozenset[str]:
    """The ids of the entities that have these names, and of all that is part of them."""
    from oir_cli.names import find_entity

    entities = (find_entity(kind, name, store) for name in names)
    return frozenset().union(*(store.below(kind.key, entity.id) for entity in entities))


def _bounded(text: str | None, end: str, unbounded: date) -> date:
    """The first or last day of a date; `unbounded` where none is asked for. Raises BadDate where it has no such day."""
    if text is None:
        return unbounded
    span = read_period(text)
    day: date = getattr(span, end)
    if day == unbounded and span.last - span.first > timedelta(366):  # not the year 9999
        raise BadDate(text, f"it has no {end} day")
    return day


def _whole(text: str, unit: str) -> Span:
    span = read_period(text)
    whole_months = span.first.day == 1 and read_period(span.last.isoformat()[:7]).last == span.last
    whole_years = whole_months and (span.first.month, span.last.month) == (1, 12)
    if unit == "year" and not whole_years:
        raise BadDate(text, "--year takes a year, such as 2016; see --month and --on")
    if unit == "month" and (not whole_months or (whole_years and text.strip().isdigit())):
        raise BadDate(text, "--month takes a month, such as 2016-05; see --year and --on")
    return span
