"""The stories: what happens to a page and its translations, one family of events after an ordinary life.

A story is a generator that works on its own page and stops whenever it committed something, so that many pages
share one history. Whatever it did, the truth is read from the pages themselves at the end (`pages.stale`).
"""

import copy
import random
from collections.abc import Callable, Iterator

from benchmarks.staleness import edits
from benchmarks.staleness.pages import Builder, Page, Writer, translated
from benchmarks.staleness.repository import Repository
from benchmarks.staleness.tongues import TONGUES, Author, Translator

Telling = Iterator[None]
Family = Callable[["Story"], Telling]

FAMILIES: dict[str, Family] = {}
"""Every family by its name, in the order of the table."""

NEEDLESS: set[str] = set()
"""The families after which no translator has anything to do."""

FORMS: dict[str, str] = {}
"""The families whose pages are all written in one form (see `Page.form`)."""


class Story:
    """One page in its languages, and the repository that everything is committed to."""

    def __init__(self, key: str, seed: str, repository: Repository, tongues: int, form: str = "") -> None:
        self.key = key
        self.rng = random.Random(seed)
        self.repository = repository
        form = form or random.Random(f"{seed} form").choice(("plain", "plain", "mdx", "hugo"))
        self.builder = Builder(Author(self.rng), form)
        self.source = self.builder.page()
        chosen = self.rng.sample(TONGUES, tongues)
        self.translators = {tongue.tag: Translator(tongue, random.Random(f"{seed} {tongue.tag}")) for tongue in chosen}
        self.targets: dict[str, Page] = {}

    def path(self, tag: str = "") -> str:
        """Return where the page stands in a language (in the source's unless told)."""
        name = f"{self.key}.{'mdx' if self.source.form == 'mdx' else 'md'}"
        return f"docs/{tag}/{name}" if tag else f"docs/{name}"

    def files(self, *tags: str) -> dict[str, bytes | None]:
        """Return the present files of some languages, "" being the source."""
        return {self.path(tag): Writer(self.targets[tag] if tag else self.source).write()[0] for tag in tags}

    def commit(self, *tags: str, branch: str = "main") -> None:
        """Commit the present state of some languages."""
        self.repository.commit(self.files(*tags), branch)

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that the page is translated into, so far."""
        return tuple(self.targets)

    def catch_up(self, tag: str, source: Page | None = None) -> None:
        """Bring a translation (made now, if there is none) up to the source."""
        self.targets[tag] = translated(source or self.source, self.targets.get(tag), self.translators[tag])

    def rewrite(self, edit: edits.Rewrite | None = None) -> None:
        """Let the author edit the source: `edit` (or whatever authors do where the page does not have the place)."""
        while not (edit or self.rng.choice(edits.REWRITES))(self.source, self.builder):
            edit = None

    def layout(self, page: Page) -> None:
        """Let somebody change the layout of a page."""
        self.rng.choice(edits.LAYOUTS)(page, self.rng)

    def stale_units(self, tag: str) -> set[int]:
        """Return the units that a translation is behind in."""
        theirs = {unit.id: unit.meaning for unit in self.targets[tag].units()}
        return {unit.id for unit in self.source.units() if theirs.get(unit.id) != unit.meaning}

    def tell(self, family: Family) -> Telling:
        """Tell the ordinary beginning, the family's own event, and what may happen afterwards."""
        yield from self._beginning(list(self.translators))
        yield from family(self)
        if self.rng.random() < 0.5:
            yield from self._afterwards()

    def _beginning(self, tags: list[str]) -> Telling:
        self.commit("")
        yield
        for _ in range(self.rng.randrange(3)):
            self.rewrite()
            self.commit("")
            yield
        for tag in tags:
            self.catch_up(tag)
            self.commit(tag)
            yield
        for _ in range(self.rng.randrange(4)):
            yield from self._round()

    def _round(self) -> Telling:
        """Edit the source, and let all translations follow, at once or one by one."""
        if self.rng.random() < 0.3:
            self.layout(self.source)
            self.commit("")
            yield
            return
        self.rewrite()
        together = self.rng.random() < 0.2
        if not together:
            self.commit("")
            yield
        for tag in self.tags:
            self.catch_up(tag)
        self.commit(*(("", *self.tags) if together else self.tags))
        yield

    def _afterwards(self) -> Telling:
        for tag in self.tags:
            edits.mistype_translation(self.targets[tag], self.rng) if self.rng.random() < 0.5 else self.layout(
                self.targets[tag]
            )
            self.commit(tag)
            yield
        self.layout(self.source)
        self.commit("")
        yield


