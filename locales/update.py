"""Keep the catalogues in step with the source: `python locales/update.py [extract | update | check]`.

`extract` writes messages.pot, `update` (the default) also brings every transtool.po up to date and says what is
still to be translated, `check` changes nothing and exits 1 when a catalogue is not ready to ship.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

LOCALES = Path(__file__).parent
PACKAGE = LOCALES.parent / "transtool"
TEMPLATE = LOCALES / "messages.pot"
DOMAIN = "transtool"
COMMENT_TAG = "Translators:"

MARKS = {"N_", "_"}
_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}|(?P<broken>[{}])")
_VOLATILE = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To): .*\n', re.MULTILINE
)

Texts = str | tuple[str, str]


# What is in the source


def messages(source: str) -> Iterator[tuple[int, Texts]]:
    """Find what is marked for translation in Python source: the line, and a text or its two forms in English.

    Marked are `N_("...")` and `_("...")`, `words.text("...")`, `words.plural("...", "...", count)` and
    `Message(N_("..."), plural=N_("..."), count=...)`, whose texts are the two forms of one message.
    """
    tree = ast.parse(source)
    named = _named_texts(tree)
    taken: set[ast.expr] = set()
    found: list[tuple[ast.Call, Texts]] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        forms = _plural_forms(node, named)
        if forms is not None:
            taken |= set(forms)
            found.append((node, (_literal(forms[0]), _literal(forms[1]))))
        elif _is_mark(node) and _literal(node):
            found.append((node, _literal(node)))
    yield from ((node.lineno, texts) for node, texts in found if node not in taken)


def extracted() -> Catalog:
    """Return the template: every message of the package, in the order of files and lines."""
    catalog = new_catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        where = path.relative_to(LOCALES.parent).as_posix()
        for line, texts in sorted(messages(source), key=lambda found: found[0]):
            catalog.add(texts, locations=[(where, line)], auto_comments=_comments(lines, line))
    return catalog


def _named_texts(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Return the names that are given a marked text (`template = N_("...")`), in the order of lines."""
    return [
        (node.targets[0].id, node.value)
        for node in sorted(
            (node for node in ast.walk(tree) if isinstance(node, ast.Assign)), key=lambda node: node.lineno
        )
        if isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Call) and _is_mark(node.value)
    ]


def _plural_forms(call: ast.Call, named: list[tuple[str, ast.Call]]) -> tuple[ast.expr, ast.expr] | None:
    match call:
        case ast.Call(func=ast.Name(id="Message"), args=[one, *_], keywords=keywords):
            many = next((_named(keyword.value, call, named) for keyword in keywords if keyword.arg == "plural"), None)
            one = _named(one, call, named)
        case ast.Call(func=ast.Attribute(attr="plural"), args=[one, many, *_]):
            pass
        case _:
            return None
    return (one, many) if many is not None and _literal(one) and _literal(many) else None


def _named(node: ast.expr, call: ast.Call, named: list[tuple[str, ast.Call]]) -> ast.expr:
    """Return the marked text that a name stands for where `call` uses it; anything else as it is."""
    texts = [text for name, text in named if isinstance(node, ast.Name) and name == node.id]
    return next((text for text in reversed(texts) if text.lineno <= call.lineno), node)


def _is_mark(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name in MARKS
        case ast.Attribute(attr="text", value=ast.Name(id="words") | ast.Attribute(attr="words")):
            return True
    return False


def _literal(node: ast.expr) -> str:
    """Return the text of a literal, bare or inside a mark; "" of anything else."""
    if isinstance(node, ast.Call) and _is_mark(node) and node.args:
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _comments(lines: list[str], line: int) -> list[str]:
    above = lines[line - 2].strip() if line > 1 else ""
    return [above.lstrip("# ")] if above.startswith(f"# {COMMENT_TAG}") else []


# Catalogues


def paths() -> list[Path]:
    """Return the catalogues there are."""
    return sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Return the catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else path.parents[1].name, domain=DOMAIN)


