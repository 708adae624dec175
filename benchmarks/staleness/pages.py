"""Pages as their authors think of them, written out as Markdown, and the truth about what is stale in them."""

import copy
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.staleness.tongues import Author, Rendition, Sentence, Translator, Word

Saying = Sentence | Rendition

_UNBROKEN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")


@dataclass(slots=True)
class Unit:
    """What one author thinks of as one text: a paragraph, an item, a heading, a cell, a field."""

    id: int
    kind: str
    sayings: list[Saying]
    wrap: int = 0
    emphasis: set[tuple[int, int]] = field(default_factory=set)  # (id of the saying, position of the word)
    splits: set[int] = field(default_factory=set)  # ids of the sayings that begin a paragraph of their own

    @property
    def meaning(self) -> list[tuple[tuple[str, str], ...]]:
        """What all of it says."""
        return [saying.meaning for saying in self.sayings]


@dataclass(slots=True)
class Element:
    """A block of a page. `joined` says that a paragraph runs on into the next one."""

    id: int
    sort: str  # heading, paragraph, list, table, code, include, image, aside, component, imports
    units: list[Unit] = field(default_factory=list)
    level: int = 0
    payload: str = ""
    joined: bool = False
    columns: int = 0


@dataclass(slots=True)
class Page:
    """One language of one page."""

    fields: dict[str, Unit]
    shared: dict[str, str]
    elements: list[Element]
    spaces: bool = True
    line_end: str = "\n"
    final: str = "\n"
    bullet: str = "-"
    gap: str = "\n"
    form: str = "plain"  # or mdx, hugo

    def units(self) -> Iterator[Unit]:
        """Yield every text of the page, fields first."""
        yield from self.fields.values()
        for element in self.elements:
            yield from element.units

    def of(self, *sorts: str) -> list[Element]:
        """Return the elements of some sorts."""
        return [element for element in self.elements if element.sort in sorts]

    def sections(self) -> list[list[Element]]:
        """Return the elements of each section, its heading first."""
        starts = [at for at, element in enumerate(self.elements) if element.sort == "heading"]
        return [self.elements[start:end] for start, end in zip(starts, [*starts[1:], len(self.elements)], strict=True)]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a segment stands in the file: its kind, its 1-based line, and which sayings of which units it holds."""

    kind: str
    line: int
    held: tuple[tuple[int, tuple[int, ...]], ...]  # (id of the unit, ids of the sayings)


class Writer:
    """Writes a page out, and notes where everything went."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[str] = []
        self.marks: list[Mark] = []

    def write(self) -> tuple[bytes, list[Mark]]:
        """Return the file and the marks of its segments."""
        self.lines.append("---")
        for name, unit in self.page.fields.items():
            self._mark("field", [(unit, unit.sayings)])
            self.lines.append(f'{name}: "{self._text(unit, unit.sayings)}"')
        self.lines += [f"{name}: {value}" for name, value in self.page.shared.items()]
        self.lines += ["---", ""]
        elements = iter(self.page.elements)
        for element in elements:
            run = [element]
            while run[-1].joined and run[-1].sort == "paragraph":
                following = next(elements, None)
                if following is None:
                    break
                run.append(following)
            self._element(run)
        text = "\n".join(self.lines).rstrip("\n") + self.page.final
        return text.replace("\n", self.page.line_end).encode(), self.marks

    def _element(self, run: list[Element]) -> None:
        element = run[0]
        if len(run) > 1 and run[-1].sort != "paragraph":
            self._paragraph([unit for each in run[:-1] for unit in each.units])
            self._element(run[-1:])
            return
        match element.sort:
            case "heading":
                self._mark("heading", [(element.units[0], element.units[0].sayings)])
                self.lines.append("#" * element.level + " " + self._text(element.units[0], element.units[0].sayings))
            case "paragraph":
                self._paragraph([unit for each in run for unit in each.units])
                return
            case "list":
                for unit in element.units:
                    self._mark("item", [(unit, unit.sayings)])
                    self._wrapped(self._text(unit, unit.sayings), unit.wrap, self.page.bullet + " ", "  ")
            case "table":
                self._table(element)
            case "component":
                self._component(element)
            case "aside":
                self.lines.append('<aside class="note">')
                self._mark("paragraph", [(element.units[0], element.units[0].sayings)])
                self.lines += ["  " + self._text(element.units[0], element.units[0].sayings), "</aside>"]
            case _:
                self.lines += element.payload.split("\n")
        self.lines += self.page.gap.split("\n")[:-1] or [""]

    def _component(self, element: Element) -> None:
        """Write prose in a component of MDX or a shortcode of Hugo, with a title that is prose and an icon."""
        title, body = element.units  # no links and no code in an attribute
        opening, closing = (
            ("<Card {}>", "</Card>") if self.page.form == "mdx" else ("{{{{< card {} >}}}}", "{{< /card >}}")
        )
        self._mark("label", [(title, title.sayings)])
        self.lines += [opening.format(f'title="{self._text(title, title.sayings)}" icon="{element.payload}"'), ""]
        self._mark("paragraph", [(body, body.sayings)])
        self.lines += [self._text(body, body.sayings), "", closing]

    def _table(self, element: Element) -> None:
        rows = [element.units[at : at + element.columns] for at in range(0, len(element.units), element.columns)]
        for number, row in enumerate(rows):
            for unit in row:
                self._mark("cell", [(unit, unit.sayings)])
            self.lines.append("| " + " | ".join(self._text(unit, unit.sayings) for unit in row) + " |")
            if number == 0:
                self.lines.append("|" + " --- |" * element.columns)

    def _paragraph(self, units: list[Unit]) -> None:
        """Write paragraphs that run on into each other, split where the author wants it."""
        part: list[tuple[Unit, list[Saying]]] = []
        for unit in units:
            part.append((unit, []))
            for saying in unit.sayings:
                if saying.id in unit.splits and any(sayings for _, sayings in part):
                    self._part(part)
                    part = [(unit, [])]
                part[-1][1].append(saying)
        self._part(part)

    def _part(self, part: list[tuple[Unit, list[Saying]]]) -> None:
        part = [(unit, sayings) for unit, sayings in part if sayings]
        if part:
            self._mark("paragraph", part)
            text = (" " if self.page.spaces else "").join(self._text(unit, sayings) for unit, sayings in part)
            self._wrapped(text, part[0][0].wrap, "", "")
            self.lines += self.page.gap.split("\n")[:-1] or [""]

    def _mark(self, kind: str, held: Sequence[tuple[Unit, Sequence[Saying]]]) -> None:
        noted = tuple((unit.id, tuple(saying.id for saying in sayings)) for unit, sayings in held)
        self.marks.append(Mark(kind, len(self.lines) + 1, noted))

    def _wrapped(self, text: str, width: int, first: str, rest: str) -> None:
        if not width:
            self.lines.append(first + text)
            return
        if not self.page.spaces:
            lines = [first]
            for piece in _UNBROKEN.findall(text):
                if len(lines[-1]) > width // 2:
                    lines.append(rest)
                lines[-1] += piece
            self.lines += lines
            return
        self.lines += textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )

    def _text(self, unit: Unit, sayings: Sequence[Saying]) -> str:
        space = " " if self.page.spaces else ""
        if unit.kind == "label":
            return space.join(space.join(word.text + word.after for word in saying.words) for saying in sayings)
        return space.join(
            space.join(_written(word, (saying.id, at) in unit.emphasis) for at, word in enumerate(saying.words))
            for saying in sayings
        )


