"""Literal reports for the tests of all renderers, built once."""

from transtool.model import (
    Basis,
    Cell,
    Change,
    ChangeKind,
    EpisodeReport,
    Finding,
    Json,
    Key,
    Language,
    Report,
    SegmentKind,
    Severity,
    Source,
    Status,
    Tally,
)
from transtool.rules import RULES
from transtool.trend.model import Point

EN, ES, DE, AR, JA = map(Language, ("en", "es", "de", "ar", "ja"))

NASTY = (
    "",
    " ",
    "=1+1",
    "@SUM(A1)",
    "＝1+1",
    "-2+3",
    "\t=1",
    "a\nb\r\nc",
    "a | b",
    "`code` *bold* [link](https://example.org)",
    "<script>alert(1)</script>",
    "</details>",
    "&lt;",
    "a\x1b[31mred\x1b[0m",
    "a\u202etxt.exe",
    "a\u2066b",
    "caf\udce9",
    "[bold]markup[/bold]",
    "{language} {0} {",
    'quo"te',
    "日本語のタイトル",
    "عنوان الحلقة",
    "👩‍👩‍👧 family",
    "x" * 300,
    "-->",
    "%s %(a)s",
    "\x00",
    "a\u2028b",
)
"""Strings that break a renderer which trusts them."""


def finding(
    rule: str,
    path: str,
    line: int | None = None,
    *,
    sentence: str = "",
    key: str | None = None,
    language: str | None = None,
    series: str | None = "episodes",
    severity: Severity | None = None,
    **facts: Json,
) -> Finding:
    """Return a finding with the default severity of its rule."""
    return Finding(
        rule=rule,
        severity=severity or RULES[rule].severity,
        path=path,
        line=line,
        series=series,
        key=None if key is None else Key(key),
        language=None if language is None else Language(language),
        problem=sentence,
        facts=facts,
    )


def path(series: str, key: str, language: str) -> str:
    """Return where an episode of the literal site is."""
    return f"docs/{series}/ep-{key}/{language}/episode.md"


def cell(series: str, key: str, language: Language, status: Status, **more: object) -> Cell:
    """Return a cell with the path that it would have."""
    return Cell(**{"path": path(series, key, language), "language": language, "status": status, **more})


def episode(series: str, key: str, title: str, *cells: Cell, findings: tuple[Finding, ...] = ()) -> EpisodeReport:
    """Return an episode with an English source."""
    source = Source(language=EN, path=path(series, key, EN), findings=findings)
    return EpisodeReport(series=series, key=Key(key), title=title, source=source, cells=cells)


STALE_CHANGES = (
    Change(
        change=ChangeKind.EDITED,
        kind=SegmentKind.PARAGRAPH,
        source_line=61,
        source_end_line=62,
        line=63,
        end_line=64,
        words=12,
        digest="d1",
        characters=9,
        before="Bread needs time and salt.",
        after="Bread needs time, salt and patience.",
        present="El pan necesita tiempo y sal.",
    ),
    Change(change=ChangeKind.REMOVED, kind=SegmentKind.ITEM, source_line=None, line=70, words=3),
    Change(change=ChangeKind.EDITED, kind=SegmentKind.FIELD, field="title", source_line=2, line=2, words=4),
    Change(change=ChangeKind.ADDED, kind=SegmentKind.HEADING, source_line=80, after_line=71, words=5),
)

SMALL = Report(
    version="0.1.0",
    source=EN,
    languages=(ES, DE, JA, AR),
    series=("episodes", "briefs"),
    repository="https://example.org/owner/site",
    generated="2026-03-04T05:06:07+00:00",
    findings=(
        finding(
            "identity", "docs/episodes/ep-9/xx/episode.md", sentence="language-folder", series="episodes", folder="xx"
        ),
    ),
    episodes=(
        episode(
            "episodes",
            "9",
            "Bread, slowly",
            cell(
                "episodes",
                "9",
                ES,
                Status.STALE,
                title="Pan, despacio",
                basis=Basis.STAMP,
                changes=STALE_CHANGES,
                words=24,
                total=310,
                translated=0.97,
                findings=(
                    finding("stale", path("episodes", "9", ES), 63, key="9", language=ES, segments=4, words=24),
                    finding(
                        "local",
                        path("episodes", "9", ES),
                        7,
                        key="9",
                        language=ES,
                        field="parent",
                        value="Episodes",
                        expected="Episodios",
                    ),
                ),
            ),
            cell(
                "episodes",
                "9",
                DE,
                Status.CURRENT,
                title="Brot, ganz langsam",
                basis=Basis.HISTORY,
                total=310,
                translated=1.0,
            ),
            cell(
                "episodes",
                "9",
                JA,
                Status.CURRENT,
                title="ゆっくり焼くパン",
                basis=Basis.STAMP,
                total=310,
                translated=1.0,
            ),
            cell("episodes", "9", AR, Status.CURRENT, title="خبز على مهل", basis=Basis.PIN, total=310, translated=1.0),
        ),
        episode(
            "episodes",
            "10",
            "Salt",
            cell(
                "episodes",
                "10",
                ES,
                Status.MISSING,
                words=200,
                total=200,
                findings=(
                    finding(
                        "missing",
                        path("episodes", "10", EN),
                        1,
                        key="10",
                        language=ES,
                        target=path("episodes", "10", ES),
                    ),
                ),
            ),
            cell(
                "episodes",
                "10",
                DE,
                Status.DRAFT,
                title="Salt",
                words=190,
                total=200,
                translated=0.05,
                findings=(
                    finding(
                        "untranslated",
                        path("episodes", "10", DE),
                        12,
                        key="10",
                        language=DE,
                        segments=9,
                        total=11,
                        percent=0.95,
                    ),
                    finding(
                        "untranslated",
                        path("episodes", "10", DE),
                        2,
                        key="10",
                        language=DE,
                        sentence="field",
                        field="title",
                    ),
                ),
            ),
            cell(
                "episodes",
                "10",
                JA,
                Status.UNKNOWN,
                title="塩",
                total=200,
                translated=1.0,
                reason="no-git",
                findings=(finding("unknown", path("episodes", "10", JA), 1, key="10", language=JA, sentence="no-git"),),
            ),
            cell(
                "episodes",
                "10",
                AR,
                Status.UNREADABLE,
                total=200,
                findings=(
                    finding(
                        "unreadable",
                        path("episodes", "10", AR),
                        4,
                        key="10",
                        language=AR,
                        problem="not UTF-8",
                    ),
                ),
            ),
        ),
        episode(
            "briefs",
            "9",
            "=HYPERLINK(1)",
            cell(
                "briefs",
                "9",
                ES,
                Status.CURRENT,
                title="Resumen",
                basis=Basis.HISTORY,
                total=80,
                translated=1.0,
                findings=(
                    finding(
                        "mismatch",
                        path("briefs", "9", ES),
                        5,
                        series="briefs",
                        key="9",
                        language=ES,
                        field="tags",
                        value="[pan]",
                        expected="[bread, salt]",
                    ),
                ),
            ),
            cell("briefs", "9", DE, Status.EXEMPT),
            cell(
                "briefs",
                "9",
                JA,
                Status.MISSING,
                words=80,
                total=80,
                findings=(
                    finding(
                        "missing",
                        path("briefs", "9", EN),
                        1,
                        series="briefs",
                        key="9",
                        language=JA,
                        target=path("briefs", "9", JA),
                    ),
                ),
            ),
            findings=(
                finding(
                    "placeholder",
                    path("briefs", "9", EN),
                    8,
                    series="briefs",
                    key="9",
                    language=EN,
                    field="video",
                    value="https://youtu.be/url",
                ),
            ),
        ),
    ),
)
"""Two series, four languages, and one of nearly everything."""

