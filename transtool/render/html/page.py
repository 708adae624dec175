"""Put the dashboard together: one file that fetches nothing, says so in its policy, and works without script."""

import base64
import hashlib
import json
from datetime import datetime
from importlib.resources import files

from transtool.errors import N_
from transtool.i18n import Words
from transtool.model import Report
from transtool.render.html import charts
from transtool.render.html.changes import change_list
from transtool.render.html.common import SHORT, View, finding_list, link
from transtool.render.html.elements import Child, Markup, data, document, el, join, script, shown, style
from transtool.render.html.matrix import filters, index, matrix
from transtool.render.html.panel import panels
from transtool.render.html.summary import language_table, overview
from transtool.render.html.today import today
from transtool.render.html.todo import work_lists
from transtool.render.html.trend import trend_section
from transtool.trend.model import Trend


def render(report: Report, words: Words, *, trend: Trend | None = None) -> str:
    """Return the dashboard as one self-contained HTML file, in the language of `words`."""
    view = View(report, words)
    css = "\n".join([asset("report.css"), charts.css(), _spoken(view)])
    javascript = asset("report.js")
    sections = _sections(view, trend)
    body = [
        el("a", words.text(N_("Skip to the matrix")), href="#matrix", class_="skip"),
        _header(view, sections),
        el("main", today(view), [_section(*each) for each in sections], _dialog(view), panels(view)),
        footer(words, report.version, report.generated),
        el("div", id="tip", role="tooltip", hidden=True),
        el("p", id="said", role="status", class_="vh"),
        data("data", index(view)),
        script(javascript),
    ]
    title = " – ".join(filter(None, [_title(view), _site(view)]))
    return document(words.tag, words.direction, head(title, report.version, css, javascript), body)


