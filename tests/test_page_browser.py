"""Web pages in a real browser: without script, without network, printed, dark and light, by keyboard, on a phone.

Needs Playwright and an installed Chromium; axe-core, of npm, is looked for where AXE_CORE says, and is never shipped.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from oir_cli.__main__ import main
from oir_cli.model import STATUSES
from tests.conftest import BUNDLED

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
AXE = Path(os.environ.get("AXE_CORE", "nowhere"))

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind, in files."""
    folder = tmp_path_factory.mktemp("pages")
    lines = {
        "year": "timeline --year 2016", "brief": "timeline --brief --major", "all": "export",
        "country": "country canada", "event": "event soleimani-strike", "disputes": "disputes",
        "compare": "compare us uk", "people": "person --side isil", "show": "show 2016-05-03-keating-killed",
        "figures": "figures troops-present soldiers-killed", "map": "place --map --month 2014-08",
    }  # fmt: skip
    paths = {name: folder / f"{name}.html" for name in lines}
    for name, line in lines.items():
        assert main(["--store", str(BUNDLED), *line.split(), "-o", str(paths[name])]) == 0
    return paths


def told(*argv: str) -> str:
    """The output of a command on the bundled store."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["--store", str(BUNDLED), *argv]) == 0
    return out.getvalue()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Open a page in a context of its own, with no network; the requests it makes are in `page.asked`."""
    contexts = []

    def opened(path: Path, hash: str = "", **options: Any) -> Any:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(path.as_uri() + hash)
        return page

    yield opened
    for context in contexts:
        context.close()