EMPTY = Report(version="0.1.0", source=EN, languages=(), series=(), episodes=())

CLEAN = Report(
    version="0.1.0",
    source=EN,
    languages=(ES,),
    series=("episodes",),
    episodes=(episode("episodes", "1", "Yeast", cell("episodes", "1", ES, Status.CURRENT, title="Levadura", total=9)),),
)


def large(episodes: int = 120) -> Report:
    """Return a report with some two thousand findings, as an old site gives at the first run."""
    made = []
    for number in range(1, episodes + 1):
        key = str(number)
        cells = [
            cell("episodes", key, ES, Status.UNKNOWN, findings=_old_findings(key, ES)),
            cell("episodes", key, DE, Status.STALE, findings=_old_findings(key, DE)),
            cell("episodes", key, JA, Status.DRAFT, findings=_old_findings(key, JA)),
            cell(
                "episodes",
                key,
                AR,
                Status.MISSING,
                findings=(
                    finding(
                        "missing",
                        path("episodes", key, EN),
                        1,
                        key=key,
                        language=AR,
                        target=path("episodes", key, AR),
                    ),
                ),
            ),
        ]
        made.append(episode("episodes", key, f"Episode {key}", *cells))
    return Report(version="0.1.0", source=EN, languages=(ES, DE, JA, AR), series=("episodes",), episodes=tuple(made))


def _old_findings(key: str, language: Language) -> tuple[Finding, ...]:
    at = path("episodes", key, language)
    wanted = f"episode-{key}-{language}"
    return (
        finding("unknown", at, 1, key=key, language=language),
        finding("stale", at, 40, key=key, language=language, segments=int(key) % 7 + 1, words=int(key)),
        finding(
            "local", at, 5, key=key, language=language, field="permalink", value=f"episode-{key}-en", expected=wanted
        ),
        finding("local", at, 6, key=key, language=language, field="parent", value="Episodes", expected="?"),
        finding("mismatch", at, 9, key=key, language=language, sentence="absent", field="img", expected="a.png"),
    )


def filled_with(text: str) -> Report:
    """Return a report that has `text` wherever a site's own text can stand."""
    change = Change(
        change=ChangeKind.EDITED, kind=SegmentKind.FIELD, field=text, before=text, after=text, present=text, words=1
    )
    found = tuple(
        Finding(
            rule=rule.id,
            severity=rule.severity,
            path=text,
            line=1,
            series=text,
            key=Key(text),
            language=Language(text),
            problem=problem,
            facts=dict.fromkeys(("field", "value", "expected", "target", "problem", "other", text), text),
        )
        for rule in RULES.values()
        for problem in (*rule.sentences, text)
    )
    filled = Cell(
        language=Language(text),
        status=Status.STALE,
        path=text,
        title=text,
        changes=(change,),
        corrections=(change,),
        markup=(change,),
        findings=found,
        reason=text,
    )
    return Report(
        version=text,
        source=Language(text),
        languages=(Language(text),),
        series=(text,),
        findings=found,
        repository=text,
        episodes=(
            EpisodeReport(
                series=text,
                key=Key(text),
                title=text,
                source=Source(language=EN, path=text, findings=found, since="2024-05-02T09:30:00Z"),
                cells=(filled,),
            ),
        ),
    )


def point(month: str, language: Language, expected: int, covered: int, current: int) -> Point:
    """Return how a language stood at the end of a month."""
    counts = {Status.CURRENT: current, Status.STALE: covered - current, Status.MISSING: expected - covered}
    return Point(month=month, language=language, tally=Tally(counts))
