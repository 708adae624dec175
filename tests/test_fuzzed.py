"""What the fuzzers found (`benchmarks/fuzz`), and texts that people thought of: each must hold for good."""

import importlib
import pkgutil

import pytest

from benchmarks import fuzz

TARGETS = [each.name for each in pkgutil.iter_modules(fuzz.__path__) if not each.name.startswith("_")]

FOUND = {
    "segments": [
        b"<div ''>\0\ne\xa7",
        b"&#" + b"1" * 5_000 + b";",
    ],
}


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzers_begin_with_holds(target: str) -> None:
    module = importlib.import_module(f"benchmarks.fuzz.{target}")
    for seed in module.SEEDS:
        module.holds(seed)


@pytest.mark.parametrize(("target", "data"), [(target, data) for target, cases in FOUND.items() for data in cases])
def test_what_fuzzers_found_holds(target: str, data: bytes) -> None:
    importlib.import_module(f"benchmarks.fuzz.{target}").holds(data)