def _written(word: Word, strong: bool) -> str:
    text = {"code": f"`{word.text}`", "link": f"[{word.text}]({word.target})"}.get(word.kind, word.text)
    return (f"**{text}**" if strong and word.kind == "word" else text) + word.after


def stale(source: Page, target: Page) -> Counter[tuple[str, str, int]]:
    """Return the truth: what of `source` the translation does not say, and what it says that the source does not.

    Each is (side, kind, line): edited and added segments by where they stand in the source, removed ones by where
    they stand in the translation. The cells of a row share their line.
    """
    ours = {unit.id: unit for unit in source.units()}
    theirs = {unit.id: unit for unit in target.units()}
    found: Counter[tuple[str, str, int]] = Counter()
    for mark in Writer(source).write()[1]:
        if any(_is_behind(ours[unit], theirs.get(unit), sayings) for unit, sayings in mark.held):
            found["source", mark.kind, mark.line] += 1
    for mark in Writer(target).write()[1]:
        if all(unit not in ours for unit, _ in mark.held):
            found["target", mark.kind, mark.line] += 1
    return found


def _is_behind(ours: Unit, theirs: Unit | None, sayings: Sequence[int]) -> bool:
    """Say whether the translation of these sayings of a unit lacks anything that they say, or says more."""
    if theirs is None:
        return True
    if ours.meaning == theirs.meaning:
        return False
    said = {saying.id: saying.meaning for saying in theirs.sayings}
    if any(said.get(saying.id) != saying.meaning for saying in ours.sayings if saying.id in sayings):
        return True
    # Something was taken out (or put in another order): the part that it stood in is behind, or the first part.
    kept = {saying.id for saying in ours.sayings}
    order = [saying.id for saying in theirs.sayings]
    gone = [at for at, each in enumerate(order) if each not in kept]
    neighbours = {next((each for each in reversed(order[:at]) if each in kept), ours.sayings[0].id) for at in gone}
    return bool(neighbours & set(sayings)) if gone else not _changed(ours, theirs)


