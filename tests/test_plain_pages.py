"""AsciiDoc and reStructuredText are linked, scaffolded, stamped and judged by paragraphs."""

from pathlib import Path

import pytest

from tests.sites import Site, judged
from transtool.document import Document, parse
from transtool.model import SegmentKind, Status
from transtool.segments import split

ADOC = """\
= Making tea
:toc: left

Water comes first.
It is hot.

== The leaves

[source,ruby]
----
puts "tea"

puts 2
----

* green
* black
  and strong

image::pot.png[A pot]

.What to do
|===
| Cell
|===
"""

RST = """\
===========
Making tea
===========

:date: 2020-01-01

Water comes first. See::

    code here

    and here

The leaves
----------

.. image:: pot.png
   :alt: A pot

.. note::

   Mind the heat.

- green
- black
  and strong
"""

HEADING, TEXT, ITEM = SegmentKind.HEADING, SegmentKind.PARAGRAPH, SegmentKind.ITEM


def segments(path: str, text: str) -> list[tuple[SegmentKind, int, str]]:
    document = parse(path, text.encode())
    assert isinstance(document, Document)
    found = split(document, ())
    assert all(document.text[each.start : each.end] == each.text for each in found)
    covered = {line for each in found for line in range(each.line, each.end_line + 1)}
    assert covered >= {number for number, line in enumerate(document.text.split("\n"), 1) if line.strip()}
    return [(each.kind, each.line, each.text) for each in found if each.kind in (HEADING, TEXT, ITEM)]


def test_asciidoc_is_headings_paragraphs_and_items() -> None:
    assert segments("a.adoc", ADOC) == [
        (HEADING, 1, "Making tea"),
        (TEXT, 4, "Water comes first.\nIt is hot."),
        (HEADING, 7, "The leaves"),
        (ITEM, 16, "green"),
        (ITEM, 17, "black\n  and strong"),
        (TEXT, 22, ".What to do"),
        (TEXT, 24, "| Cell"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_restructuredtext_is_headings_paragraphs_and_items(end: str) -> None:
    assert segments("a.rst", RST.replace("\n", end)) == [
        (HEADING, 2, "Making tea"),
        (TEXT, 7, "Water comes first. See::"),
        (HEADING, 13, "The leaves"),
        (TEXT, 21, "Mind the heat."),
        (ITEM, 23, "green"),
        (ITEM, 24, f"black{end}  and strong"),
    ]


@pytest.mark.parametrize(("suffix", "text"), [("adoc", ADOC), ("rst", RST)])
def test_plain_pages_are_scaffolded_stamped_in_a_file_and_judged(suffix: str, text: str, tmp_path: Path) -> None:
    head = 'source = "en"\nlanguages = ["es"]\nstamps = "file"\n'
    site = Site(tmp_path, f'{head}[series.pages]\npath = "{{lang}}/{{key}}.{suffix}"\n', {f"en/a.{suffix}": text})

    site.scaffold()
    spanish = text.replace("Water comes first.", "Primero el agua.").replace("Making tea", "Preparar té")
    spanish = spanish.replace("The leaves", "Las hojas").replace("green", "verde").replace("It is hot", "Está caliente")
    site.write(f"es/a.{suffix}", spanish.replace("black", "negro").replace("and strong", "y fuerte"))

    def status() -> Status:
        return judged(site.root).episodes[0].cells[0].status

    assert status() == Status.CURRENT
    site.write(f"en/a.{suffix}", text.replace("Water comes first", "Milk never comes first"))
    assert status() == Status.STALE
    site.stamp()
    assert status() == Status.CURRENT


@pytest.mark.parametrize("suffix", ["adoc", "rst"])
def test_a_stamp_in_a_plain_page_is_refused_even_where_front_matter_may_be_added(suffix: str, tmp_path: Path) -> None:
    head = 'source = "en"\nlanguages = ["es"]\n'
    pages = {f"en/a.{suffix}": "Text.\n", f"es/a.{suffix}": "Texto.\n"}
    site = Site(tmp_path, f'{head}[series.pages]\npath = "{{lang}}/{{key}}.{suffix}"\n', pages)

    plan = site.stamp(add=True)

    assert plan.changes == ()
    assert str(plan.notes[0]) == (
        f"es/a.{suffix}: AsciiDoc and reStructuredText are given no front matter; no stamp was written"
        ' (stamps = "file" keeps their stamps in a file of its own)'
    )


@pytest.mark.parametrize("suffix", ["markdown", "mdx", "html", "qmd", "njk", "liquid"])
def test_every_other_suffix_is_a_page_with_front_matter(suffix: str, tmp_path: Path) -> None:
    configuration = f'source = "en"\nlanguages = ["es"]\n[series.pages]\npath = "{{lang}}/{{key}}.{suffix}"\n'
    site = Site(tmp_path, configuration, {f"en/a.{suffix}": "---\ntitle: A\n---\n<p>Text.</p>\n"})

    site.scaffold()

    assert b"source_digest" in site.read(f"es/a.{suffix}")
