"""A new translation is its source with the fields of its language and the stamp, and nothing else."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sites import Site
from transtool.document import Document, parse
from transtool.edits import diff
from transtool.model import Status
from transtool.scaffold.plan import Body

CONFIG = """
source = "en"
languages = ["es", "pt-BR"]
[series.walks]
path = "walks/{number}/{lang}/page.md"
[series.talks]
path = "talks/{number}.{lang}.md"
languages = ["es", "pt-BR", "ja"]
since = 2
exempt = [{ key = "4", languages = ["es"] }]
[fields]
translated = ["title", "summary"]
[fields.local]
lang = "{lang}"
link = "/walk-{number}-{lang}/"
parent = { title_of = "pages/{lang}.md" }
"""

SOURCE = """---
# how this walk is filed
layout: walk
title: "Along the canal"   # shown in lists
number: 7
link: /walk-7-en/
lang: en
parent: Walks
tags:
    - water
    - flat
date: 2021-05-08 10:00:00 +0200
length: 012
summary: >-
  Two hours of level paths
  beside the water.
---

# Along the canal

We start at the lock.
"""

PAGES = {
    "pages/en.md": "---\ntitle: Walks\n---\n",
    "pages/es.md": "---\ntitle: Paseos\n---\n",
    "pages/pt-br.md": "---\ntitle: Passeios\n---\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, CONFIG, {"walks/7/en/page.md": SOURCE, **PAGES})


def document(site: Site, path: str) -> Document:
    read = parse(path, site.read(path))
    assert isinstance(read, Document)
    return read


def test_a_missing_translation_differs_from_its_source_in_local_fields_and_the_stamp_only(site: Site) -> None:
    site.scaffold("7", "es")
    made = site.read("walks/7/es/page.md").decode()
    stamp = [line for line in made.splitlines() if line.startswith("source_")]
    wanted = SOURCE.replace("/walk-7-en/", "/walk-7-es/").replace("lang: en", "lang: es")
    wanted = wanted.replace("parent: Walks", "parent: Paseos")
    wanted = wanted.replace("beside the water.\n---", "\n".join(["beside the water.", *stamp, "---"]))
    assert made == wanted
    assert [line.split(":")[0] for line in stamp] == ["source_digest", "source_blob"]


def test_the_stamp_names_the_source_as_git_does(site: Site) -> None:
    site.scaffold("7", "es")
    named = subprocess.run(
        ["git", "hash-object", "--no-filters", "walks/7/en/page.md"], cwd=site.root, capture_output=True, text=True
    )
    assert document(site, "walks/7/es/page.md").raw("source_blob") == named.stdout.strip()


def test_everything_missing_is_planned_once_and_a_second_run_changes_nothing(site: Site) -> None:
    first = site.scaffold()
    assert [change.path for change in first.changes] == ["walks/7/es/page.md", "walks/7/pt-BR/page.md"]
    before = site.everything()
    second = site.scaffold()
    assert (second.changes, second.notes) == ((), ())
    assert site.everything() == before


def test_planning_writes_nothing_and_shows_the_whole_new_file(site: Site) -> None:
    before = site.everything()
    shown = diff(site.plan("7", "es").changes)
    assert site.everything() == before
    assert "+++ b/walks/7/es/page.md" in shown
    assert "+lang: es" in shown


def test_a_translation_that_exists_is_never_touched(site: Site) -> None:
    site.write("walks/7/es/page.md", "mine")
    assert site.scaffold("7", "es").changes == ()
    assert site.read("walks/7/es/page.md") == b"mine"


def test_a_file_in_the_way_is_reported_and_left_alone(site: Site) -> None:
    (site.root / "walks" / "7" / "es").mkdir()
    (site.root / "walks" / "7" / "es" / "page.md").symlink_to("../en/page.md")
    plan = site.scaffold("7", "es")
    assert plan.changes == ()
    assert [(note.path, "already" in str(note)) for note in plan.notes] == [("walks/7/es/page.md", True)]


def test_a_field_that_the_source_does_not_have_is_not_added(site: Site) -> None:
    site.write("walks/8/en/page.md", "---\ntitle: Short\nlang: en\n---\nText.\n")
    site.scaffold("8", "es")
    names = [field.name for field in document(site, "walks/8/es/page.md").fields]
    assert names == ["title", "lang", "source_digest", "source_blob"]


def test_a_local_field_that_nothing_tells_stays_and_is_reported_once_a_language(site: Site) -> None:
    (site.root / "pages" / "es.md").unlink()
    site.write("walks/8/en/page.md", SOURCE.replace("7", "8"))
    plan = site.scaffold("7,8", "es")
    assert document(site, "walks/7/es/page.md").raw("parent") == "Walks"
    (note,) = plan.notes
    assert note.message.facts == {"field": "parent", "language": "es"}
    assert note.message.count == 2
    assert "[labels.parent]" in str(note.hint)


@pytest.mark.parametrize("where", ["label", "other episodes"])
def test_without_a_page_a_label_or_the_other_episodes_tell_the_value(tmp_path: Path, where: str) -> None:
    files = {"walks/7/en/page.md": SOURCE, "walks/1/es/page.md": "---\nparent: Caminatas\n---\n"}
    labels = '[labels.parent]\nes = "Caminatas"\n' if where == "label" else ""
    site = Site(tmp_path, CONFIG + labels, files)
    if where == "label":
        (site.root / "walks" / "1" / "es" / "page.md").unlink()
    assert site.scaffold("7", "es").notes == ()
    assert document(site, "walks/7/es/page.md").raw("parent") == "Caminatas"


def test_afterwards_nothing_is_missing_and_every_new_file_is_a_draft(site: Site) -> None:
    site.write("talks/3.en.md", "---\ntitle: A talk about walking\n---\nWords that nobody has translated yet.\n")
    site.write("talks/3.ja.md", "---\ntitle: お話\n---\nまだ\n")
    assert site.report().tally()[Status.MISSING] == 4
    created = {change.path for change in site.scaffold().changes}
    report = site.report()
    assert report.tally()[Status.MISSING] == 0
    cells = {cell.path: cell.status for episode in report.episodes for cell in episode.cells}
    assert {path for path, status in cells.items() if status is Status.DRAFT} == created
    assert {finding.rule for finding in report.all_findings() if finding.path in created} == {"untranslated"}


def test_only_what_is_expected_is_created(tmp_path: Path) -> None:
    site = Site(tmp_path, CONFIG, {f"talks/{number}.en.md": "---\ntitle: A talk\n---\n" for number in (1, 2, 4)})
    created = {change.path for change in site.scaffold().changes}
    expected = {f"talks/{number}.{language}.md" for number in (2, 4) for language in ("es", "pt-BR", "ja")}
    assert created == expected - {"talks/4.es.md"}


def test_asking_by_name_for_what_is_exempt_is_answered(tmp_path: Path) -> None:
    site = Site(tmp_path, CONFIG, {"talks/4.en.md": "---\ntitle: A talk\n---\n"})
    plan = site.scaffold("4", "es")
    assert plan.changes == ()
    assert [str(note) for note in plan.notes] == ["talks 4 is not wanted in es: the configuration exempts it"]


def test_without_a_source_there_is_nothing_to_start_from(tmp_path: Path) -> None:
    site = Site(tmp_path, CONFIG, {"walks/7/es/page.md": SOURCE})
    assert site.scaffold().notes == ()
    plan = site.scaffold("7", "pt-BR")
    assert plan.changes == ()
    assert ["no source" in str(note) for note in plan.notes] == [True]


def test_an_unreadable_source_is_reported_and_the_others_are_done(site: Site) -> None:
    site.write("walks/6/en/page.md", "---\ntitle: [\n---\n")
    plan = site.scaffold()
    assert [change.path for change in plan.changes] == ["walks/7/es/page.md", "walks/7/pt-BR/page.md"]
    assert [note.path for note in plan.notes] == ["walks/6/en/page.md"]


LAYOUTS = {
    "source at the root": ('["{key}.md", "i18n/{lang}/{key}.md"]', "a.md", {}, "i18n/es/a.md"),
    "optional folder": ('"[{lang}/]{key}.md"', "a.md", {}, "es/a.md"),
    "suffix": ('"{key**}[.{lang}].md"', "x/a.md", {}, "x/a.es.md"),
    "renamed series": ('"(edw|edtw)-{number}/{lang}.md"', "edtw-3/en.md", {}, "edtw-3/es.md"),
    "padded number": ('"{number}.{_}/README[_{lang}].md"', "0010.two sum/README.md", {}, "0010.two sum/README_es.md"),
    "the sites spelling": ('"{lang}/{key}.md"', "en/a.md", {"ES/b.md": "x", "en/b.md": "x"}, "ES/a.md"),
}


@pytest.mark.parametrize(("template", "source", "others", "wanted"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_the_file_is_created_where_the_layout_says(
    tmp_path: Path, template: str, source: str, others: dict[str, str], wanted: str
) -> None:
    configuration = f'source = "en"\nlanguages = ["es"]\n[series.pages]\npath = {template}\n'
    site = Site(tmp_path, configuration, {source: "---\ntitle: A page\n---\nText.\n", **others})
    assert wanted in {change.path for change in site.scaffold().changes}
    assert site.scaffold().changes == ()


def test_of_two_sources_for_one_place_the_second_is_reported(tmp_path: Path) -> None:
    """Keys in front matter can name two episodes whose files would be the same."""
    configuration = (
        'source = "en"\nlanguages = ["es"]\n[series.pages]\npath = ["[{lang}/]a/{_}.md", "[{lang}/]{_}/b.md"]\n'
        'key = { field = "ref" }\n'
    )
    site = Site(tmp_path, configuration, {"a/x.md": "---\nref: 1\n---\n", "y/b.md": "---\nref: 2\n---\n"})
    assert [change.path for change in site.scaffold().changes] == ["es/a/x.md", "es/y/b.md"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_body_can_be_copied_outlined_or_left_empty(site: Site, end: str) -> None:
    body = "\n# One\n\nText of it.\n\n{% include player.html %}\n\n- a list\n\n## Two\n"
    site.write("walks/8/en/page.md", ("---\ntitle: Eight\n---\n" + body).replace("\n", end).encode())
    bodies: dict[Body, str] = {
        "copy": body,
        "outline": "\n# One\n\n{% include player.html %}\n\n## Two\n",
        "empty": "",
    }
    for choice, wanted in bodies.items():
        site.scaffold("8", "es", body=choice)
        assert document(site, "walks/8/es/page.md").body == wanted.replace("\n", end)
        (site.root / "walks" / "8" / "es" / "page.md").unlink()


def test_assets_named_in_front_matter_go_along_and_are_never_overwritten(site: Site) -> None:
    site.write("walks/8/en/page.md", "---\ntitle: Eight\nimg: cover.png\nlogo: ../logo.svg\n---\n")
    site.write("walks/8/en/cover.png", b"\x89PNG english")
    site.write("walks/8/logo.svg", b"<svg/>")
    site.write("walks/8/pt-BR/cover.png", b"\x89PNG portuguese")
    site.scaffold("8")
    assert site.read("walks/8/es/cover.png") == b"\x89PNG english"
    assert site.read("walks/8/pt-BR/cover.png") == b"\x89PNG portuguese"
    assert site.plan("8").changes == ()


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (
            "+++\ntitle = \"Eight\"\nlang = 'en' # x\n+++\nText.\n",
            "+++\ntitle = \"Eight\"\nlang = 'es' # x\n{}+++\nText.\n",
        ),
        ('{{"title": "Eight", "lang": "en"}}\nText.\n', '{{"title": "Eight", "lang": "es"{}}}\nText.\n'),
        ("Title: Eight\nLang:  en\n\nText.\n", "Title: Eight\nLang:  es\n{}\nText.\n"),
    ],
    ids=["TOML", "JSON", "header"],
)
def test_front_matter_of_other_kinds_gets_its_local_fields_and_the_stamp(site: Site, source: str, made: str) -> None:
    site.write("walks/8/en/page.md", source.replace("{{", "{").replace("}}", "}"))

    site.scaffold("8", "es")

    there = document(site, "walks/8/es/page.md")
    stamp = {name: there.raw(name) or "" for name in ("source_digest", "source_blob")}
    written = {
        "+": "".join(f'{name} = "{value}"\n' for name, value in stamp.items()),
        "{": "".join(f', "{name}": "{value}"' for name, value in stamp.items()),
        "T": "".join(f"{name}: {value}\n" for name, value in stamp.items()),
    }[source[0]]
    assert there.text == made.format(written)


def test_a_source_that_cannot_be_changed_in_one_place_alone_is_reported_and_the_others_are_done(site: Site) -> None:
    site.write("walks/8/en/page.md", "---\nlang: &own en\nspoken: *own\n---\nText.\n")
    plan = site.scaffold("7,8", "es")
    assert [change.path for change in plan.changes] == ["walks/7/es/page.md"]
    assert [note.path for note in plan.notes] == ["walks/8/es/page.md"]


def test_a_layout_that_does_not_say_where_the_file_belongs_is_reported(tmp_path: Path) -> None:
    configuration = 'source = "en"\nlanguages = ["es"]\n[series.pages]\npath = "{key}.md"\n'
    plan = Site(tmp_path, configuration, {"a.md": "Text.\n"}).scaffold()
    assert plan.changes == ()
    assert [str(note) for note in plan.notes] == ["a.md: the layout does not say where the es file belongs"]


def test_a_source_without_front_matter_is_copied_and_the_copy_gets_some_if_asked_for(
    site: Site,
) -> None:
    site.write("walks/8/en/page.md", "Text.\n")

    plan = site.scaffold("8", "es")
    site.scaffold("8", "pt-BR", add=True)

    assert site.read("walks/8/es/page.md") == b"Text.\n"
    assert (len(plan.notes), plan.refusals) == (1, ())
    assert str(plan.notes[0]) == (
        "walks/8/es/page.md: there is no front matter to edit; the copy has no stamp"
        " (--add-front-matter gives such files some)"
    )
    made = document(site, "walks/8/pt-BR/page.md")
    assert ([field.name for field in made.fields], made.body) == (["source_digest", "source_blob"], "Text.\n")


PLAIN = 'source = "en"\nlanguages = ["es", "fr"]\n[series.walks]\npath = "walks/{number}/{lang}.md"\n'
POINTING = PLAIN.replace("{number}/", "{key}/") + 'key = { points_to = "of" }\n'
UNFENCED = {"Elixir": '%{title: "Eight", lang: "en"}\n---\nText.\n', "none": "Text.\n"}


@pytest.mark.parametrize("kind", UNFENCED)
def test_front_matter_that_is_not_edited_is_copied_where_the_copy_is_right(kind: str, tmp_path: Path) -> None:
    site = Site(tmp_path, PLAIN, {"walks/8/en.md": UNFENCED[kind]})

    plan = site.scaffold()

    assert site.read("walks/8/es.md").decode() == site.read("walks/8/fr.md").decode() == UNFENCED[kind]
    (note,) = plan.notes
    assert "the copy has no stamp (this file is the first of 2)" in str(note)
    assert plan.refusals == ()


@pytest.mark.parametrize(
    ("kind", "configuration", "body"),
    [
        ("Elixir", f'{PLAIN}[fields.local]\nlang = "{{lang}}"\n', "copy"),
        ("Elixir", PLAIN, "outline"),
        ("Elixir", POINTING, "copy"),
        ("none", POINTING, "copy"),
    ],
)
def test_where_the_copy_would_be_wrong_nothing_is_written(
    kind: str, configuration: str, body: Body, tmp_path: Path
) -> None:
    site = Site(tmp_path, configuration, {"walks/8/en.md": UNFENCED[kind]})
    before = site.everything()

    plan = site.scaffold(body=body)

    assert (plan.changes, site.everything()) == ((), before)
    (note,) = plan.refusals
    assert "no file was created (this file is the first of 2)" in str(note)


def test_the_stamp_has_the_names_that_the_site_gives_it(tmp_path: Path) -> None:
    configuration = CONFIG.replace("[series.walks]", '[stamp]\ndigest = "from"\nblob = "from_blob"\n[series.walks]')
    site = Site(tmp_path, configuration, {"walks/7/en/page.md": "---\ntitle: x\n---\n"})
    site.scaffold("7", "es")
    assert [field.name for field in document(site, "walks/7/es/page.md").fields][-2:] == ["from", "from_blob"]


values = st.sampled_from(
    ["plain", '"quoted: yes"', "'single'", "2021-05-08", "012", "no", "", "[a, b]", "|\n  block\n  text", "*x"]
)
fields = st.dictionaries(
    st.sampled_from(["layout", "img", "tags", "date", "summary", "lang", "link"]), values, max_size=5
)


@settings(max_examples=60)
@given(
    fields=fields, end=st.sampled_from(["\n", "\r\n"]), bom=st.booleans(), final=st.booleans(), comment=st.booleans()
)
def test_whatever_the_source_looks_like_only_local_fields_and_the_stamp_differ(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str], end: str, bom: bool, final: bool, comment: bool
) -> None:
    head = "".join(
        f"{name}: {value}{' # why' if comment and '|' not in value else ''}\n" for name, value in fields.items()
    )
    text = f"---\ntitle: &x A title\n{head}---\nSome text\n---\nmore text" + ("\n" if final else "")
    data = (b"\xef\xbb\xbf" if bom else b"") + text.replace("\n", end).encode()
    site = Site(tmp_path_factory.mktemp("any"), CONFIG, {"walks/7/en/page.md": data})
    plan = site.scaffold("7", "es")
    if not plan.changes:
        assert plan.notes
        return
    made, source = document(site, "walks/7/es/page.md"), document(site, "walks/7/en/page.md")
    assert made.body == source.body
    mine = {line.strip() for line in made.data.split(b"\n") if line not in source.data.split(b"\n")}
    mine -= {b"es", b"/walk-7-es/"}  # in a block below the name of its field
    assert {line.split(b":")[0] for line in mine} <= {b"lang", b"link", b"source_digest", b"source_blob"}
    assert [field.name for field in made.fields] == [
        *(field.name for field in source.fields),
        *(name for name in ("lang", "link") if not source.has(name)),
        "source_digest",
        "source_blob",
    ]
