"""Judgements remembered between runs are those that would be worked out anew."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages import TALKS, page
from tests.repositories import Repository
from tests.runs import run
from transtool.assess.plan import Agenda, plan
from transtool.errors import Problem
from transtool.model import Report
from transtool.render.json_report import render
from transtool.selection import EVERYTHING
from transtool.site import cache, unchanged
from transtool.site.judge import judge_all, judged, past_of
from transtool.site.open import open_site
from transtool.site.progress import Stages
from transtool.staleness.page_store import Past

FILES = {
    "transtool.toml": TALKS,
    "nav/es.md": page("title: Charlas"),
    "talks/1/en/talk.md": page("title: Rain on the roof", "It rained all night on the tin roof.\n\nNobody slept.\n"),
    "talks/1/es/talk.md": page("title: Lluvia", "Llovió toda la noche sobre el tejado.\n\nNadie durmió.\n"),
    "talks/2/en/talk.md": page("title: Snow on the roof\nparent: Talks", "It snowed.\n"),
    "talks/2/es/talk.md": page("title: Nieve\nparent: Talks", "Nevó.\n"),
}
CHANGED = FILES["talks/1/en/talk.md"].replace("Nobody slept.", "Nobody slept but the cat.")
BOTH = ["talks/1/es/talk.md", "talks/2/es/talk.md"]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A site whose source of talk 1 changed after it was translated."""
    made = Repository(tmp_path / "site")
    made.commit(FILES)
    made.commit({"talks/1/en/talk.md": CHANGED})
    return made


@contextmanager
def opened(root: Path) -> Iterator[tuple[Agenda, Past]]:
    """What there is to judge of the site at `root`, and its past."""
    site = open_site(root)
    with past_of(site) as past:
        yield plan(site.catalogue, site.config), past


def asked(root: Path, place: Path) -> list[str]:
    """Run once; return the paths of the translations that had to be judged anew."""
    with opened(root) as (agenda, past):
        memory = cache.Memory(place, past)
        new = [each.path for each in agenda.to_judge if memory.recall(each) is None]
        judge_all(agenda, past, memory, Stages())
        memory.keep(whole=True)
    return new


def same(report: Report) -> Report:
    return replace(report, generated="")


def test_the_second_run_judges_nothing(repository: Repository, tmp_path: Path) -> None:
    assert asked(repository.root, tmp_path / "cache") == BOTH
    assert asked(repository.root, tmp_path / "cache") == []


EDITS = {
    "the source": {"talks/2/en/talk.md": FILES["talks/2/en/talk.md"] + "\nAgain.\n"},
    "the translation": {"talks/2/es/talk.md": FILES["talks/2/es/talk.md"] + "\nOtra vez.\n"},
}


