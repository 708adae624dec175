"""Small sites in memory: what tests of linking and judging read instead of files."""

from collections.abc import Mapping

from transtool import config, document
from transtool.assess.plan import plan
from transtool.assess.report import report
from transtool.assess.translation import judgement
from transtool.link import Catalogue, link
from transtool.model import Cell, Key, Language, Report, Status
from transtool.settings import Config
from transtool.staleness.translation_pair import Pair
from transtool.staleness.verdict import Verdict

TALKS = """
source = "en"
languages = ["es", "fr"]
[series.talks]
path = "talks/{number}/[{lang}/]talk.md"
[series.notes]
path = "notes/{lang}/{key}.md"
[fields]
translated = ["title", "summary"]
ignored = ["weight"]
[fields.local]
lang = "{lang}"
permalink = "talk-{number}-{lang}"
parent = { title_of = "nav/{lang}.md" }
"""


def settings(text: str = TALKS) -> Config:
    """The configuration that `text` describes."""
    return config.parse(text.encode(), "transtool.toml")


def page(fields: str, body: str = "") -> str:
    """A file with front matter and a body."""
    return f"---\n{fields.strip()}\n---\n{body}"


def linked(files: Mapping[str, str | bytes], configuration: Config, others: tuple[str, ...] = ()) -> Catalogue:
    """The catalogue of a site that holds `files`."""
    contents = {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    return link([document.parse(path, data) for path, data in contents.items()], configuration, others)


def unjudged(pair: Pair) -> Verdict:
    """A judge that knows of no baseline: what a site without git and stamps has."""
    return Verdict(status=Status.UNKNOWN, reason="no-git")


def assessed(files: Mapping[str, str | bytes], text: str = TALKS) -> Report:
    """The report of a site that holds `files` and has no history."""
    configuration = settings(text)
    agenda = plan(linked(files, configuration), configuration)
    judgements = {each.path: judgement(each.files, each.source, unjudged) for each in agenda.to_judge}
    return report(agenda, judgements, version="0")


def cell(report: Report, key: str, language: str, series: str = "talks") -> Cell:
    """The one cell that a test is about."""
    episode = next(each for each in report.episodes if (each.series, each.key) == (series, Key(key)))
    found = episode.cell(Language(language))
    assert found is not None
    return found


def rules(report: Report) -> list[str]:
    """The rules of all findings, in order."""
    return [finding.rule for finding in report.all_findings()]