def family(name: str, *, needless: bool = False) -> Callable[[Family], Family]:
    """Register a story under `name`; `needless` promises that no translator is needed after it."""

    def register(tell: Family) -> Family:
        FAMILIES[name] = tell
        if needless:
            NEEDLESS.add(name)
        return tell

    return register


def _source_layout(name: str, change: edits.Layout, times: int = 1) -> None:
    @family(name, needless=True)
    def tell(story: Story) -> Telling:
        for _ in range(times):
            change(story.source, story.rng)
            story.commit("")
            yield


def _source_edit(name: str, *choices: edits.Rewrite, needless: bool = False, form: str = "") -> None:
    if form:
        FORMS[name] = form

    @family(name, needless=needless)
    def tell(story: Story) -> Telling:
        for _ in range(story.rng.choice((1, 1, 2))):
            change = story.rng.choice(choices)
            change(story.source, story.builder) if needless else story.rewrite(change)
            story.commit("")
            yield


_source_layout("reflow", edits.reflow)
_source_layout("emphasis only", edits.emphasise)
_source_layout("white space and final newline", edits.space, 2)
_source_layout("CRLF and back", edits.end_lines, 2)
_source_layout("CRLF", edits.end_lines)
_source_edit("link target changed", edits.retarget, needless=True)
_source_edit("image or include changed", edits.change_asset, needless=True)
_source_edit("code block changed", edits.change_code, needless=True)
_source_edit("import line changed", edits.change_imports, needless=True, form="mdx")
_source_edit("component attribute changed (not prose)", edits.change_attribute, needless=True, form="mdx")
_source_edit("prose attribute changed", edits.retitle_component, form="mdx")
_source_edit("shortcode argument changed", edits.change_attribute, needless=True, form="hugo")
_source_edit("prose argument of a shortcode changed", edits.retitle_component, form="hugo")


@family("shared metadata changed", needless=True)
def _metadata(story: Story) -> Telling:
    edits.change_shared(story.source, story.builder)
    for target in story.targets.values():
        target.shared = dict(story.source.shared)
    story.commit("", *story.tags)
    yield


_source_edit("typo fixed in source", edits.mistype)


@family("typo fixed in translation", needless=True)
def _typo(story: Story) -> Telling:
    for tag in story.tags:
        for _ in range(story.rng.randint(1, 3)):
            edits.mistype_translation(story.targets[tag], story.rng)
            story.commit(tag)
            yield


_source_edit("word changed", edits.change_word, edits.change_word, edits.change_number)
_source_edit("sentence added", edits.add_sentence)
_source_edit("sentence removed", edits.remove_sentence)
_source_edit("paragraph rewritten", edits.rewrite_paragraph)
_source_edit("paragraph added", edits.add_paragraph)
_source_edit("paragraph removed", edits.remove_paragraph)
_source_edit("paragraph split", edits.split, needless=True)
_source_edit("paragraphs merged", edits.join, needless=True)
_source_edit("paragraph moved", edits.move_paragraph, needless=True)
_source_edit("section moved", edits.move_section, needless=True)
_source_edit("heading renamed", edits.rename_heading)
_source_edit("list item added or removed", edits.add_item, edits.remove_item)
_source_edit("table row added", edits.add_row)
_source_edit("section added", edits.add_section)
_source_edit("title or summary changed", edits.change_field)


@family("false sync")
def _false_sync(story: Story) -> Telling:
    for _ in range(story.rng.randint(1, 3)):
        story.rewrite()
        story.commit("")
        yield
    for tag in story.tags:
        for _ in range(story.rng.randint(1, 2)):
            target = story.targets[tag]
            what = story.rng.random()
            if what < 0.4:
                edits.mistype_translation(target, story.rng)
            elif what < 0.7:
                edits.polish(
                    target, story.translators[tag], story.stale_units(tag) if story.rng.random() < 0.9 else set()
                )
            else:
                story.layout(target)
            story.commit(tag)
            yield


@family("one section caught up")
def _one_section(story: Story) -> Telling:
    for _ in range(story.rng.randint(2, 4)):
        story.rewrite()
        story.commit("")
        yield
    for tag in story.tags:
        section = story.rng.choice(story.source.sections())
        only = {element.id for element in section}
        story.targets[tag] = translated(story.source, story.targets[tag], story.translators[tag], only=only)
        story.commit(tag)
        yield