@pytest.mark.parametrize("files", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("committed", [True, False])
def test_only_what_was_edited_is_judged_anew(
    repository: Repository, tmp_path: Path, files: dict[str, str], committed: bool
) -> None:
    asked(repository.root, tmp_path / "cache")
    repository.commit(files) if committed else repository.write(files)

    assert asked(repository.root, tmp_path / "cache") == ["talks/2/es/talk.md"]


def test_a_commit_elsewhere_changes_nothing(repository: Repository, tmp_path: Path) -> None:
    asked(repository.root, tmp_path / "cache")
    repository.commit({"readme.md": "Hello."})

    assert asked(repository.root, tmp_path / "cache") == []


def configured(old: str, new: str) -> str:
    assert old in TALKS
    return TALKS.replace(old, new)


HARMLESS = {
    "a comment": TALKS + "# more\n",
    "the order of tables": TALKS.replace("[series.notes]\n", "").replace(
        'path = "notes', '[series.notes]\npath = "notes'
    ),
    "another language": configured('["es", "fr"]', '["es", "fr", "de"]'),
    "an address of the site": 'repository = "https://example.org/talks"\n' + TALKS,
    "how bad something else is": TALKS + '[rules]\nmissing = "error"\norphan = "off"\nlocal = "error"\n',
    "values of local fields": configured('"talk-{number}-{lang}"', '"talks/{number}/{lang}"'),
    "labels": TALKS + "[labels.parent]\nes = 'Charlas'\n",
    "another spelling": TALKS + "[aliases]\ncastellano = 'es'\n",
    "an exemption": configured("[series.notes]", 'exempt = [{ key = 9, languages = ["fr"] }]\n[series.notes]'),
    "a path of another series": configured("notes/{lang}", "note/{lang}"),
}
TELLING = {
    "how bad a finding is": TALKS + '[rules]\nunknown = "error"\n',
    "a rule that is switched off": TALKS + '[rules]\nstale = "off"\n',
    "what is ignored": configured('["weight"]', '["weight", "date"]'),
    "what is translated": configured('["title", "summary"]', '["title"]'),
    "what is local": configured("[fields.local]", "[fields.local]\nmood = { learn = true }"),
    "the field of the language": configured('\nlang = "{lang}"', '\nlocale = "{lang}"'),
    "what is a draft": "draft_share = 0.9\n" + TALKS,
    "what is a placeholder": 'placeholders = ["^Nieve$"]\n' + TALKS,
    "the stamp": TALKS + '[stamp]\ndigest = "made_of"\n',
    "the pin": TALKS + '[pin]\nfield = "commit"\nkind = "commit"\n',
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_settings_that_no_judgement_depends_on_change_nothing(
    repository: Repository, tmp_path: Path, text: str
) -> None:
    asked(repository.root, tmp_path / "cache")
    repository.write({"transtool.toml": text})

    assert asked(repository.root, tmp_path / "cache") == []


@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING.keys())
def test_other_settings_make_other_judgements(repository: Repository, tmp_path: Path, text: str) -> None:
    asked(repository.root, tmp_path / "cache")
    repository.write({"transtool.toml": text})

    assert asked(repository.root, tmp_path / "cache") == BOTH


def test_what_is_remembered_is_what_was_found(repository: Repository, tmp_path: Path) -> None:
    with opened(repository.root) as (agenda, past):
        memory = cache.Memory(tmp_path / "cache", past)
        first = judge_all(agenda, past, memory, Stages())
        memory.keep(whole=False)
        second = {each.path: cache.Memory(tmp_path / "cache", past).recall(each) for each in agenda.to_judge}

    assert first == second
    assert [each.verdict for each in first.values()] == ["stale", "current"]


@pytest.mark.parametrize(
    ("environment", "there"),
    [
        ({"XDG_CACHE_HOME": "/c"}, True),
        ({"HOME": "/h"}, True),
        ({}, False),
        ({"XDG_CACHE_HOME": "relative"}, False),
        ({"HOME": "/h", cache.OFF: "1"}, False),
    ],
)
def test_the_cache_is_where_users_expect_it_or_nowhere(environment: dict[str, str], there: bool) -> None:
    assert (cache.place(Path("/site"), environment) is not None) is there


def test_the_cache_is_shown_and_cleared_and_forgets_sites_of_half_a_year_ago(
    repository: Repository, tmp_path: Path
) -> None:
    def cached(*arguments: str) -> str:
        return run("cache", *arguments, at=repository.root, XDG_CACHE_HOME=str(tmp_path / "c")).stdout

    folder = tmp_path / "c/transtool"
    assert cached() == f"{folder}: files: 0, MB: 0.0\n"
    folder.mkdir(parents=True)
    for name in ("old.msgpack", "mine.txt"):
        (folder / name).write_bytes(bytes(200_000))
        os.utime(folder / name, (0, 0))
    assert cached() == f"{folder}: files: 1, MB: 0.2\n"

    run("check", at=repository.root, XDG_CACHE_HOME=str(tmp_path / "c"), TRANSTOOL_NO_CACHE=None)
    kept = [*folder.glob("*.msgpack")]
    assert kept
    assert folder / "old.msgpack" not in kept

    assert cached("--clear").startswith(f"removed from {folder}: files: {len(kept)}, MB: ")
    assert [each.name for each in folder.iterdir()] == ["mine.txt"]


def test_another_clone_of_the_same_history_is_judged_from_memory(repository: Repository, tmp_path: Path) -> None:
    """So a build that keeps the cache folder needs to judge only what is new."""
    asked(repository.root, tmp_path / "cache")
    repository.git("clone", "-q", ".", str(tmp_path / "clone"))

    assert asked(tmp_path / "clone", tmp_path / "cache") == []


def test_a_run_on_a_part_of_the_site_forgets_nothing(repository: Repository, tmp_path: Path) -> None:
    asked(repository.root, tmp_path / "cache")
    with opened(repository.root) as (_, past):
        cache.Memory(tmp_path / "cache", past).keep(whole=False)

    assert asked(repository.root, tmp_path / "cache") == []


def test_there_is_one_judgement_of_every_translation_however_often_it_was_edited(
    repository: Repository, tmp_path: Path
) -> None:
    asked(repository.root, tmp_path / "cache")
    size = (tmp_path / "cache").stat().st_size
    for number in range(4):
        repository.write({"talks/2/es/talk.md": FILES["talks/2/es/talk.md"] + f"\nOtra vez: {number}.\n"})
        with opened(repository.root) as (agenda, past):
            memory = cache.Memory(tmp_path / "cache", past)
            judge_all(agenda, past, memory, Stages())
            memory.keep(whole=False)

    assert (tmp_path / "cache").stat().st_size < 1.5 * size


def test_a_file_that_is_gone_is_forgotten_by_a_run_on_the_whole_site(repository: Repository, tmp_path: Path) -> None:
    asked(repository.root, tmp_path / "cache")
    size = (tmp_path / "cache").stat().st_size
    repository.write({"talks/1/es/talk.md": None})
    asked(repository.root, tmp_path / "cache")

    assert (tmp_path / "cache").stat().st_size < size


def test_nobody_else_can_read_or_write_the_memory(repository: Repository, tmp_path: Path) -> None:
    place = tmp_path / "caches" / "cache"
    asked(repository.root, place)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (place.parent, place)] == [0o700, 0o600]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_memory_of_somebody_else_is_not_believed(repository: Repository, tmp_path: Path) -> None:
    asked(repository.root, tmp_path / "cache")
    os.chown(tmp_path / "cache", 65534, 65534)

    assert asked(repository.root, tmp_path / "cache") == BOTH
    assert asked(repository.root, tmp_path / "cache") == []


