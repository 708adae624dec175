"""What is stale or missing, as an Atom feed (RFC 4287): an entry for each translation, a category for each language.

Entries are as old as the commits that made them: without a change of the site, the same bytes come out again.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from transtool.errors import N_
from transtool.i18n import ENGLISH, Words
from transtool.i18n.phrases import STEPS
from transtool.i18n.safe_text import visible
from transtool.model import Cell, Change, EpisodeReport, Report, Status
from transtool.render.change_text import heading_of
from transtool.render.html.changes import differences
from transtool.render.html.elements import Markup, el, join, shown
from transtool.render.links import Links, links
from transtool.render.readable import LONGEST, is_short, readable, title_of
from transtool.render.xml_text import document, legal, text
from transtool.text.worddiff import RunKind, diff

MOST = 500
"""Entries of a feed, the newest: readers of feeds fetch all of them again and again."""
_CHANGES = 5
"""Changes of a page that are shown."""
_NOBODY = "localhost"
"""The authority of names where no repository is configured, which would tell sites apart."""
_NO_HOST = re.compile(r"[^a-z0-9.-]+")
_EPOCH = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A translation that is behind: since when, when what it lacks was changed last, and by which commit."""

    episode: EpisodeReport
    cell: Cell
    published: str
    updated: str
    commit: str = ""


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the feed, the newest entries first. What no commit has yet is in none."""
    entries = sorted(_entries(report), key=lambda entry: entry.updated, reverse=True)[:MOST]
    targets = links(report.repository)
    known = _names(targets)
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": words.catalogue})
    only = report.languages[0] if len(report.languages) == 1 else None
    series = report.series[0] if len(report.series) == 1 else None
    _add(root, "id", _name(known, *filter(None, (series, only))))
    title = report.masthead.title or words.text(N_("Translations"))
    _add(root, "title", f"{title} · {words.language(only, alone=True)}" if only else title)
    newest = report.state.moment if report.state else _EPOCH
    _add(root, "updated", entries[0].updated if entries else newest)
    _add(ET.SubElement(root, "author"), "name", "transtool")
    _add(root, "generator", "transtool", version=report.version)
    if targets.root:
        _add(root, "link", rel="alternate", href=targets.root)
    root.extend(_element(entry, known, targets, words) for entry in entries)
    return document(root)


def _entries(report: Report) -> Iterator[_Entry]:
    """Give every translation that is stale or missing and whose age is known."""
    for episode, cell in report.translations:
        since = episode.source.since if episode.source else ""
        ages = sorted((change.age for change in cell.changes if change.age), key=lambda age: age.since)
        if cell.status is Status.STALE and ages:
            yield _Entry(episode, cell, ages[0].since, ages[-1].since, ages[-1].commit)
        elif cell.status in (Status.STALE, Status.MISSING) and since:
            yield _Entry(episode, cell, since, since)


def _names(targets: Links) -> str:
    """Return what all names of a site begin with (RFC 4151): they stay the same for as long as its address does."""
    parts = urlsplit(targets.root)
    host = _NO_HOST.sub("-", (parts.hostname or _NOBODY).lower())
    return f"tag:{host},2026:{quote(visible(parts.path.strip('/')), safe='/%')}"


def _name(known: str, *parts: str) -> str:
    return "/".join((known, *(quote(visible(part), safe="") for part in parts)))


def _element(entry: _Entry, known: str, targets: Links, words: Words) -> ET.Element:
    """Return an entry. Its name has the newest commit in it: what changes once more is news once more."""
    episode, cell = entry.episode, entry.cell
    element = ET.Element("entry")
    _add(element, "id", _name(known, episode.series, episode.key, cell.language, entry.commit or cell.status))
    language = words.language(cell.language, alone=True)
    _add(element, "title", f"{title_of(episode)} · {language} · {words.status(cell.status)}")
    _add(element, "updated", entry.updated)
    _add(element, "published", entry.published)
    _add(element, "category", term=cell.language, label=language)
    work = targets.create if cell.status is Status.MISSING else targets.edit
    source = targets.view(episode.source.path) if episode.source else ""
    addresses = {"alternate": work(cell.path), "related": source, "via": targets.commit(entry.commit)}
    for relation, address in addresses.items():
        if address:
            _add(element, "link", rel=relation, href=address)
    _add(element, "summary", _summary(cell, words))
    content = ET.SubElement(element, "content", {"type": "html"})
    content.text = legal(_content(cell, words))
    return element


def _add(parent: ET.Element, name: str, content: str = "", **attributes: str) -> None:
    element = ET.SubElement(parent, name, {each: text(value) for each, value in attributes.items()})
    element.text = text(content) or None


def _summary(cell: Cell, words: Words) -> str:
    """Return in a few words what there is to do: how much, and what the newest changes say."""
    counts = [words.counted("segments", len(cell.changes))] if cell.changes else []
    counts += [words.counted("words", cell.words)] if cell.words else []
    said = [f"{heading_of(each, words)}: {words.quote(gist)}" for each in _newest(cell) if (gist := _gist(each))]
    return " · ".join((words.text(STEPS[cell.status]), *counts, *said))


def _newest(cell: Cell) -> list[Change]:
    """Return the changes that are shown, newest first: they are the news."""
    return sorted(cell.changes, key=lambda change: change.age.since if change.age else "", reverse=True)[:_CHANGES]


@lru_cache(maxsize=256)
def _gist(change: Change) -> str:
    """Return the words that came, or else those that went."""
    if len(change.before) + len(change.after) > LONGEST:
        return change.after or change.before
    told = readable(change)
    runs = diff(told.before, told.after)
    came, went = (
        " … ".join(run.text.strip() for run in runs if run.kind is kind) for kind in (RunKind.ADDED, RunKind.REMOVED)
    )
    return " ".join((came or went).split())


def _content(cell: Cell, words: Words) -> Markup:
    """Return what there is to do, and the newest changes beside what the translation says now."""
    parts = [el("p", words.text(STEPS[cell.status]))]
    for change in _newest(cell):
        parts.append(el("p", el("b", heading_of(change, words))))
        if is_short(change):
            parts.append(el("p", differences(change)))
            parts += [el("blockquote", shown(readable(change).present))] if change.present else []
    rest = len(cell.changes) - _CHANGES
    return join(parts, el("p", words.text(N_("and {count} more"), count=rest)) if rest > 0 else None)