@family("all caught up", needless=True)
def _all_caught_up(story: Story) -> Telling:
    for _ in range(story.rng.randint(1, 4)):
        story.rewrite()
        story.commit("")
        yield
    for tag in story.tags:
        story.catch_up(tag)
        story.commit(tag)
        yield


@family("source and translation in one commit", needless=True)
def _together(story: Story) -> Telling:
    for _ in range(story.rng.randint(1, 3)):
        story.rewrite()
        for tag in story.tags:
            story.catch_up(tag)
        story.commit("", *story.tags)
        yield


@family("mass reformat of all languages", needless=True)
def _reformat(story: Story) -> Telling:
    for _ in range(2):
        change = story.rng.choice(edits.LAYOUTS)
        for page in (story.source, *story.targets.values()):
            change(page, story.rng)
        story.commit("", *story.tags)
        yield


@family("mass reformat over stale pages")
def _reformat_stale(story: Story) -> Telling:
    story.rewrite()
    story.commit("")
    yield
    yield from _reformat(story)


@family("file renamed")
def _renamed(story: Story) -> Telling:
    old, before = story.key, {story.path(tag): None for tag in ("", *story.tags)}
    if story.rng.random() < 0.6:
        story.rewrite()
        story.commit("")
        yield
    story.key = f"{old}-renamed"
    if story.rng.random() < 0.3:
        story.layout(story.source)
    story.repository.commit({**before, **story.files("", *story.tags)})
    yield
    if story.rng.random() < 0.5:
        story.rewrite()
        story.commit("")
        yield


@family("merge with both sides")
def _merged(story: Story) -> Telling:
    """A translator follows the source on a branch; on main the source may go on; then both are merged."""
    branch = f"work-{story.key}"
    story.rewrite()
    story.commit("")
    yield
    story.repository.branch(branch)
    seen = copy.deepcopy(story.source)
    yield
    if story.rng.random() < 0.7:
        story.rewrite()
        story.commit("")
        yield
    tags = story.tags if story.rng.random() < 0.5 else story.tags[:1]
    for tag in tags:
        story.catch_up(tag, seen)
        story.commit(tag, branch=branch)
        yield
    story.repository.merge(branch, story.files(*tags))
    yield


@family("source edited on a branch")
def _source_branch(story: Story) -> Telling:
    """The source is edited on a branch; on main the translation is touched meanwhile; then both are merged."""
    branch = f"work-{story.key}"
    story.repository.branch(branch)
    yield
    story.rewrite()
    story.commit("", branch=branch)
    yield
    for tag in story.tags:
        edits.mistype_translation(story.targets[tag], story.rng)
        story.commit(tag)
        yield
    story.repository.merge(branch, story.files(""))
    yield


@family("made later from an older source")
def _made_later(story: Story) -> Telling:
    """A translator takes a copy of the source, works for weeks, and commits it when the source has gone on."""
    tag = story.tags[0]
    del story.targets[tag]
    story.repository.commit({story.path(tag): None})
    yield
    copied = copy.deepcopy(story.source)
    for _ in range(story.rng.randint(1, 3)):
        story.rewrite()
        story.commit("")
        yield
    story.catch_up(tag, copied)
    story.commit(tag)
    yield


@family("change reverted", needless=True)
def _reverted(story: Story) -> Telling:
    before = copy.deepcopy(story.source)
    for _ in range(story.rng.randint(1, 2)):
        story.rewrite()
        story.commit("")
        yield
    story.source = before
    story.commit("")
    yield


@family("change reverted after it was translated")
def _reverted_late(story: Story) -> Telling:
    before = copy.deepcopy(story.source)
    story.rewrite()
    story.commit("")
    yield
    for tag in story.tags:
        story.catch_up(tag)
        story.commit(tag)
        yield
    story.source = before
    story.commit("")
    yield


@family("a long mixed life")
def _mixed(story: Story) -> Telling:
    for _ in range(story.rng.randint(4, 12)):
        what = story.rng.random()
        tag = story.rng.choice(story.tags)
        if what < 0.4:
            story.rewrite()
            story.commit("")
        elif what < 0.5:
            change = story.rng.choice((edits.retarget, edits.change_asset, edits.change_code, edits.split, edits.join))
            change(story.source, story.builder)
            story.commit("")
        elif what < 0.6:
            story.layout(story.source)
            story.commit("")
        elif what < 0.7:
            edits.mistype_translation(story.targets[tag], story.rng)
            story.commit(tag)
        elif what < 0.85:
            story.catch_up(tag)
            story.commit(tag)
        else:
            story.layout(story.targets[tag])
            story.commit(tag)
        yield