def asset(name: str) -> str:
    """Return the text of a file that ships with the dashboard."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


def _spoken(view: View) -> str:
    """Return what is read out before removed and added words, as properties that the styles use."""
    words = view.words
    texts = {
        "removed": words.text(N_("removed:")),
        "added": words.text(N_("added:")),
        "end": words.text(N_("end of change")),
    }
    strings = {name: json.dumps(f" {text} ", ensure_ascii=False) for name, text in texts.items()}
    return f":root {{ {' '.join(f'--{name}: {string};' for name, string in strings.items())} }}"


def head(title: str, version: str, css: str, javascript: str = "") -> list[Markup]:
    """Return the head of a page that fetches nothing and runs nothing but `javascript`."""
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(javascript)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return [
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="generator", content=f"transtool {version}"),
        el("title", title),
        el("link", rel="icon", href="data:,"),
        style(css),
    ]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _title(view: View) -> str:
    """Return what the page is called: what the site says, else "Translations"."""
    return shown(view.report.masthead.title) or view.words.text(N_("Translations"))


def _site(view: View) -> str:
    """Return what the repository is called: the last two parts of its address."""
    parts = view.links.root.rstrip("/").split("/")
    return shown("/".join(parts[-2:])) if view.links.root else ""


_CHARTED = 3
"""Months that a chart needs to show anything."""

_Section = tuple[str, str, Child]


def _sections(view: View, trend: Trend | None) -> list[_Section]:
    """Return the id, heading and content of every section that has something to say."""
    words = view.words
    sections: list[_Section] = [
        ("overview", words.text(N_("Overview")), overview(view)),
        ("languages", words.text(N_("Languages")), language_table(view)),
    ]
    if trend is not None and len(trend.months) >= _CHARTED:
        sections.append(("trend", words.text(N_("Over time")), trend_section(trend, words)))
    changes = change_list(view)
    sections.append(("changes", words.text(N_("Changes of the source")), changes))
    sections.append(("todo", words.text(N_("What to do next")), work_lists(view)))
    sections.append(("matrix", words.text(N_("Matrix")), join(filters(view), matrix(view))))
    if view.report.findings:
        sections.append(("findings", words.text(N_("Other findings")), finding_list(view, view.report.findings)))
    sections.append(("about", words.text(N_("How to read this")), _explained(view)))
    return sections


def _section(identifier: str, heading: str, content: Child) -> Markup:
    title = el("h2", heading, id=f"{identifier}-heading")
    return el("section", title, content, id=identifier, aria_labelledby=f"{identifier}-heading", tabindex="-1")


def _header(view: View, sections: list[_Section]) -> Markup:
    words, masthead = view.words, view.report.masthead
    entries = [el("li", el("a", heading, href=f"#{identifier}")) for identifier, heading, _ in sections]
    logo = el("img", src=masthead.logo, alt="", class_="logo") if masthead.logo else None
    title = el("div", el("h1", _title(view)), _origin(view), class_="title")
    intro = el("p", shown(masthead.intro), class_="intro") if masthead.intro else None
    helping = el("p", link(masthead.help, words.text(N_("How to help"))), class_="intro") if masthead.help else None
    return el(
        "header",
        el("div", logo, title, class_="head"),
        el("nav", el("ul", entries), aria_label=words.text(N_("Sections"))),
        intro,
        helping,
        class_="top",
    )


def _origin(view: View) -> Markup | None:
    """Return the repository and the state of it that the page shows."""
    state, words = view.report.state, view.words
    parts = [link(view.links.root, _site(view))]
    if state is not None:
        name = el("code", state.commit[:SHORT], dir="ltr")
        day = words.date(datetime.fromisoformat(state.moment))
        parts += [link(view.links.commit(state.commit), name) or name, el("time", day, datetime=state.moment)]
    present = [each for each in parts if each is not None]
    said = [join(" · " if place else "", each) for place, each in enumerate(present)]
    return el("p", said, class_="site soft") if said else None


def _dialog(view: View) -> Markup:
    """Return the side panel that the script shows an episode in."""
    words = view.words
    buttons = [
        el("button", words.of_episodes(N_("Previous episode"), N_("Previous")), type="button", data_go="-1"),
        el("button", words.of_episodes(N_("Next episode"), N_("Next")), type="button", data_go="1"),
        el("button", words.text(N_("Previous change")), type="button", data_change="-1", aria_keyshortcuts="p"),
        el("button", words.text(N_("Next change")), type="button", data_change="1", aria_keyshortcuts="n"),
        el("button", words.text(N_("All languages")), type="button", data_whole=True),
        el("button", words.text(N_("Close")), type="button", data_close=True),
    ]
    bar = el("div", el("p", id="panel-title"), buttons, class_="panel-bar")
    content = el("div", id="panel-content", tabindex="-1")
    return el("dialog", bar, content, id="panel", aria_label=words.text(N_("Episode")))


_MEANINGS = (
    ("current", N_("The translation says what the source says.")),
    ("stale", N_("The wording of the source changed after it was translated.")),
    ("unknown", N_("Nothing says which version of the source it was made from, and transtool does not guess.")),
    ("draft", N_("The file is there, but most of it still reads as the source.")),
    ("unreadable", N_("The file is there, but cannot be parsed.")),
    ("missing", N_("There is no file.")),
    ("exempt", N_("No translation is wanted; it is not counted.")),
)


def _explained(view: View) -> Markup:
    words = view.words
    meanings = [
        el("div", el("dt", el("span", words.status(status), class_=f"s {status}")), el("dd", words.text(text)))
        for status, text in _MEANINGS
    ]
    shares = (
        (N_("Coverage"), N_("Translations that exist and are not drafts, of those expected.")),
        (N_("Freshness"), N_("Translations that are current, of those expected.")),
    )
    terms = [el("div", el("dt", words.text(term)), el("dd", words.text(text))) for term, text in shares]
    return el("dl", meanings, terms, class_="meanings")


def footer(words: Words, version: str, generated: str) -> Markup:
    """Return who made a page, and when."""
    made = words.text(N_("Made by transtool {version}"), version=version)
    day = None
    if generated:
        day = el("time", words.date(datetime.fromisoformat(generated)), datetime=generated)
    return el("footer", el("p", made, ", " if day else None, day))
