"""Many sites are judged as each of them is alone, whoever does it, and a broken one keeps none of the others."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.repositories import Repository
from tests.runs import environment, run
from transtool.errors import ConfigError
from transtool.fleet import Member, read
from transtool.schemas import SCHEMAS, schema_id, schema_text

CONFIG = """
source = "en"
languages = ["de", "es"]
[series.talks]
path = "talks/{number}/{lang}.md"
"""
NAMES = ("a", "b", "c", "d")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four sites, of different sizes, and the file that lists them."""
    folder = tmp_path_factory.mktemp("fleet")
    for size, name in enumerate(NAMES, 2):
        made = Repository(folder / name)
        pages = {
            f"talks/{number}/{language}.md": f"---\ntitle: {number}\n---\n\nWhat {language} says of number {number}.\n"
            for number in range(size)
            for language in ("en", "de", "es")
            if (number, language) != (1, "es")
        }
        made.commit({"transtool.toml": CONFIG, **pages})
        made.commit({"talks/0/en.md": pages["talks/0/en.md"] + "\nAnd quite a few more words that matter.\n"})
    (folder / "SITES.toml").write_text("".join(f'[sites.{name}]\npath = "{name}"\n' for name in NAMES))
    return folder


def single(folder: Path, name: str) -> object:
    return json.loads(run("report", name, "--format", "json", at=folder).stdout)


def test_a_site_is_told_as_it_is_alone(sites: Path) -> None:
    done = run("fleet", "SITES.toml", "--format", "json", at=sites)

    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert {site["name"]: site["report"] for site in told["sites"]} == {name: single(sites, name) for name in NAMES}
    assert told["summary"]["languages"]["es"]["missing"] == 4
    assert told["summary"]["languages"]["es"]["expected"] == sum(range(2, 6))


def test_a_broken_site_is_one_line_and_the_rest_goes_on(sites: Path) -> None:
    (sites / "wrong.toml").write_text('[sites.gone]\npath = "nowhere"\n[sites.a]\npath = "a"\n')

    done = run("fleet", "wrong.toml", "--format", "json", at=sites)

    assert done.returncode == 3
    assert done.stderr == "gone: nowhere: there is no such directory\n"
    gone, there = json.loads(done.stdout)["sites"]
    assert (gone["report"], gone["errors"]) == (None, ["nowhere: there is no such directory"])
    assert there["report"] == single(sites, "a")


def test_the_schema_describes_what_is_written(sites: Path) -> None:
    (sites / "some.toml").write_text('[sites.gone]\npath = "nowhere"\n[sites.a]\npath = "a"\n')
    known = [json.loads(schema_text(file)) for file in SCHEMAS.values()]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in known)
    validator = Draft202012Validator({"$ref": schema_id("fleet")}, registry=registry)

    told = json.loads(run("fleet", "some.toml", "--format", "json", at=sites).stdout)

    assert [error.message for error in validator.iter_errors(told)] == []
    del told["sites"][1]["report"]["summary"]
    assert not validator.is_valid(told)


def test_what_a_site_is_called_and_says_stays_text(sites: Path, tmp_path: Path) -> None:
    folder = tmp_path / "<img src=x>"
    folder.mkdir()
    (folder / "transtool.toml").write_text("source = 3\n")
    paths = {"a": folder.name, "b": "\x1b[31mred"}
    (tmp_path / "SITES.toml").write_text(
        "".join(f"[sites.{name}]\npath = {json.dumps(path)}\n" for name, path in paths.items())
    )

    said = {name: run("fleet", "SITES.toml", "--format", name, at=tmp_path) for name in ("html", "markdown", "table")}

    assert all(done.returncode == 3 for done in said.values())
    assert "<img" not in said["html"].stdout
    assert "&lt;img src=x&gt;" in said["html"].stdout
    assert "<img" not in said["markdown"].stdout.replace("\\<", "")
    assert "\x1b" not in said["table"].stdout + said["table"].stderr


