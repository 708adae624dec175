"""Front matter: what can be read is read, what is edited reads back as wanted, and every other byte stays."""

from transtool.document import Document, Unreadable, edit, parse, same_value, show
from transtool.document.values import instant
from transtool.errors import EditRefused

SEEDS = (
    b"---\ntitle: 'One'  # small\ntags: [a, \"b\", {c: d}]\n"
    b"date: 2031-03-05 10:00:00 +0100\nx: &a |+\n  one\n\n---\nBody\n",
    b"---\r\ntitle: >-\r\n  folded\r\n  twice\r\nl10n:\r\n  sourceCommit: 0123abc\r\n---\r\n",
    b'+++\ntitle = "One"\nweight = 3\nday = 2031-03-05\n[params]\n'
    b'a.b = [1, "two", {c = true}]\ntext = """\nlong"""\n+++\n',
    b"\xef\xbb\xbf---\n{title: one, 'lang': \"en\"}\n---\n",
)
_VALUES = ("", "two words", "no", "1e5", "a: b # c", " \t", "it's \"\\", "one\ntwo\n", "\u2028", "\U0001f600")


def holds(data: bytes) -> None:
    """Parse a file, compare what is in it, and change its title."""
    document = parse("page.md", data)
    if isinstance(document, Unreadable):
        return
    for field in document.fields:
        assert field.line >= 1
        assert same_value(field.value, field.value), field.name
        assert len(show(field.value)) <= 80
        instant(document.raw(field.name) or "")
    _edited(document, _VALUES[len(data) % len(_VALUES)])


def _edited(document: Document, wanted: str) -> None:
    try:
        after = parse("page.md", edit(document, {"title": wanted}, append={"title": wanted}))
    except EditRefused:
        return
    assert isinstance(after, Document)
    assert after.raw("title") == wanted, wanted
    assert after.body == document.body
    for field in document.fields:
        if field.name != "title":
            assert after.raw(field.name) == document.raw(field.name), field.name
