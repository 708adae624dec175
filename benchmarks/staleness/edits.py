"""What people do to pages. Every edit changes a page in place and says whether it found something to change."""

import random
from collections.abc import Callable
from dataclasses import replace

from benchmarks.staleness.pages import Builder, Element, Page, Saying, Unit
from benchmarks.staleness.tongues import Rendition, Translator, Word

Layout = Callable[[Page, random.Random], bool]
Rewrite = Callable[[Page, Builder], bool]


# Layout: nobody has to translate anything.


def reflow(page: Page, rng: random.Random) -> bool:
    """Wrap paragraphs and items at another width, or not at all."""
    width = rng.choice((0, 60, 80, 100))
    for unit in page.units():
        if unit.kind in ("paragraph", "item"):
            unit.wrap = width if width != unit.wrap else 90
    return True


def reflow_one(page: Page, rng: random.Random) -> bool:
    """Wrap one paragraph anew."""
    unit = rng.choice([unit for unit in page.units() if unit.kind == "paragraph"])
    unit.wrap = rng.choice([width for width in (0, 60, 80, 100) if width != unit.wrap])
    return True


def emphasise(page: Page, rng: random.Random) -> bool:
    """Set some words in bold, or take that away."""
    for unit in rng.sample(list(page.units()), 5):
        saying = rng.choice(unit.sayings)
        at = rng.randrange(len(saying.words))
        if unit.kind not in ("field", "label") and saying.words[at].kind == "word":
            unit.emphasis ^= {(saying.id, at)}
    return True


def space(page: Page, rng: random.Random) -> bool:
    """Change the final newline, blank lines or bullets."""
    change = rng.randrange(3)
    if change == 0:
        page.final = "" if page.final else "\n\n"
    elif change == 1:
        page.gap = "\n\n" if page.gap == "\n" else "\n"
    else:
        page.bullet = {"-": "*", "*": "+", "+": "-"}[page.bullet]
    return True


def end_lines(page: Page, rng: random.Random) -> bool:
    """Turn line feeds into carriage return and line feed, or back."""
    page.line_end = "\r\n" if page.line_end == "\n" else "\n"
    return True


LAYOUTS: tuple[Layout, ...] = (reflow, reflow_one, emphasise, space, end_lines)


# Markup: something to carry over, but no words.


def retarget(page: Page, builder: Builder) -> bool:
    """Let a link lead somewhere else."""
    return _reworded(page, builder, "link", lambda word: replace(word, target=builder.author.target()))


def change_asset(page: Page, builder: Builder) -> bool:
    """Show another image, or pass an include something else."""
    return _repaid(page, builder, builder.image, "image") or _repaid(page, builder, builder.include, "include")


def change_code(page: Page, builder: Builder) -> bool:
    """Change a block of code."""
    return _repaid(page, builder, builder.code, "code")


def change_imports(page: Page, builder: Builder) -> bool:
    """Import components from somewhere else."""
    return _repaid(page, builder, builder.imports, "imports")


def change_attribute(page: Page, builder: Builder) -> bool:
    """Give a component (or shortcode) another attribute, not one that is prose."""
    return _repaid(page, builder, builder.component, "component")


def change_shared(page: Page, builder: Builder) -> bool:
    """Change metadata that is the same in every language."""
    page.shared["date"] = f"2024-0{builder.rng.randint(1, 9)}-{builder.rng.randint(10, 28)}"
    page.shared["tags"] = f"[{builder.author.word()}, {builder.author.word()}]"
    return True


# Words: somebody has to translate something.


def mistype(page: Page, builder: Builder) -> bool:
    """Change one letter of one word, or swap two, or drop one."""
    return _reworded(page, builder, "word", lambda word: replace(word, text=_mistyped(word.text, builder.rng)), 5)


def change_word(page: Page, builder: Builder) -> bool:
    """Put another word in a sentence."""
    return _reworded(page, builder, "word", lambda word: replace(word, text=builder.author.word(word.text)), 4)


def change_number(page: Page, builder: Builder) -> bool:
    """Put another number in a sentence."""
    return _reworded(
        page, builder, "number", lambda word: replace(word, text=str(int(word.text) + 1 + builder.rng.randrange(90)))
    )


