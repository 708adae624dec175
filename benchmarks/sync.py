"""Plan `sync --all` on whole sites, without writing: `python -m benchmarks.sync SITE...`.

Counts the pages that would change, the lines that changed and were not meant to (by a reader of front matter that
shares nothing with transtool's), the shared and local fields that would still differ, beside what was left with a
reason, and the pages that a second run would change.
"""

import sys
from dataclasses import replace
from pathlib import Path

from tests.own_reader import unmeant
from transtool.assess import local_fields
from transtool.assess.rules.metadata import differences, wrong_locals
from transtool.document import Document, parse
from transtool.edits import Edit
from transtool.link import link
from transtool.selection import EVERYTHING
from transtool.site.judge import past_of
from transtool.site.open import Linked, Site, open_site
from transtool.staleness.translation_pair import Files
from transtool.sync import plan


def main(sites: list[str]) -> int:
    """Print a line a site; return 1 if a line changed that was not meant to, or a second run would change anything."""
    failed = 0
    print(
        f"{'site':20} {'written':>8} {'unmeant':>8} {'differ':>8} {'left':>8} {'refused':>8} {'again':>8}", flush=True
    )
    for root in sites:
        failed += _measure(Path(root))
    return min(failed, 1)


def _measure(root: Path) -> int:
    site = open_site(root)
    with past_of(site) as past:
        first = plan(site.catalogue, site.config, EVERYTHING, past=past)
        edits = {each.path: each for each in first.changes if isinstance(each, Edit)}
        sources = {
            entry.path: (episode.source.document.data, local)
            for episode in site.catalogue.episodes
            for entry in episode.translations.values()
            if episode.source is not None and (local := _local(site, episode.series)) is not None
        }
        wrong = [
            f"{path}: {line!r}"
            for path, each in edits.items()
            for line in unmeant(each.before or b"", each.after, *sources[path])
        ]
        pages = [_changed(page, edits) for page in site.catalogue.pages.values()]
        linked = Linked(link(pages, site.config))
        after = replace(site, linked=lambda: linked)
        again = plan(after.catalogue, site.config, EVERYTHING, past=past)
    counts = (len(edits), len(wrong), _differing(after), len(first.left), len(first.notes), len(again.changes))
    print(f"{root.name:20} " + " ".join(f"{count:8}" for count in counts), flush=True)
    for line in wrong[:10]:
        print(f"    {line}")
    return len(wrong) + len(again.changes)


def _local(site: Site, series: str) -> list[str] | None:
    found = site.config.named(series)
    return None if found is None else [name.split(".")[0] for name in found.fields.local]


def _changed(page: object, edits: dict[str, Edit]) -> object:
    return parse(page.path, edits[page.path].after) if isinstance(page, Document) and page.path in edits else page


def _differing(site: Site) -> int:
    """Return how many shared and local fields differ that are said one by one."""
    conventions, count = local_fields.learn(site.catalogue, site.config), 0
    for episode in site.catalogue.episodes:
        series, source = site.config.named(episode.series), episode.source
        for entry in episode.translations.values():
            if series is None or source is None:
                continue
            if isinstance(source.document, Document) and isinstance(entry.document, Document):
                files = Files(
                    config=site.config, series=series, entry=entry, source=source.document, translation=entry.document
                )
                count += len(list(differences(files))) + len(list(wrong_locals(files, conventions)))
    return count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