def test_rows_begin_with_the_name_of_the_site(sites: Path) -> None:
    text = run("fleet", "SITES.toml", "--format", "csv", at=sites).stdout
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))

    assert [row["site"] for row in rows] == [name for size, name in enumerate(NAMES, 2) for _ in range(2 * size)]


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_people_see_sites_languages_and_the_sum(sites: Path, name: str) -> None:
    text = run("fleet", "SITES.toml", "--format", name, at=sites).stdout

    assert all(each in text for each in (*NAMES, "Spanish", "German", "Total", "24/28"))


def test_a_folder_gets_a_page_of_sites_and_every_dashboard(sites: Path, tmp_path: Path) -> None:
    assert run("fleet", "SITES.toml", "--output", str(tmp_path), at=sites).returncode == 0

    assert sorted(path.name for path in tmp_path.iterdir()) == [*(f"{name}.html" for name in NAMES), "index.html"]
    assert all(f'href="{name}.html"' in (tmp_path / "index.html").read_text() for name in NAMES)


def test_paths_begin_at_the_folder_of_the_file() -> None:
    data = b'[sites.a]\npath = "x"\nconfig = "docs/transtool.toml"\n'

    assert read(data, "there/SITES.toml") == (Member("a", Path("there/x"), Path("there/x/docs/transtool.toml")),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "sites is missing"),
        ("[sites.a]\n", "sites.a.path is missing"),
        ('[sites.index]\npath = "x"\n', "sites.index: the name of a site"),
        ('[sites."../a"]\npath = "x"\n', "the name of a site"),
        ('[sites.a]\npth = "x"\n', "unknown key sites.a.pth"),
        ("[sites.a]\npath = 3\n", "sites.a.path must be text"),
    ],
)
def test_what_is_wrong_with_the_list_is_said(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("[", r"\[")):
        read(text.encode(), "SITES.toml")


def test_without_dask_and_pyarrow_is_said_what_to_install(sites: Path, tmp_path: Path) -> None:
    for name in ("distributed", "pyarrow"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])

    cluster = run("fleet", "SITES.toml", "--scheduler", "tcp://127.0.0.1:1", at=sites, PYTHONPATH=path)
    parquet = run("report", "a", "--format", "parquet", at=sites, PYTHONPATH=path)

    assert (cluster.returncode, parquet.returncode) == (2, 2)
    assert "--scheduler needs Dask (install it with pip install 'transtool[fleet]')" in cluster.stderr
    assert "the format parquet needs PyArrow" in parquet.stderr


def test_parquet_has_a_row_for_each_cell_and_says_since_when(sites: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    from transtool.render.parquet import COLUMNS

    run("fleet", "SITES.toml", "--output", "all.parquet", at=sites)
    table = parquet.read_table(BytesIO((sites / "all.parquet").read_bytes()))

    assert table.column_names == list(COLUMNS)
    rows = table.to_pylist()
    assert [row["site"] for row in rows] == [name for size, name in enumerate(NAMES, 2) for _ in range(2 * size)]
    assert {(row["status"], row["since"] is None) for row in rows} == {
        ("stale", False),
        ("current", True),
        ("missing", True),
    }


# On a cluster: real processes on this machine


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    options = ("--scheduler-file", str(file), "--no-dashboard")
    worker = ("dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path), *options)
    with ExitStack() as stack:

        def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
            started = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(started.wait)
            stack.callback(started.kill)
            return started

        start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", *options)
        while not (file.exists() and file.read_bytes().endswith(b"}")):
            time.sleep(0.05)  # the suite's timeout ends it
        yield json.loads(file.read_text())["address"], [start(*worker), start(*worker)]


def test_a_cluster_that_loses_a_worker_on_the_way_tells_the_same(
    sites: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    from distributed import Client

    from transtool.site.fleet import judge

    address, workers = cluster
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2)
    members = read((sites / "SITES.toml").read_bytes(), str(sites / "SITES.toml"))

    def kill_one(done: int, total: int) -> None:
        if done == 1:
            workers[0].send_signal(signal.SIGKILL)

    found = judge(members, scheduler=address, watch=kill_one)

    assert workers[0].wait() == -signal.SIGKILL
    assert found.broken == ()
    here = judge(members)
    assert [site.report.episodes for site in found.judged] == [site.report.episodes for site in here.judged]
