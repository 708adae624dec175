"""Baseline files: one is read, or it is said to be none."""

from transtool.assess.baseline_file import read
from transtool.errors import ConfigError

SEEDS = (
    b'{\n  "schema": 1,\n  "findings": [\n    ["0123456789abcdef01234567", "stale", "es/one.md"]\n  ]\n}\n',
    b'{"schema": 1, "findings": []}',
    b'[[[[{"schema": 2.0e5, "findings": {"a": null}}]]]]',
)


def holds(data: bytes) -> None:
    """Read a baseline file."""
    try:
        known = read(data.decode("utf-8", "replace"), ".transtool-baseline.json")
    except ConfigError:
        return
    assert all(isinstance(mark, str) and count > 0 for mark, count in known.items())