@pytest.mark.parametrize(
    "text", [FILES["talks/2/es/talk.md"], "---\ntitle: x\nmood: wet\n---\nA."], ids=["fine", "findings"]
)
def test_a_file_whose_name_is_no_unicode_is_judged_like_any(repository: Repository, tmp_path: Path, text: str) -> None:
    """What its findings say of it, its name included, cannot be written, and is worked out in every run."""
    odd = "talks/\udcff/{}/talk.md"
    repository.write({"transtool.toml": TALKS.replace("{number}", "{key}")})
    repository.commit({odd.format("en"): FILES["talks/2/en/talk.md"], odd.format("es"): text})

    asked(repository.root, tmp_path / "cache")

    assert asked(repository.root, tmp_path / "cache") == ([odd.format("es")] if "mood" in text else [])


def test_what_is_never_closed_in_a_source_is_remembered_until_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    made = Repository(tmp_path / "site")
    config = 'source = "en"\nlanguages = ["es"]\n{}[series.docs]\npath = "{{lang}}/{{key}}.mdx"\n'
    open_, closed = (page("title: Bus", f"The bus leaves.\n\n{end}") for end in ("<Card title='x'\n", ""))
    made.commit({"en/bus.mdx": open_})
    found = []
    for setting, text in (("", open_), ("# more\n", open_), ('dialect = "jekyll"\n', open_), ("", open_), ("", closed)):
        made.write({"transtool.toml": config.format(setting), "en/bus.mdx": text})
        found.append([each.line for each in reported(made.root).all_findings() if each.problem == "dialect"])

    assert found == [[6], [6], [], [6], []]


# Damage


