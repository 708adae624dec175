"""Invented reports for the dashboard: one like a living site, one of any size, one made of traps."""

from random import Random

from tests.reports import point
from transtool.model import (
    Basis,
    Cell,
    Change,
    ChangeKind,
    EpisodeReport,
    Finding,
    Key,
    Language,
    Report,
    SegmentKind,
    Severity,
    Source,
    State,
    Status,
)
from transtool.trend.model import Trend

EN = Language("en")
LANGUAGES = tuple(map(Language, ("ar", "de", "es", "fr", "it", "ja", "pt-BR")))
REPOSITORY = "https://github.com/example/harbour-radio"

SUBJECTS = (
    "Tides and timetables", "The lighthouse that moved", "How ferries learn to wait", "A map of smells",
    "Repairing nets by daylight", "The quiet engine", "Salt on the cables", "What the harbour master reads",
    "Winter moorings", "A grammar of flags", "The pilot’s apprentice", "Soup for two hundred",
    "Counting gulls", "Fog signals, old and new", "The dredger’s diary", "Paint that keeps barnacles away",
)  # fmt: skip

TITLES = {
    "ar": "المدّ وجداول المواعيد", "de": "Gezeiten und Fahrpläne", "es": "Mareas y horarios",
    "fr": "Marées et horaires", "it": "Maree e orari", "ja": "潮と時刻表", "pt-BR": "Marés e horários",
}  # fmt: skip

PARAGRAPHS = {
    "ar": "تنتظر العبّارة خمس دقائق، ثم تُبحر سواء وصل القطار أم لم يصل.",
    "de": "Die Fähre wartet fünf Minuten, dann legt sie ab, ob der Zug da ist oder nicht.",
    "es": "El ferry espera cinco minutos y después zarpa, haya llegado o no el tren.",
    "fr": "Le ferry attend cinq minutes, puis il part, que le train soit arrivé ou non.",
    "it": "Il traghetto aspetta cinque minuti, poi parte, che il treno sia arrivato o no.",
    "ja": "フェリーは5分待ち、列車が着いても着かなくても出航します。",
    "pt-BR": "A balsa espera cinco minutos e depois parte, tendo o trem chegado ou não.",
}

BEFORE = "The ferry waits five minutes, then it leaves, whether the train has arrived or not."
AFTER = "The ferry waits ten minutes in winter, then it leaves, whether or not the last train has arrived."

TRAPS = (
    '<script>document.title = "broken"</script>',
    "</script><img src=x onerror=alert(1)>",
    "\"double\" 'single' & &amp; entity",
    "turned \u202egnirts\u202c around \u2067and\u2069",
    "family 👩‍👩‍👧 and flag 🇪🇺",
    "</noscript><h1>out</h1>",
    "<!-- comment --> ]]> {{ liquid }}",
    "two\nlines\tand\x07bell",
)


def living() -> Report:
    """Return a site of two series and seven languages in which every status and kind of finding occurs."""
    return _report(Random(11), 36, LANGUAGES, ("episodes", "briefs"), "2026-03-04T05:06:07+00:00")


def sized(episodes: int, languages: int) -> Report:
    """Return a site of so many episodes and languages."""
    tags = tuple(
        map(
            Language,
            (
                "ar",
                "de",
                "es",
                "fr",
                "it",
                "ja",
                "ko",
                "nl",
                "pl",
                "pt",
                "ru",
                "tr",
                "uk",
                "vi",
                "bg",
                "ca",
                "cs",
                "da",
                "el",
                "et",
                "fa",
                "fi",
                "he",
                "hi",
                "hu",
                "id",
                "nb",
                "ro",
                "sv",
                "th",
            ),
        )
    )
    return _report(Random(5), episodes, tags[:languages], ("episodes",), "")


def trapped() -> Report:
    """Return a site whose titles, keys, paths and texts try to break out of the page."""
    episodes = []
    for number, trap in enumerate(TRAPS, 1):
        change = Change(change=ChangeKind.EDITED, kind=SegmentKind.PARAGRAPH, source_line=3, line=4, words=2,
                        before=trap, after=trap[::-1], present=trap)  # fmt: skip
        finding = _finding("mismatch", "es", str(number), f"docs/{trap}.md", field="title", value=trap, expected=trap)
        cells = tuple(
            Cell(language=Language(tag), status=Status.STALE, path=f"docs/{tag}/{trap}.md", title=trap,
                 basis=Basis.STAMP, changes=(change,), findings=(finding,), words=2, total=4, translated=1.0)
            for tag in ("es", "ar")
        )  # fmt: skip
        source = Source(language=EN, path=f"docs/en/{trap}.md")
        key = Key(str(number) if number % 2 else f"{number} {trap}")
        episodes.append(EpisodeReport(series="episodes", key=key, title=trap, source=source, cells=cells))
    return Report(
        version="0.1.0", source=EN, languages=(Language("ar"), Language("es")), series=("episodes",),
        episodes=tuple(episodes), repository=REPOSITORY,
        findings=(_finding("orphan", "es", "x", f"docs/{TRAPS[0]}.md"),),
    )  # fmt: skip