KINDS = ["year", "brief", "all", "country", "event", "disputes", "compare", "people", "show", "figures", "map"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_and_breaks_no_rule_of_its_policy(
    visit: Visit, pages: dict[str, Path], kind: str
) -> None:
    page = visit(pages[kind])
    assert page.asked == [pages[kind].as_uri()]
    assert page.errors == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(visit: Visit, pages: dict[str, Path], kind: str, width: int) -> None:
    page = visit(pages[kind], viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_every_fact_is_there_and_no_filter(visit: Visit, pages: dict[str, Path]) -> None:
    page = visit(pages["year"], java_script_enabled=False)
    assert page.locator("article").count() > 100
    assert page.get_by_text("Keating").first.is_visible()
    assert not page.locator("#filter").is_visible()


def test_a_link_opens_its_fact_without_script(visit: Visit, pages: dict[str, Path]) -> None:
    page = visit(pages["all"], "#2016-05-03-keating-killed", java_script_enabled=False)
    fact = page.locator("details:has([id='2016-05-03-keating-killed'])")
    assert fact.get_attribute("open") is not None
    assert fact.locator("p").first.is_visible()
    assert fact.locator("p").first.bounding_box()["y"] < 800


def test_the_filter_is_quick_and_its_state_is_in_the_address(visit: Visit, pages: dict[str, Path]) -> None:
    page = visit(pages["all"])
    took = page.evaluate(
        """() => {
            const form = document.getElementById("filter"), times = [];
            for (const text of ["m", "mo", "mos", "mosu", "mosul", "mosul x", ""]) {
                form.elements.q.value = text;
                const begun = performance.now();
                form.dispatchEvent(new Event("input"));
                document.body.offsetHeight;
                times.push(performance.now() - begun);
            }
            return times.sort((a, b) => a - b)[3];
        }"""
    )
    assert took < 100
    page.get_by_label("Words").fill("sinjar airdrop")
    page.get_by_label("Who").select_option("united-kingdom")
    shown = int(page.locator("#shown").inner_text().split()[0])
    assert 0 < shown < 30
    assert page.locator("article:visible").count() == shown
    address = page.url.partition("#")[2]
    assert address == "q=sinjar+airdrop&participants=united-kingdom"
    again = visit(pages["all"], f"#{address}")
    assert int(again.locator("#shown").inner_text().split()[0]) == shown
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelectorAll('article[hidden]').length === 0")


@pytest.mark.parametrize(
    "fact",
    [
        "2016-05-03-keating-killed",
        "2015-05-12-al-afri-killed-tal-afar",  # disputed
        "2016-04-us-personnel-to-reach-4100",  # planned
        "2021-12-09-us-combat-mission-in-iraq-ends",
    ],
)
def test_an_opened_fact_offers_the_citation_that_oir_cite_prints(
    pages: dict[str, Path], visit: Visit, fact: str
) -> None:
    wanted = told("cite", fact, "--style", "text").strip()
    page = visit(pages["all"], f"#{fact}")
    article = page.locator("article", has=page.locator(f"[id='{fact}']"))
    article.get_by_role("button", name="Cite").click()
    assert article.locator("output").inner_text() == wanted


def test_every_citation_of_the_page_is_that_of_oir_cite(pages: dict[str, Path], visit: Visit) -> None:
    wanted = told("cite", *(f"--status={each}" for each in STATUSES), "--style", "text").splitlines()
    page = visit(pages["all"])
    page.evaluate("document.querySelectorAll('article details').forEach((each) => { each.open = true; })")
    page.wait_for_function("!document.querySelector('article:not(:has(button))')")
    page.evaluate("document.querySelectorAll('article button').forEach((each) => each.click())")
    cited = page.locator("article output").all_text_contents()
    assert len(wanted) > 800
    assert sorted(cited) == sorted(wanted)


def test_a_larger_thing_is_found_with_its_parts(pages: dict[str, Path], visit: Visit) -> None:
    page = visit(pages["all"], "#places=nineveh-governorate")
    shown = page.locator("#shown").inner_text()
    assert re.fullmatch(r"\d+ of \d+ facts", shown)
    page.get_by_label("Where").select_option("northern-iraq")
    wider = int(page.locator("#shown").inner_text().split()[0])
    assert wider == len(json.loads(told("timeline", "--place", "northern-iraq", "--json")))
    page.get_by_label("Where").select_option("")
    page.get_by_label("Who").select_option("united-states")
    assert int(page.locator("#shown").inner_text().split()[0]) == len(
        json.loads(told("timeline", "--participant", "united-states", "--json"))
    )


def test_the_keyboard_reaches_everything(visit: Visit, pages: dict[str, Path]) -> None:
    page = visit(pages["year"], viewport={"width": 1280, "height": 800})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert {"q", "year", "status", "participants", "A"} <= reached
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_print_shows_what_is_folded_and_not_the_filter(visit: Visit, pages: dict[str, Path]) -> None:
    page = visit(pages["all"], "#q=keating", viewport={"width": 1280, "height": 800})
    page.emulate_media(media="print")
    assert not page.locator("#filter").is_visible()
    fact = page.locator("details:has([id='2016-05-03-keating-killed']) p").first
    assert fact.bounding_box()["height"] > 10
    assert page.locator("article:visible").count() < 20
    assert len(page.pdf()) > 10_000


LUMINANCE = """(element) => {
    const lum = (colour) => {
        const part = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => each / 255)
            .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
    };
    const back = getComputedStyle(document.body).backgroundColor;
    const [a, b] = [lum(getComputedStyle(element).color), lum(back)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_light_and_dark(visit: Visit, pages: dict[str, Path], scheme: str) -> None:
    page = visit(pages["year"], color_scheme=scheme)
    for selector in ("p", ".when", ".source a", ".status", "h3", "nav a", ".detail", "footer p", "label"):
        assert page.locator(selector).first.evaluate(LUMINANCE) >= 4.5, selector
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(re.findall(r"\d+", back)[0]) > 127) is (scheme == "light")


@pytest.mark.skipif(not AXE.is_file(), reason="AXE_CORE does not name axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(visit: Visit, pages: dict[str, Path], kind: str, scheme: str) -> None:
    page = visit(pages[kind], color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_a_page_is_there_soon(visit: Visit, pages: dict[str, Path]) -> None:
    begun = time.monotonic()
    visit(pages["all"])
    assert time.monotonic() - begun < 3


def test_a_mark_of_the_map_leads_to_the_facts_there_by_keyboard(pages: dict[str, Path], visit: Visit) -> None:
    page = visit(pages["map"], java_script_enabled=False)
    mark = page.locator('.map a[href="#place-qaraqosh"]')
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#place-qaraqosh")
    entry = page.locator("#place-qaraqosh")
    entry.locator("summary").click()
    first = entry.locator("a").first
    assert first.is_visible()
    address = first.get_attribute("href") or ""
    first.click()
    page.wait_for_url(f"**{address}")
    fact = address[1:]
    assert page.locator(f'[id="{fact}"]').count() == 1
