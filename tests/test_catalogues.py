"""The catalogues say everything that the source says, with the same places, and get into the wheel."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from transtool.i18n import catalogues

LOCALES = Path(__file__).parents[1] / "locales"


def load_update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("locales_update", LOCALES / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


update = load_update()


@pytest.fixture(scope="module")
def template() -> Iterator[object]:
    return update.extracted()


class TestShipped:
    def test_the_template_holds_what_the_source_marks(self, template: object) -> None:
        written = update.TEMPLATE.read_bytes()
        assert written == update.rendered(template), "run `make catalogues`"

    @pytest.mark.parametrize("path", update.paths(), ids=lambda path: path.parents[1].name)
    def test_a_catalogue_is_complete_and_in_step(self, path: Path, template: object) -> None:
        assert list(update.faults(path, template)) == []

    def test_every_template_in_the_source_has_simple_places(self, template: object) -> None:
        texts = [text for each in template for text in ([each.id] if isinstance(each.id, str) else each.id)]
        assert [text for text in texts if update.broken_places(text)] == []

    def test_spanish_is_spoken(self) -> None:
        assert "es" in catalogues.available()


class TestExtraction:
    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            ('N_("a")', ["a"]),
            ('_("a")', ["a"]),
            ('x = N_("a" "b")', ["ab"]),
            ('Message(N_("a {b}"), {"b": N_("c")})', ["a {b}", "c"]),
            ('Message(N_("a"), plural=N_("b"), count=3)', [("a", "b")]),
            ('template = N_("a")\nMessage(template, {}, plural=N_("b"), count=3)', [("a", "b")]),
            ('t = N_("a")\nMessage(t)\nt = N_("b")\nMessage(t, plural=N_("c"), count=1)', ["a", ("b", "c")]),
            ('one = N_("a")\nmany = N_("b")\nMessage(one, {}, plural=many, count=3)', [("a", "b")]),
            ('words.plural("a", "b", 3)', [("a", "b")]),
            ('self.words.plural(N_("a"), N_("b"), 3)', [("a", "b")]),
            ('words.text("a", b=1)', ["a"]),
            ('words.text(N_("a"), b=1)', ["a"]),
            ('element.text("a")', []),
            ("N_(name)", []),
            ('"N_(1)"  # N_("a")', []),
            ("f'{N_(\"a\")}'", ["a"]),
        ],
    )
    def test_marked_texts_are_found(self, source: str, texts: list[object]) -> None:
        assert [found for _, found in update.messages(source)] == texts


PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


class TestFaults:
    """Each broken catalogue of one message is refused, the sound one is not."""

    @pytest.fixture
    def catalogue(self, tmp_path: Path) -> Path:
        path = tmp_path / "es" / "LC_MESSAGES" / "transtool.po"
        path.parent.mkdir(parents=True)
        return path

    def faults(self, path: Path, po: str, source: str = 'N_("see {path}")') -> list[str]:
        path.write_text(PO + po, encoding="utf-8")
        template = update.new_catalog()
        for _, texts in update.messages(source):
            template.add(texts)
        found = list(update.faults(path, template))
        # Hand-written files are never laid out as `update` does it.
        return [fault for fault in found if fault != "is not as `update` writes it"]

    def test_a_sound_one(self, catalogue: Path) -> None:
        assert self.faults(catalogue, 'msgid "see {path}"\nmsgstr "ver {path}"\n') == []

    @pytest.mark.parametrize(
        ("po", "fault"),
        [
            ("", "lacks 'see {path}'"),
            ('msgid "see {path}"\nmsgstr ""\n', "does not translate"),
            ('#, fuzzy\nmsgid "see {path}"\nmsgstr "ver {path}"\n', "is not sure of"),
            ('msgid "see {path}"\nmsgstr "ver {ruta}"\n', "has other places in"),
            ('msgid "see {path}"\nmsgstr "ver"\n', "has other places in"),
            ('msgid "see {path}"\nmsgstr "ver {path} {path2}"\n', "has other places in"),
            ('msgid "see {path}"\nmsgstr "ver {path} }"\n', "has a lone brace in"),
            ('msgid "see {path}"\nmsgstr "ver {path} "\n', "begins or ends with other spaces"),
            ('msgid "see {path}"\nmsgstr "ver {path}"\n\nmsgid "x"\nmsgstr "y"\n', "which the source has not"),
            ('msgid "see {path}"\nmsgstr "ver {path}"\n\n#~ msgid "x"\n#~ msgstr "y"\n', "has the obsolete 'x'"),
        ],
    )
    def test_a_broken_one(self, catalogue: Path, po: str, fault: str) -> None:
        assert any(fault in found for found in self.faults(catalogue, po))

    def test_every_plural_form_is_needed(self, catalogue: Path) -> None:
        source = 'Message(N_("{count} file"), plural=N_("{count} files"))'
        ids = 'msgid "{count} file"\nmsgid_plural "{count} files"\n'
        whole = 'msgstr[0] "un archivo"\nmsgstr[1] "{count} archivos"\n'
        assert self.faults(catalogue, ids + whole, source) == []
        assert self.faults(catalogue, ids + 'msgstr[0] "un archivo"\nmsgstr[1] ""\n', source)
        assert self.faults(catalogue, ids + 'msgstr[0] "un archivo"\nmsgstr[1] "{n} archivos"\n', source)

    def test_update_mends_what_can_be_mended_and_nothing_twice(self, catalogue: Path) -> None:
        catalogue.write_text(PO + 'msgid "old"\nmsgstr "viejo"\n\nmsgid "kept"\nmsgstr "igual"\n', encoding="utf-8")
        template = update.new_catalog()
        template.add("kept")
        template.add("new")
        once = update.rendered(update.updated(catalogue, template))
        catalogue.write_bytes(once)
        assert update.rendered(update.updated(catalogue, template)) == once
        assert list(update.faults(catalogue, template)) == ["does not translate: 'new'"]
        assert b"igual" in once
        assert b"viejo" not in once


class TestLoading:
    def test_english_and_unknown_languages_leave_the_text_alone(self) -> None:
        assert catalogues.load("en").gettext("missing") == "missing"
        assert catalogues.load("tlh").gettext("missing") == "missing"
        assert catalogues.load("../es").gettext("missing") == "missing"

    def test_a_checkout_reads_what_was_not_compiled(self) -> None:
        assert catalogues.load("es").gettext("missing") == "falta"

    def test_compiled_catalogues_say_the_same(self, tmp_path: Path) -> None:
        import gettext

        source = LOCALES / "es" / "LC_MESSAGES" / "transtool.po"
        compiled = tmp_path / "transtool.mo"
        compiled.write_bytes(catalogues.compiled_from(source))
        with compiled.open("rb") as file:
            translations = gettext.GNUTranslations(file)
        assert translations.ngettext("{count} file", "{count} files", 2) == "{count} archivos"