def trend() -> Trend:
    """Return six years of a site that grows, falls behind and catches up."""
    points = []
    for place, language in enumerate(LANGUAGES):
        for month in range(4 * place, 72):
            expected = 8 + month // 2
            covered = min(expected, 1 + round((month - 4 * place) * (0.62 - 0.05 * place)))
            behind = min(month % 9 // 3 + (max(0, 6 - abs(46 - month) // 2)), covered)
            points.append(
                point(f"{2020 + month // 12}-{month % 12 + 1:02}", language, expected, covered, covered - behind)
            )
    return Trend(tuple(points))


def _report(random: Random, count: int, languages: tuple[Language, ...], series: tuple[str, ...], when: str) -> Report:
    episodes = []
    for number in range(1, count + 1):
        name = series[0] if number <= count * 2 // 3 or len(series) == 1 else series[1]
        key = Key(str(number if name == series[0] else number - count * 2 // 3))
        total = random.randint(180, 2400)
        cells = tuple(_cell(random, name, key, language, total, place) for place, language in enumerate(languages))
        source = Source(language=EN, path=f"docs/{name}/{key}/en/episode.md", findings=_about_source(name, key, number))
        title = SUBJECTS[number % len(SUBJECTS)] + (f", part {number // len(SUBJECTS) + 1}" if number > 15 else "")
        episodes.append(EpisodeReport(series=name, key=key, title=title, source=source, cells=cells))
    stray = _finding("identity", "xx", "9", "docs/episodes/9/xx/episode.md", sentence="language-folder", folder="xx")
    return Report(version="0.1.0", source=EN, languages=languages, series=series, episodes=tuple(episodes),
                  findings=(stray,), repository=REPOSITORY, generated=when,
                  state=State("4261924" + 33 * "0", when) if when else None)  # fmt: skip


def _about_source(series: str, key: str, number: int) -> tuple[Finding, ...]:
    path = f"docs/{series}/{key}/en/episode.md"
    video = _finding("placeholder", "en", key, path, 9, field="video", value="https://example.org/url")
    return (video,) if number == 7 else ()


def _cell(random: Random, series: str, key: str, language: Language, total: int, place: int) -> Cell:
    status = random.choices(
        [Status.CURRENT, Status.STALE, Status.MISSING, Status.DRAFT, Status.UNKNOWN, Status.UNREADABLE, Status.EXEMPT],
        [60, 12, min(6 + 9 * place, 60), 5, 3, 0.8, 1.5],
    )[0]
    path = f"docs/{series}/{key}/{language}/episode.md"
    if status in (Status.MISSING, Status.EXEMPT):
        words = total if status is Status.MISSING else 0
        return Cell(language=language, status=status, path=path, words=words, total=words)
    title = TITLES.get(language, f"Titel {key}")
    if status is Status.UNREADABLE:
        return Cell(language=language, status=status, path=path,
                    findings=(_finding("unreadable", language, key, path, 4, problem="not valid YAML"),))  # fmt: skip
    common = {"language": language, "status": status, "path": path, "title": title, "total": total}
    if status is Status.DRAFT:
        return Cell(**common, words=total * 4 // 5, translated=0.2)
    if status is Status.UNKNOWN:
        return Cell(**common, findings=(_finding("unknown", language, key, path, sentence="no-git"),), reason="no-git")
    basis = random.choice([Basis.STAMP, Basis.HISTORY, Basis.HISTORY])
    notes = _notes(random, language, key, path)
    if status is Status.CURRENT:
        return Cell(**common, basis=basis, findings=notes, translated=1.0)
    changes = _changes(random, language)
    return Cell(**common, basis=basis, changes=changes, findings=notes, translated=0.97,
                words=sum(change.words for change in changes))  # fmt: skip


def _changes(random: Random, language: Language) -> tuple[Change, ...]:
    line = random.randint(20, 90)
    present = PARAGRAPHS.get(language, "…")
    title = Change(change=ChangeKind.EDITED, kind=SegmentKind.FIELD, field="title", source_line=2, line=2, words=3,
                   before="Tides and timetable", after="Tides and timetables",
                   present=TITLES.get(language, "Titel"))  # fmt: skip
    edited = Change(change=ChangeKind.EDITED, kind=SegmentKind.PARAGRAPH, source_line=line, line=line + 2, words=17,
                    before=BEFORE, after=AFTER, present=present)  # fmt: skip
    added = Change(change=ChangeKind.ADDED, kind=SegmentKind.HEADING, source_line=line + 9, words=5,
                   after="## What happens in a storm")  # fmt: skip
    removed = Change(change=ChangeKind.REMOVED, kind=SegmentKind.ITEM, line=line + 20, words=9,
                     before="- Tickets are sold on board, in cash only.", present="- …")  # fmt: skip
    return (title, edited, added, removed)[random.randint(0, 1) : random.randint(2, 4)]


def _notes(random: Random, language: str, key: str, path: str) -> tuple[Finding, ...]:
    chosen = random.random()
    if chosen < 0.06:
        return (_finding("local", language, key, path, 5, field="parent", value="Folgen", expected="Episodios"),)
    if chosen < 0.11:
        return (
            _finding("mismatch", language, key, path, 8, field="date", value="2024-05-01", expected="2024-05-02"),
            _finding("untranslated", language, key, path, 4, sentence="field", field="summary"),
        )
    return ()


def _finding(
    rule: str, language: str, key: str, path: str, line: int | None = None, *, sentence: str = "", **facts: object
) -> Finding:
    severity = Severity.ERROR if rule in ("identity", "unreadable") else Severity.WARNING
    return Finding(rule=rule, severity=severity, path=path, line=line, series="episodes", key=Key(key),
                   language=Language(language), problem=sentence, facts=facts)  # fmt: skip