def rendered(catalog: Catalog) -> bytes:
    """Return the file of a catalogue: no dates and no line numbers, so that it changes only when a message does."""
    target = BytesIO()
    write_po(target, catalog, width=120, include_lineno=False, ignore_obsolete=True)
    return _VOLATILE.sub(b"", target.getvalue())


def updated(path: Path, template: Catalog) -> Catalog:
    """Return the catalogue of a file with exactly the messages of the template, and no guesses."""
    catalog = new_catalog(path.parents[1].name)
    old = read(path) if path.exists() else catalog
    for message in template:
        if message.id:
            known = old.get(message.id)
            string = known.string if known is not None and known.pluralizable == message.pluralizable else None
            catalog.add(
                message.id,
                string,
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known is not None else [],
                flags=(known.flags - {"python-format", "python-brace-format"}) if known is not None else (),
            )
    return catalog


def new_catalog(locale: str | None = None) -> Catalog:
    """Return a catalogue without messages."""
    return Catalog(
        locale=locale,
        domain=DOMAIN,
        project=DOMAIN,
        version="1",
        copyright_holder="the transtool contributors",
        charset="utf-8",
        header_comment="# The texts of transtool. Keep every {place} as it is.",
        fuzzy=False,
    )


# What is wrong with a catalogue


def faults(path: Path, template: Catalog) -> Iterator[str]:
    """Say what keeps a catalogue from being shipped."""
    catalog = read(path)
    for message in template:
        if message.id and catalog.get(message.id) is None:
            yield f"lacks {message.id!r}"
    for message in catalog:
        if message.id:
            yield from _message_faults(message, template, catalog.num_plurals)
    for message in catalog.obsolete.values():
        yield f"has the obsolete {message.id!r}"
    if path.read_bytes() != rendered(updated(path, template)):
        yield "is not as `update` writes it"


def _message_faults(message: Message, template: Catalog, plurals: int) -> Iterator[str]:
    if template.get(message.id) is None:
        yield f"has {message.id!r}, which the source has not"
    if message.fuzzy:
        yield f"is not sure of {message.id!r}"
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.pluralizable and len(forms) != plurals:
        yield f"has {len(forms)} plural forms instead of {plurals} of {message.id!r}"
    for form in forms:
        yield from (f"{fault}: {message.id!r}" for fault in _form_faults(message, form))


def _form_faults(message: Message, form: str) -> Iterator[str]:
    if not form.strip():
        yield "does not translate"
        return
    one, many = message.id if isinstance(message.id, tuple) else (message.id, message.id)
    broken, wanted, places = broken_places(form), _places(many), _places(form)
    if broken:
        yield f"has a lone brace in {form!r}"
    # A form for one or two may say the number in words, or not at all.
    missing = wanted - places if one == many else (wanted - {"count"}) - places
    if missing or places - wanted:
        yield f"has other places in {form!r}"
    if (form[0].isspace(), form[-1].isspace()) != (many[0].isspace(), many[-1].isspace()):
        yield f"begins or ends with other spaces in {form!r}"


def broken_places(text: str) -> list[str]:
    """Return the braces of a text that are neither doubled nor around a name."""
    return [match["broken"] for match in _PLACE.finditer(text) if match["broken"]]


def _places(text: str) -> set[str]:
    return {match[1] for match in _PLACE.finditer(text) if match[1]}


# The commands


def extract() -> int:
    """Write messages.pot."""
    TEMPLATE.write_bytes(rendered(extracted()))
    return 0


def update() -> int:
    """Write messages.pot and every catalogue; say what is left to translate."""
    extract()
    template = read(TEMPLATE)
    for path in paths():
        path.write_bytes(rendered(updated(path, template)))
        left = sum(1 for _ in faults(path, template))
        sys.stdout.write(f"{path.parents[1].name}: {f'{left} to do' if left else 'complete'}\n")
    return 0


def check() -> int:
    """Say everything that is wrong."""
    found = [] if TEMPLATE.read_bytes() == rendered(extracted()) else [f"{TEMPLATE.name} is out of date"]
    template = extracted()
    found += [f"{path.parents[1].name} {fault}" for path in paths() for fault in faults(path, template)]
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "update"
    sys.exit({"extract": extract, "update": update, "check": check}[command]())