def _changed(ours: Unit, theirs: Unit) -> bool:
    said = {saying.id: saying.meaning for saying in theirs.sayings}
    return any(said.get(saying.id) != saying.meaning for saying in ours.sayings)


class Builder:
    """Makes new pages and their parts; every part has an id of its own."""

    def __init__(self, author: Author, form: str = "plain") -> None:
        self.author = author
        self.rng = author.rng
        self.form = form
        self.last = 0

    def page(self) -> Page:
        """Return a page: an introduction and a few sections."""
        rng = self.rng
        elements = [self.paragraph() for _ in range(rng.randint(1, 3))]
        if self.form == "mdx":
            elements.insert(0, self.imports())
        if self.form != "plain":
            elements.append(self.component())
        for _ in range(rng.randint(3, 6)):
            elements += self.section()
        fields = {"title": self._unit("field", short=True), "summary": self._unit("field", 1, 2)}
        shared = {"date": f"2023-0{rng.randint(1, 9)}-{rng.randint(10, 28)}", "tags": "[mill, bell]"}
        return Page(fields, shared, elements, form=self.form)

    def section(self, level: int = 2) -> list[Element]:
        """Return a heading and what follows it."""
        rng = self.rng
        elements = [self.heading(level)]
        for _ in range(rng.randint(1, 4)):
            components = 0 if self.form == "plain" else 3
            make = rng.choices(
                (
                    self.paragraph,
                    self.list,
                    self.table,
                    self.code,
                    self.include,
                    self.image,
                    self.aside,
                    self.component,
                ),
                (12, 4, 2, 2, 1, 1, 1, components),
            )[0]
            elements.append(make())
            if elements[-1].sort != "paragraph" and rng.random() < 0.5:
                elements.append(self.paragraph())
        if level == 2 and rng.random() < 0.3:
            elements += self.section(3)
        return elements

    def heading(self, level: int) -> Element:
        """Return a heading."""
        return self._element("heading", [self._unit("heading", short=True)], level=level)

    def paragraph(self) -> Element:
        """Return a paragraph, wrapped or on one line."""
        unit = self._unit("paragraph", 1, 5)
        unit.wrap = self.rng.choice((0, 0, 72, 100))
        return self._element("paragraph", [unit])

    def item(self) -> Unit:
        """Return a list item."""
        return self._unit("item", short=True) if self.rng.random() < 0.4 else self._unit("item", 1, 2)

    def list(self) -> Element:
        """Return a list."""
        return self._element("list", [self.item() for _ in range(self.rng.randint(2, 6))])

    def cell(self) -> Unit:
        """Return a table cell."""
        return self._unit("cell", short=True)

    def table(self) -> Element:
        """Return a table."""
        columns = self.rng.randint(2, 3)
        return self._element("table", [self.cell() for _ in range(columns * self.rng.randint(3, 5))], columns=columns)

    def code(self) -> Element:
        """Return a block of code."""
        word = self.author.word
        lines = [f"{word()} --{word()} {self.rng.randrange(99)}" for _ in range(self.rng.randint(1, 4))]
        return self._element("code", payload="\n".join(("```sh", *(["# " + word()] * (len(lines) > 2)), *lines, "```")))

    def include(self) -> Element:
        """Return a Liquid include, or what stands for one in MDX or Hugo."""
        source = f'src="/{self.author.word()}.png"'
        written = {"mdx": f"<Figure {source} />", "hugo": f"{{{{< figure {source} >}}}}"}
        return self._element("include", payload=written.get(self.form, f"{{% include figure.html {source} %}}"))

    def imports(self) -> Element:
        """Return the imports of a page of MDX."""
        names = ("Card", "Figure")
        lines = [f"import {name} from '../components/{self.author.word()}/{name}.astro';" for name in names]
        return self._element("imports", payload="\n".join(lines))

    def component(self) -> Element:
        """Return prose inside a component or shortcode that has a title."""
        units = [self._unit("label", short=True), self._unit("paragraph", 1, 3)]
        return self._element("component", units, payload=self.author.word())

    def image(self) -> Element:
        """Return an image without text."""
        return self._element("image", payload=f"![](/images/{self.author.word()}-{self.rng.randrange(99)}.jpg)")

    def aside(self) -> Element:
        """Return prose inside HTML."""
        return self._element("aside", [self._unit("paragraph", 1, 3)])

    def _element(
        self, sort: str, units: Sequence[Unit] = (), *, level: int = 0, payload: str = "", columns: int = 0
    ) -> Element:
        self.last += 1
        return Element(self.last, sort, list(units), level, payload, columns=columns)

    def _unit(self, kind: str, least: int = 1, most: int = 1, *, short: bool = False) -> Unit:
        self.last += 1
        said: list[Saying] = [self.author.sentence(short=True)] if short else [*self.author.sentences(least, most)]
        return Unit(self.last, kind, said)