def add_sentence(page: Page, builder: Builder) -> bool:
    """Add a sentence to a paragraph."""
    unit = _some_unit(page, builder, "paragraph")
    unit.sayings.insert(builder.rng.randint(0, len(unit.sayings)), builder.author.sentence())
    return True


def remove_sentence(page: Page, builder: Builder) -> bool:
    """Take a sentence out of a paragraph that has several."""
    units = [unit for unit in page.units() if unit.kind == "paragraph" and len(unit.sayings) > 1]
    if not units:
        return False
    unit = builder.rng.choice(units)
    del unit.sayings[builder.rng.randrange(len(unit.sayings))]
    return True


def rewrite_paragraph(page: Page, builder: Builder) -> bool:
    """Say most of a paragraph anew."""
    unit = _some_unit(page, builder, "paragraph")
    kept = unit.sayings[:1] if len(unit.sayings) > 2 else []
    unit.sayings = [*kept, *builder.author.sentences(1, 3)]
    return True


def add_paragraph(page: Page, builder: Builder) -> bool:
    """Add a paragraph somewhere."""
    page.elements.insert(builder.rng.randint(0, len(page.elements)), builder.paragraph())
    return True


def remove_paragraph(page: Page, builder: Builder) -> bool:
    """Take a paragraph out."""
    return _removed(page, builder, "paragraph")


def rename_heading(page: Page, builder: Builder) -> bool:
    """Give a section another name."""
    unit = builder.rng.choice(page.of("heading")).units[0]
    unit.sayings = [builder.author.sentence(short=True)]
    return True


def add_item(page: Page, builder: Builder) -> bool:
    """Add an item to a list."""
    lists = page.of("list")
    if lists:
        units = builder.rng.choice(lists).units
        units.insert(builder.rng.randint(0, len(units)), builder.item())
    return bool(lists)


def remove_item(page: Page, builder: Builder) -> bool:
    """Take an item out of a list."""
    lists = [element for element in page.of("list") if len(element.units) > 2]
    if lists:
        units = builder.rng.choice(lists).units
        del units[builder.rng.randrange(len(units))]
    return bool(lists)