class Good(NamedTuple):
    """A site, what is to be said of it, and the files of its memory by what is in them."""

    root: Path
    report: Report
    files: dict[str, Path]


KINDS = {
    ".msgpack": "judgements",
    ".heads.msgpack": "front matter",
    ".log.msgpack": "history",
    ".seen.msgpack": "what was seen",
    ".report.msgpack": "report",
}
WHOLE = ("what was seen", "report")
"""The kinds without which all others are needed."""


def reported(root: Path) -> Report:
    """The report that commands give, but for its moment."""
    return same(judged(open_site(root, lazily=True), EVERYTHING))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """A site, what is to be said of it, and the files of its memory."""
    made = Repository(tmp_path_factory.mktemp("good") / "site")
    made.commit(FILES)
    made.commit({"talks/1/en/talk.md": CHANGED})
    caches = made.root.parent / "caches"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(caches))
        environment.setattr(unchanged, "DOUBTFUL", 0)
        report = reported(made.root)
    return Good(made.root, report, {KINDS[kept.name[32:]]: kept for kept in caches.rglob("*.msgpack")})


def sealed(content: Any) -> bytes:
    """A file with `content` (as bytes or a value) and a digest that fits."""
    data = content if isinstance(content, bytes) else msgspec.msgpack.encode(content)
    return hashlib.blake2b(data, digest_size=32).digest() + data