def translated(source: Page, old: Page | None, translator: Translator, *, only: set[int] | None = None) -> Page:
    """Return the translation of `source`, keeping what `old` says wherever that is right.

    With `only`, just those elements (by id) are brought up to date, in their places.
    """
    rng = translator.rng
    known = {} if old is None else {unit.id: unit for unit in old.units()}
    shown = {} if old is None else {element.id: element for element in old.elements}

    def unit(ours: Unit) -> Unit:
        theirs = known.get(ours.id)
        said = {} if theirs is None else {saying.id: saying for saying in theirs.sayings}
        sayings: list[Saying] = []
        for saying in ours.sayings:
            there = said.get(saying.id)
            assert isinstance(saying, Sentence)
            keep = there is not None and there.meaning == saying.meaning
            sayings.append(there if keep else translator.again(saying, there))
        if theirs is None:
            splits = (
                {rng.choice(sayings[1:]).id}
                if ours.kind == "paragraph" and len(sayings) > 2 and rng.random() < 0.04
                else set()
            )
            return Unit(ours.id, ours.kind, sayings, ours.wrap, set(), splits)
        return Unit(ours.id, ours.kind, sayings, theirs.wrap, set(theirs.emphasis), set(theirs.splits))

    def element(ours: Element) -> Element:
        theirs = shown.get(ours.id)
        made = copy.copy(ours)
        made.units = [unit(each) for each in ours.units]
        made.joined = theirs.joined if theirs is not None else ours.sort == "paragraph" and rng.random() < 0.02
        return made

    if only is None:
        elements = [element(each) for each in source.elements]
        fields = {name: unit(each) for name, each in source.fields.items()}
        page = Page(fields, dict(source.shared), elements, translator.tongue.spaces, form=source.form)
    else:
        assert old is not None
        page = copy.deepcopy(old)
        fresh = [element(each) for each in source.elements if each.id in only]
        rest = [each for each in page.elements if each.id not in only]
        first = next(at for at, each in enumerate(source.elements) if each.id in only)
        before = {each.id for each in source.elements[:first]}
        start = max((at + 1 for at, each in enumerate(rest) if each.id in before), default=0)
        page.elements = [*rest[:start], *fresh, *rest[start:]]
    if old is not None:
        page.line_end, page.final, page.bullet, page.gap = old.line_end, old.final, old.bullet, old.gap
    return page
