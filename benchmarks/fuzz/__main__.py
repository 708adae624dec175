"""Run one target: `python -m benchmarks.fuzz front_matter --minutes 20 [--corpus FOLDER]`.

What is new stays in the corpus. An input that must not happen is written beside it as `crash-…`, one that takes longer
than a minute as `timeout-…`; make a case in tests/ of it.
"""

import argparse
import importlib
import sys
from pathlib import Path

import atheris

_NAMES = sorted(place.stem for place in Path(__file__).parent.glob("[a-z]*.py"))
_LONGEST = 4096
"""Bytes of an input; what takes long, takes long in a small file too."""

_SECONDS = 60
_MEGABYTES = 2048


def main() -> None:
    """Fuzz one target until the time is over, or something is found."""
    parser = argparse.ArgumentParser(prog="benchmarks.fuzz", description=__doc__)
    parser.add_argument("target", choices=_NAMES)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--corpus", type=Path, default=Path("fuzz"))
    options = parser.parse_args()
    with atheris.instrument_imports(include=["transtool", "frontmatter", "tomllib", "markdown_it", "json"]):
        target = importlib.import_module(f"benchmarks.fuzz.{options.target}")
    corpus = options.corpus / options.target
    corpus.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(target.SEEDS):
        (corpus / f"seed-{at}").write_bytes(seed)
    settings = [
        f"-max_total_time={int(options.minutes * 60)}",
        f"-max_len={_LONGEST}",
        f"-timeout={_SECONDS}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-artifact_prefix={options.corpus}/{options.target}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *settings, str(corpus)], target.holds)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
