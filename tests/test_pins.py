"""A site's own record of the source version, in every convention in use."""

import hashlib
from pathlib import Path

import pytest

from tests.repositories import Repository
from transtool import history
from transtool.document import Document, parse
from transtool.settings import Pin, PinKind
from transtool.site import git
from transtool.staleness.page_store import Past
from transtool.staleness.pins import Pinned, pin_text, pinned

FIRST = "---\ntitle: Tea\nlastmod: 2020-05-08\n---\n\nBoil the water.\n"
SECOND = "---\ntitle: Tea\nlastmod: 2020-05-08\n---\n\nBoil the fresh water.\n"
THIRD = "---\ntitle: Tea\nlastmod: 2021-01-01\n---\n\nBoil the fresh water twice.\n"


def document(path: str, text: str) -> Document:
    read = parse(path, text.encode())
    assert isinstance(read, Document)
    return read


class Site:
    """A source in three versions; the translation came with the second."""

    def __init__(self, root: Path) -> None:
        self.repository = Repository(root)
        self.commits = [
            self.repository.commit({"en/tea.md": FIRST}),
            self.repository.commit({"en/tea.md": SECOND, "es/tea.md": "---\nlastmod: 2020-05-08\n---\nHervir.\n"}),
            self.repository.commit({"en/tea.md": THIRD}),
        ]

    def pinned(self, pin: Pin, translation: str, *, history_known: bool = True) -> Pinned | None:
        snapshot = git.read(self.repository.root)
        read = history.parse(snapshot.log) if history_known else None
        with git.Blobs(self.repository.root) as blobs:
            past = Past(read, blobs)
            return pinned(pin, document("en/tea.md", THIRD), document("es/tea.md", translation), past)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("pins"))


def field(value: str, name: str = "pin") -> str:
    return f"---\n{name}: {value}\n---\nHervir.\n"


@pytest.mark.parametrize("length", [40, 10])
@pytest.mark.parametrize("history_known", [True, False])
def test_a_commit_names_the_source_in_its_tree(site: Site, length: int, history_known: bool) -> None:
    pin = Pin(fields=("pin",), kind=PinKind.COMMIT)

    found = site.pinned(pin, field(site.commits[1][:length].upper()), history_known=history_known)

    assert found is not None
    assert found.data == SECOND.encode()


def test_a_commit_outside_of_the_checked_out_history_is_found(site: Site) -> None:
    site.repository.git("switch", "-q", "-c", "aside", site.commits[0])
    aside = site.repository.commit({"en/tea.md": "---\ntitle: Aside\n---\n"})
    site.repository.switch("main")
    found = site.pinned(Pin(fields=("pin",), kind=PinKind.COMMIT), field(aside))

    assert found == Pinned(aside, b"---\ntitle: Aside\n---\n")