def add_row(page: Page, builder: Builder) -> bool:
    """Add a row to a table."""
    tables = page.of("table")
    if tables:
        table = builder.rng.choice(tables)
        at = table.columns * builder.rng.randint(1, len(table.units) // table.columns)
        table.units[at:at] = [builder.cell() for _ in range(table.columns)]
    return bool(tables)


def add_section(page: Page, builder: Builder) -> bool:
    """Add a section."""
    places = [at for at, element in enumerate(page.elements) if element.sort == "heading" and element.level == 2]
    at = builder.rng.choice([*places, len(page.elements)])
    page.elements[at:at] = builder.section()
    return True


def retitle_component(page: Page, builder: Builder) -> bool:
    """Give a component another title."""
    found = page.of("component")
    if found:
        builder.rng.choice(found).units[0].sayings = [builder.author.sentence(short=True)]
    return bool(found)


def change_field(page: Page, builder: Builder) -> bool:
    """Give the page another title or summary."""
    name = builder.rng.choice(list(page.fields))
    page.fields[name].sayings = [builder.author.sentence(short=name == "title")]
    return True


REWRITES: tuple[Rewrite, ...] = (
    mistype, change_word, change_word, change_number, add_sentence, add_sentence, remove_sentence, rewrite_paragraph,
    add_paragraph, add_paragraph, remove_paragraph, rename_heading, add_item, remove_item, add_row, add_section,
    change_field,
)  # fmt: skip
"""What authors do, about as often as they do it."""


# Order: the same words in other places.


def split(page: Page, builder: Builder) -> bool:
    """Split a paragraph in two."""
    units = [unit for element in page.of("paragraph") for unit in element.units if len(unit.sayings) > 1]
    if not units:
        return False
    unit = builder.rng.choice(units)
    unit.splits ^= {builder.rng.choice(unit.sayings[1:]).id}
    return True


def join(page: Page, builder: Builder) -> bool:
    """Let two paragraphs be one."""
    pairs = zip(page.elements, page.elements[1:], strict=False)
    places = [first for first, second in pairs if first.sort == second.sort == "paragraph" and not first.joined]
    if places:
        builder.rng.choice(places).joined = True
    return bool(places)


def move_paragraph(page: Page, builder: Builder) -> bool:
    """Move a paragraph somewhere else."""
    found = [element for element in page.of("paragraph") if not element.joined]
    if not found:
        return False
    element = builder.rng.choice(found)
    page.elements.remove(element)
    page.elements.insert(builder.rng.randint(0, len(page.elements)), element)
    return True


def move_section(page: Page, builder: Builder) -> bool:
    """Move a section to the end or the beginning of the page."""
    sections = page.sections()
    if len(sections) < 3:
        return False
    section = builder.rng.choice(sections[1:-1])
    page.elements = [element for element in page.elements if element not in section]
    first = next((at for at, element in enumerate(page.elements) if element.sort == "heading"), 0)
    at = builder.rng.choice((first, len(page.elements)))
    page.elements[at:at] = section
    return True


# What translators do without looking at the source.


def mistype_translation(page: Page, rng: random.Random) -> bool:
    """Mend (or make) a typo in the translation."""
    unit = rng.choice(list(page.units()))
    at = rng.randrange(len(unit.sayings))
    words = list(unit.sayings[at].words)
    places = [place for place, word in enumerate(words) if word.kind == "word" and len(word.text) > 3]
    if not places:
        return False
    place = rng.choice(places)
    words[place] = replace(words[place], text=_mistyped(words[place].text, rng))
    unit.sayings[at] = replace(unit.sayings[at], words=tuple(words))
    return True


def polish(page: Page, translator: Translator, avoid: set[int]) -> bool:
    """Say a sentence of the translation better; not in the units of `avoid`."""
    units = [unit for unit in page.units() if unit.id not in avoid and unit.kind == "paragraph"]
    if not units:
        return False
    unit = translator.rng.choice(units)
    at = translator.rng.randrange(len(unit.sayings))
    old = unit.sayings[at]
    assert isinstance(old, Rendition)
    words = list(old.words)
    for place in translator.rng.sample(range(len(words)), min(3, len(words))):
        if words[place].kind == "word":
            words[place] = replace(words[place], text=words[place].text[:2] + words[place].text[:1:-1])
    unit.sayings[at] = replace(old, words=tuple(words))
    return True


def _some_unit(page: Page, builder: Builder, kind: str) -> Unit:
    return builder.rng.choice([unit for unit in page.units() if unit.kind == kind])


def _removed(page: Page, builder: Builder, sort: str) -> bool:
    found = page.of(sort)
    if len(found) > 2:
        element = builder.rng.choice(found)
        before = page.elements[page.elements.index(element) - 1] if page.elements[0] is not element else None
        if before is not None:
            before.joined = False
        page.elements.remove(element)
    return len(found) > 2


def _repaid(page: Page, builder: Builder, make: Callable[[], Element], sort: str) -> bool:
    found = page.of(sort)
    if found:
        builder.rng.choice(found).payload = make().payload
    return bool(found)


def _reworded(page: Page, builder: Builder, kind: str, change: Callable[[Word], Word], least: int = 1) -> bool:
    """Change one word of a kind that has at least some letters."""
    places = [
        (unit, at, place)
        for unit in page.units()
        for at, saying in enumerate(unit.sayings)
        for place, word in enumerate(saying.words)
        if word.kind == kind and len(word.text) >= least and (kind != "word" or word.text.islower())
    ]
    if not places:
        return False
    unit, at, place = builder.rng.choice(places)
    saying: Saying = unit.sayings[at]
    words = list(saying.words)
    words[place] = change(words[place])
    unit.sayings[at] = replace(saying, words=tuple(words))
    return True


def _mistyped(text: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(text) - 1)
    change = rng.randrange(3)
    if change == 0:
        return text[:at] + text[at + 1 :]
    if change == 1:
        return text[:at] + text[at] + text[at:]
    if text[at] != text[at + 1]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + "x" + text[at + 1 :]
