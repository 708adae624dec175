"""The episodes of a site at a glance, for a shell that completes what is being typed: no file of the site is read.

Titles, and keys that stand in front matter, are those that the last run remembered (`site.heads`), which may be old:
they help to choose a name, and decide nothing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from transtool.document import Document
from transtool.link import entry_of
from transtool.model import Key
from transtool.settings import Config
from transtool.site import cache_file, heads
from transtool.site import scan as files


def sources(root: Path, config: Config) -> Iterator[tuple[str, Key, Document]]:
    """Give series and key of every source of the site at `root`, with its front matter as far as that is remembered."""
    known = heads.remembered(cache_file.place(root, os.environ))
    for path in files.listed(root, config):
        document = known(path) or Document(path=path, data=b"")
        entry = entry_of(document, config)
        if entry is not None and entry.language == config.source:
            yield entry.series, entry.key, document