def rewritten(whole: bytes, path: tuple[object, ...], value: Any) -> bytes:
    """The content of the memory with one value of its first judgement replaced."""
    content: Any = msgspec.msgpack.decode(whole[32:])
    judgements = content[1]
    target = judgements[min(judgements)][1]
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return msgspec.msgpack.encode(content)


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda whole: b"",
    "one byte": lambda whole: b"\x00",
    "rubbish": lambda whole: b"\x00\xff" * 400,
    "half of it": lambda whole: whole[: len(whole) // 2],
    "all but the last byte": lambda whole: whole[:-1],
    "the digest alone": lambda whole: whole[:32],
    "the content alone": lambda whole: whole[32:],
    "the first byte flipped": lambda whole: bytes([whole[0] ^ 1]) + whole[1:],
    "a byte in the middle flipped": lambda whole: whole[: len(whole) // 2] + b"\xff" + whole[len(whole) // 2 + 1 :],
    "the last byte flipped": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "a byte more": lambda whole: whole + b"\x00",
    "twice": lambda whole: whole + whole,
    "zeros of the same length": lambda whole: bytes(len(whole)),
    "a text": lambda whole: b"not a memory\n",
    "what is kept by other versions": lambda whole: msgspec.msgpack.encode({"0" * 32: {"status": "current"}}),
    "a list": lambda whole: sealed([]),
    "a number": lambda whole: sealed(1),
    "nil": lambda whole: sealed(None),
    "invalid MessagePack": lambda whole: sealed(b"\xc1"),
    "a map that is cut off": lambda whole: sealed(b"\x8f"),
    "a map with 4 billion entries": lambda whole: sealed(b"\xdf\xff\xff\xff\xff"),
    "a text of 4 GiB": lambda whole: sealed(b"\x81\xdb\xff\xff\xff\xff"),
    "lists nested without end": lambda whole: sealed(b"\x91" * 200_000),
    "maps nested without end": lambda whole: sealed(b"\x81\xa1a" * 200_000),
    "a key that is no UTF-8": lambda whole: sealed(b"\x81\xa2\xff\xfe\x92\xa1a\xc0"),
    "numbers for paths": lambda whole: sealed({1: ("a", None)}),
    "a pair of nothing": lambda whole: sealed(("", None)),
    "nothing of this program": lambda whole: sealed((msgspec.msgpack.decode(whole[32:])[0], None)),
    "a list of this program": lambda whole: sealed((msgspec.msgpack.decode(whole[32:])[0], [1, {}])),
    "judgements without keys": lambda whole: sealed({path: {"status": "current"} for path in BOTH}),
    "keys without judgements": lambda whole: sealed(dict.fromkeys(BOTH, ("a",))),
}
INSIDE: dict[str, tuple[tuple[object, ...], Any]] = {
    "a status that there is not": (("verdict",), "splendid"),
    "a number for the status": (("verdict",), 3),
    "no status": (("verdict",), None),
    "a text for a count": (("total",), "many"),
    "a share that is a list": (("length",), [0.5]),
    "a map for the changes": (("changes",), {}),
    "numbers for the changes": (("changes",), [1, 2]),
    "a change of no kind": (("changes", 0, "change"), "moved"),
    "a line that is a text": (("changes", 0, "line"), "7"),
    "findings that are texts": (("findings",), ["stale"]),
    "a finding of no severity": (("behind", 0, "severity"), "fatal"),
    "facts that are a list": (("behind", 0, "facts"), []),
    "a rule that is a number": (("behind", 0, "rule"), 9),
    "nesting without end": (("reason",), msgspec.Raw(b"\x91" * 100_000 + b"\xc0")),
    "a text that is no UTF-8": (("reason",), msgspec.Raw(b"\xa2\xff\xfe")),
}


def broken(good: Good, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a file of the memory is to be: in a new folder, beside the others as far as they do not make up for it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(unchanged, "DOUBTFUL", 0)
    (tmp_path / "transtool").mkdir()
    for each, file in good.files.items():
        if each != kind and (kind in WHOLE or each not in WHOLE):
            shutil.copy(file, tmp_path / "transtool")
    return tmp_path / "transtool" / good.files[kind].name


@pytest.mark.parametrize("kind", KINDS.values())
@pytest.mark.parametrize("damage", BYTES.values(), ids=BYTES.keys())
def test_a_damaged_memory_costs_time_and_nothing_else(
    good: Good, damage: Callable[[bytes], bytes], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = broken(good, kind, tmp_path, monkeypatch)
    place.write_bytes(damage(good.files[kind].read_bytes()))

    assert reported(good.root) == good.report
    assert place.read_bytes() == good.files[kind].read_bytes()


@pytest.mark.parametrize(("path", "value"), INSIDE.values(), ids=INSIDE.keys())
def test_a_judgement_of_the_wrong_shape_is_worked_out_anew(
    good: Good, path: tuple[object, ...], value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, whole = broken(good, "judgements", tmp_path, monkeypatch), good.files["judgements"].read_bytes()
    place.write_bytes(sealed(rewritten(whole, path, value)))

    assert reported(good.root) == good.report
    assert len(place.read_bytes()) == len(whole)


@pytest.mark.parametrize(("path", "value"), [(("verdict",), "current"), (("behind",), [])])
def test_a_judgement_that_the_digest_does_not_cover_is_not_believed(
    good: Good, path: tuple[object, ...], value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, whole = broken(good, "judgements", tmp_path, monkeypatch), good.files["judgements"].read_bytes()
    place.write_bytes(whole[:32] + rewritten(whole, path, value))

    assert reported(good.root) == good.report
    assert place.read_bytes() == whole


@pytest.mark.parametrize("kind", KINDS.values())
def test_what_another_program_remembers_is_left_alone(
    good: Good, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, whole = broken(good, kind, tmp_path, monkeypatch), good.files[kind].read_bytes()
    place.write_bytes(sealed(("another", msgspec.msgpack.decode(whole[32:])[1])))

    assert reported(good.root) == good.report
    assert place.read_bytes() == whole


def looping(place: Path) -> None:
    place.symlink_to(place)


def linked(place: Path) -> None:
    (place.parent / "elsewhere").write_bytes(b"not a memory")
    place.symlink_to(place.parent / "elsewhere")


def endless(place: Path) -> None:
    place.symlink_to("/dev/zero")


def huge(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate(cache.LARGEST + 1)


NO_FILES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "a pipe": (os.mkfifo, True),
    "a folder": (Path.mkdir, False),
    "a folder with something in it": (lambda place: (place / "in").mkdir(parents=True), False),
    "a link to itself": (looping, True),
    "a link to nowhere": (lambda place: place.symlink_to("nowhere"), True),
    "a link to another file": (linked, True),
    "a link to what never ends": (endless, True),
    "what is too large": (huge, True),
    "what may not be read": (lambda place: place.touch(0), True),
}


@pytest.mark.parametrize("kind", KINDS.values())
@pytest.mark.parametrize(("make", "mended"), NO_FILES.values(), ids=NO_FILES.keys())
def test_what_is_no_memory_is_none(
    good: Good,
    make: Callable[[Path], None],
    mended: bool,
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = broken(good, kind, tmp_path, monkeypatch)
    make(place)

    assert reported(good.root) == good.report
    assert (place.is_file() and place.read_bytes() == good.files[kind].read_bytes()) is mended
    assert not (place.parent / "elsewhere").exists() or (place.parent / "elsewhere").read_bytes() == b"not a memory"


def test_a_memory_that_cannot_be_written_is_none(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert asked(repository.root, tmp_path / "file" / "cache") == BOTH


@pytest.mark.parametrize("kind", KINDS)
def test_only_who_asks_for_more_is_told_of_a_damaged_memory(repository: Repository, kind: str, tmp_path: Path) -> None:
    caches = {"XDG_CACHE_HOME": str(tmp_path / "caches"), "TRANSTOOL_NO_CACHE": None}
    run("check", at=repository.root, **caches)
    files = {KINDS[each.name[32:]]: each for each in (tmp_path / "caches").rglob("*.msgpack")}
    said = []
    for option in ([], ["--verbose"], ["--verbose"]):
        for each in () if KINDS[kind] in WHOLE else WHOLE:
            files[each].unlink()
        if len(said) < 2:
            files[KINDS[kind]].write_bytes(b"damaged")
        said.append(run("check", *option, at=repository.root, **caches).stderr)

    assert ["remembered" in each for each in said] == [False, True, False]


# What git cannot give


def test_what_rests_on_a_lost_object_is_not_remembered(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    lost = repository.git("rev-parse", "HEAD~1:talks/1/en/talk.md")
    stored = repository.root / ".git/objects" / lost[:2] / lost[2:]
    stored.rename(tmp_path / "lost")
    without = reported(repository.root)
    (tmp_path / "lost").rename(stored)

    assert statuses(without) == {"1": "unknown", "2": "current"}
    assert statuses(reported(repository.root)) == {"1": "stale", "2": "current"}


def test_a_clone_without_blobs_says_what_it_lacks_and_is_as_good_as_any_once_it_has_them(
    repository: Repository, tmp_path: Path
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", repository.root.as_uri(), str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")
    caches = {"XDG_CACHE_HOME": str(tmp_path / "caches"), "TRANSTOOL_NO_CACHE": None}

    def checked(root: Path) -> tuple[dict[str, Any], str]:
        done = run("check", "--format", "json", at=root, **caches)
        return json.loads(done.stdout) | {"generated": ""}, done.stderr

    before, said = checked(clone.root)
    clone.git("fetch", "-q", "--no-filter", "--refetch")
    after, silent = checked(clone.root)

    assert before["episodes"][0]["translations"]["es"]["status"] == "unknown"
    assert "git could not read one object" in said
    assert "git fetch --no-filter --refetch" in said
    assert (after, silent) == checked(repository.root)


def test_what_a_reader_that_died_could_not_give_is_judged_anew(repository: Repository, tmp_path: Path) -> None:
    """As when the system runs out of memory and picks git."""
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\ncase "$*" in *cat-file*) exit 137;; esac\nexec {shutil.which("git")} "$@"\n')
    fake.chmod(0o755)
    caches = {"XDG_CACHE_HOME": str(tmp_path / "caches"), "TRANSTOOL_NO_CACHE": None}

    def found(path: str) -> dict[str, str]:
        done = run("check", "--format", "json", at=repository.root, PATH=path, **caches)
        episodes = json.loads(done.stdout)["episodes"]
        return {each["key"]: each["translations"]["es"]["status"] for each in episodes}

    assert found(f"{fake.parent}:{os.environ['PATH']}")["1"] == "unknown"
    assert found(os.environ["PATH"]) == {"1": "stale", "2": "current"}


def statuses(report: Report) -> dict[str, str]:
    """The status of the Spanish talks by their numbers."""
    return {episode.key: cell.status for episode in report.episodes for cell in episode.cells if cell.language == "es"}


# With memory or without


TEXTS = st.sampled_from(
    [page("title: Rain", text) for text in ("One.\n", "One.\n\nTwo 2.\n", "Two 2.\n\nOne more.\n\nThree.\n", "")]
    + [page("title: Snow\nparent: Talks\ntags: [a]", "It snowed for 3 days.\n"), "---\ntitle: [\n---\n"]
)
PATHS = st.sampled_from([f"talks/{number}/{language}/talk.md" for number in (1, 2) for language in ("en", "es", "fr")])
STEPS = st.one_of(
    st.tuples(st.just("write"), st.dictionaries(PATHS, st.one_of(TEXTS, TEXTS, TEXTS, st.none()), min_size=1)),
    st.tuples(st.just("commit"), st.just({})),
    st.tuples(st.just("configure"), st.sampled_from([*HARMLESS.values(), *TELLING.values()])),
    st.tuples(st.just("rewrite"), st.sampled_from(["amend", "reset", "merge"])),
    st.tuples(st.just("touch"), st.sampled_from([None, (1_500_000_000, 1_500_000_000)])),
    st.tuples(st.just("interrupt"), st.sampled_from([0.1, 0.2, 0.3, 0.4])),
)


def rewritten_history(made: Repository, how: str) -> None:
    """Replace the newest commit, drop it, or bring in a branch that left before it."""
    if how == "amend":
        made.git("commit", "-q", "--amend", "--allow-empty", "-m", "again")
    elif made.git("rev-list", "--count", "HEAD") > "1":
        newest = made.git("rev-parse", "HEAD")
        made.git("reset", "-q", "--mixed" if how == "reset" else "--hard", "HEAD~1")
        if how == "merge":
            made.commit({"talks/2/fr/talk.md": page("title: Neige", "Il neigea.\n")})
            made.git("merge", "-q", "-s", "ours", "--no-ff", "-m", "merge", newest)


def interrupted(root: Path, seconds: float) -> None:
    """Begin a run, and end it before it is done."""
    with subprocess.Popen([sys.executable, "-m", "transtool", "check"], cwd=root, **SILENT) as started:
        with suppress(subprocess.TimeoutExpired):
            started.wait(seconds)
        started.kill()


SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def told(root: Path) -> tuple[str, list[Problem]]:
    """What a run on the site says: its report as JSON, and what it notes."""
    site = open_site(root, lazily=True)
    return render(judged(site, EVERYTHING)), site.stages.notes


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=7), doubtful=st.sampled_from([0, unchanged.DOUBTFUL]))
def test_whatever_happens_to_a_site_its_report_is_the_same_with_memory_and_without(
    steps: list[tuple[str, Any]], doubtful: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are told from what they were by their times, or by their bytes where those say nothing yet."""
    monkeypatch.setattr(unchanged, "DOUBTFUL", doubtful)
    folder = tmp_path / str(next(NUMBERS))
    made = Repository(folder / "site")
    made.commit({**FILES, "talks/3/en/talk.md": page("title: Wind", "It blew.\n")})
    for kind, what in steps:
        if kind == "write":
            made.write({path: text for path, text in what.items() if text or (made.root / path).exists()})
        elif kind == "commit":
            made.commit()
        elif kind == "rewrite":
            rewritten_history(made, what)
        elif kind == "configure":
            made.write({"transtool.toml": what})
        elif kind == "touch":
            for path in made.root.rglob("talk.md"):
                os.utime(path, what)
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "caches"))
        monkeypatch.delenv(cache.OFF, raising=False)
        if kind == "interrupt":
            interrupted(made.root, what)
        remembered = told(made.root), told(made.root)
        monkeypatch.setenv(cache.OFF, "1")

        assert remembered == (told(made.root),) * 2
    shutil.rmtree(folder)


NUMBERS = count()