def test_a_commit_before_a_move_names_the_source_at_its_old_place(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    first = repository.commit({"old/tea.md": FIRST})
    repository.commit({"old/tea.md": None, "en/tea.md": FIRST})
    snapshot = git.read(tmp_path)
    with git.Blobs(tmp_path) as blobs:
        past = Past(history.parse(snapshot.log), blobs)
        pin = Pin(fields=("pin",), kind=PinKind.COMMIT)
        found = pinned(pin, document("en/tea.md", FIRST), document("es/tea.md", field(first)), past)

    assert found == Pinned(first, FIRST.encode())


@pytest.mark.parametrize("text", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize("kind", [PinKind.BLOB, PinKind.MD5, PinKind.SHA256])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_blobs_and_digests_name_a_version_of_the_source(site: Site, kind: PinKind, text: str, line_end: str) -> None:
    data = text.encode()
    if kind is PinKind.BLOB:
        value = history.blob_id(data)
    else:
        value = hashlib.new(kind.value, data.replace(b"\n", line_end.encode())).hexdigest()

    assert site.pinned(Pin(fields=("pin",), kind=kind), field(f"'{value}'")) == Pinned(value, data)


@pytest.mark.parametrize("value", ["0" * 40, "f" * 32, "main", "HEAD~1", "../en", "abc", "12345678", "--help", "{}"])
@pytest.mark.parametrize("kind", [PinKind.COMMIT, PinKind.BLOB, PinKind.MD5, PinKind.SHA256, PinKind.DATE])
def test_a_pin_that_names_nothing_has_no_bytes(site: Site, kind: PinKind, value: str) -> None:
    assert site.pinned(Pin(fields=("pin",), kind=kind), field(f"'{value}'")) == Pinned(value, None)


@pytest.mark.parametrize("translation", ["---\ntitle: Té\n---\n", "---\npin:\n---\n", "---\npin: ' '\n---\n", "Té\n"])
def test_a_translation_without_a_pin_has_none(site: Site, translation: str) -> None:
    assert site.pinned(Pin(fields=("pin",), kind=PinKind.COMMIT), translation) is None


def test_a_copied_date_names_the_source_that_stood_beside_it(site: Site) -> None:
    pin = Pin(fields=("lastmod",), kind=PinKind.DATE)

    found = site.pinned(pin, "---\nlastmod: 2020-05-08\n---\nHervir.\n")

    assert found is not None
    assert (found.data, found.since and found.since.commit) == (SECOND.encode(), 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2021-01-01", THIRD), ("2021-01-01T00:00:00Z", THIRD), ("2019-01-01", None), ("soon", None)],
)
def test_a_date_is_compared_as_a_date(site: Site, value: str, expected: str | None) -> None:
    pin = Pin(fields=("of",), kind=PinKind.DATE, source_field="lastmod")

    found = site.pinned(pin, field(value, "of"))

    assert found is not None
    assert found.data == (expected.encode() if expected else None)


def test_without_history_only_the_present_date_is_known(site: Site) -> None:
    pin = Pin(fields=("lastmod",), kind=PinKind.DATE)

    assert site.pinned(pin, field("2021-01-01", "lastmod"), history_known=False) == Pinned("2021-01-01", THIRD.encode())
    assert site.pinned(pin, field("2020-05-08", "lastmod"), history_known=False) == Pinned("2020-05-08", None)


@pytest.mark.parametrize(
    ("pin", "text", "expected"),
    [
        (Pin(fields=("l10n.sourceCommit",), kind=PinKind.COMMIT), "---\nl10n:\n  sourceCommit: 0012\n---\n", "0012"),
        (Pin(fields=("a", "b"), kind=PinKind.BLOB), "---\nb: 1e10\n---\n", "1e10"),
        (
            Pin(fields=("original_hash",), kind=PinKind.MD5, comment=True),
            '# Té\n\n<!-- no record -->\n<!--\n{\n "original_hash": "ab12",\n "language": "es"\n}\n-->\n',
            "ab12",
        ),
        (
            Pin(fields=("original_hash",), kind=PinKind.MD5, comment=True),
            '<!--\nTEA_RECORDS:\n{\n  "original_hash": "ab12"\n}\n-->\n# Té\n',
            "ab12",
        ),
        (Pin(fields=("a",), kind=PinKind.MD5, comment=True), '<!-- Two sentences; and {"a": "1"} -->', None),
        (Pin(fields=("a.b",), kind=PinKind.MD5, comment=True), '<!-- {"a": {"b": 12}} -->', "12"),
        (Pin(fields=("a",), kind=PinKind.MD5, comment=True), '<!-- {"a": true} -->', None),
        (Pin(fields=("a",), kind=PinKind.MD5, comment=True), "<!-- {a: 1} --><!-- {} -->", None),
        (Pin(fields=("a",), kind=PinKind.MD5, comment=True), "---\na: b\n---\n", None),
    ],
)
def test_a_pin_is_found_where_the_site_keeps_it(pin: Pin, text: str, expected: str | None) -> None:
    assert pin_text(pin, document("es/tea.md", text)) == expected
