"""What people read is in their language, complete, and cannot hide anything."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import NASTY, finding
from transtool.errors import Message, Problem, UsageError
from transtool.i18n import ENGLISH, Words, choose
from transtool.model import Basis, ChangeKind, Json, SegmentKind, Severity, Status
from transtool.rules import RULES

SPANISH = Words("es", "es")
ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=4,
)


class TestMessages:
    def test_a_template_is_filled_with_facts(self) -> None:
        assert ENGLISH.text("{a} before {b}", a="x", b=2) == "x before 2"

    def test_doubled_braces_are_braces(self) -> None:
        assert ENGLISH.text("write {{lang}} or {{{name}}}", name="key") == "write {lang} or {key}"

    @pytest.mark.parametrize("template", ["{", "}", "{0}", "{a.b}", "{a!r}", "{a:>9}", "{}"])
    def test_a_broken_template_is_shown_as_it_is(self, template: str) -> None:
        assert ENGLISH.text(template, a="x") == template

    def test_a_place_without_a_fact_is_a_question_mark(self) -> None:
        assert ENGLISH.text("{nobody} knows") == "? knows"

    @pytest.mark.parametrize("fact", [None, ""])
    def test_a_fact_that_says_nothing_is_a_question_mark(self, fact: str | None) -> None:
        assert ENGLISH.text("in {path}", path=fact) == "in ?"

    @pytest.mark.parametrize(
        ("count", "sentence"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors"), (1234, "1,234 errors")]
    )
    def test_the_count_chooses_the_plural_form(self, count: int, sentence: str) -> None:
        assert ENGLISH.plural("{count} error", "{count} errors", count) == sentence

    def test_plural_forms_come_from_the_catalogue(self) -> None:
        assert [SPANISH.counted("words", count) for count in (0, 1, 2)] == ["0 palabras", "1 palabra", "2 palabras"]

    def test_counted_facts_bring_their_nouns(self) -> None:
        assert ENGLISH.text("{counted_words}, {counted_files}", words=1, files=2000) == "1 word, 2,000 files"

    def test_languages_are_named_where_the_template_asks_for_a_name(self) -> None:
        assert ENGLISH.text("{language}: {language_name}", language="de") == "de: German"
        assert SPANISH.text("{language_name}", language="de") == "alemán"

    def test_numbers_are_grouped_but_line_numbers_are_not(self) -> None:
        assert ENGLISH.text("{words} words in line {line}", words=12345, line=12345) == "12,345 words in line 12345"

    def test_shares_are_percentages(self) -> None:
        assert ENGLISH.text("{coverage}, {percent}, {wanted_percent}", coverage=0.5, share=0.25, wanted=0.9) == (
            "50%, 25%, 90%"
        )

    def test_the_sign_of_a_share_stays_with_its_number_where_lines_run_from_right_to_left(self) -> None:
        assert Words("ar", "ar").percent(0.5) == "\u206850%\u2069"

    def test_terms_of_the_tool_are_translated(self) -> None:
        assert SPANISH.text(
            "{status} {severity} {kind} {basis}", status="stale", severity="warning", kind="code", basis="pin"
        ) == (f"{SPANISH.status(Status.STALE)} aviso código {SPANISH.text('{basis}', basis='pin')}")

    def test_a_message_can_be_a_fact(self) -> None:
        inner = Message("unknown rule {name}", {"name": "x\x1b"})
        assert SPANISH.text("{hint}!", hint=inner) == r"regla desconocida: x\x1b!"

    def test_a_finished_sentence_can_be_a_fact_without_being_escaped_twice(self) -> None:
        arabic = Words("ar", "ar")
        inner = arabic.text("{name}", name="a\x1b")
        assert arabic.text("{reason}", reason=inner) == inner

    def test_lists_are_joined(self) -> None:
        assert ENGLISH.text("{names}", names=["a", "b", "c"]) == "a, b, and c"
        assert SPANISH.text("{names}", names=("a", "b")) == "a y b"

    @given(template=ANY_TEXT, facts=st.dictionaries(ANY_TEXT, JSON))
    def test_no_template_and_no_fact_can_break_it(self, template: str, facts: dict[str, object]) -> None:
        assert isinstance(ENGLISH.message(Message(template, facts)), str)


class TestProblems:
    def test_a_problem_says_where_what_and_the_way_out(self) -> None:
        problem = Problem(
            message=Message("unknown rule {name}", {"name": "stal"}),
            path="transtool.toml",
            line=3,
            hint=Message("did you mean {suggestion}?", {"suggestion": "stale"}),
        )
        assert ENGLISH.problem(problem) == "transtool.toml:3: unknown rule stal (did you mean stale?)"
        assert SPANISH.problem(problem) == "transtool.toml:3: regla desconocida: stal (¿querías decir stale?)"

    def test_braces_in_a_path_are_not_places(self) -> None:
        problem = Problem(message=Message("broken"), path="{name}/x", hint=Message("mend {it}", {"it": "{this}"}))
        assert ENGLISH.problem(problem) == "{name}/x: broken (mend {this})"


class TestFindings:
    @pytest.mark.parametrize(
        ("rule", "sentence", "facts", "expected"),
        [
            ("missing", "", {"target": "es/1.md"}, "no Spanish translation; it would be es/1.md"),
            ("local", "", {"field": "lang", "value": "en", "expected": "es"}, "lang is “en”, expected “es”"),
            ("local", "absent", {"field": "lang", "expected": ""}, "lang is absent, expected “”"),
            ("structure", "headings", {"count": 3, "expected": 1200}, "headings: 3 here, 1,200 in the source"),
            (
                "stale",
                "",
                {"segments": 1, "words": 12},
                "the source has changed since: 1 segment, 12 words",
            ),
            (
                "untranslated",
                "",
                {"segments": 2, "total": 40, "percent": 0.05, "lines": [7, 19]},
                "still worded as the source: 2 segments of 40 (5% of the words), on lines 7 and 19",
            ),
            (
                "unreadable",
                "",
                {"problem": "the front matter is not closed (no line {fence})", "fence": "---"},
                "cannot be read: the front matter is not closed (no line ---)",
            ),
        ],
    )
    def test_a_finding_is_said_with_its_facts(
        self, rule: str, sentence: str, facts: dict[str, Json], expected: str
    ) -> None:
        assert ENGLISH.finding(finding(rule, "x.md", sentence=sentence, language="es", **facts)) == expected

    def test_every_sentence_of_every_rule_can_be_said_without_facts(self) -> None:
        for rule in RULES.values():
            for sentence in rule.sentences:
                assert SPANISH.finding(finding(rule.id, "x.md", sentence=sentence))

    def test_long_values_are_cut_short(self) -> None:
        said = ENGLISH.finding(finding("local", "x.md", field="title", value="a" * 200, expected="b"))
        assert said == f"title is “{'a' * 79}…”, expected “b”"

    def test_values_cannot_hide_or_steer(self) -> None:
        said = ENGLISH.finding(finding("local", "x.md", field="a\nb", value="x\x1b[2J", expected="\u202egpj.exe"))
        assert said == r"a\nb is “x\x1b[2J”, expected “\u202egpj.exe”"

    def test_values_that_run_the_other_way_are_isolated(self) -> None:
        said = ENGLISH.finding(finding("local", "x.md", field="parent", value="الحلقات", expected="x"))
        assert said == "parent is “\u2068الحلقات\u2069”, expected “x”"

    def test_what_a_translation_itself_isolates_stays_isolated(self) -> None:
        said = Words("ar", "ar").finding(
            finding("unreadable", "x.md", problem="the alias *{alias} names nothing before it", alias="y")
        )
        assert "\u2066*\u2068y\u2069\u2069" in said

    def test_a_rule_that_nobody_knows_is_named(self) -> None:
        unknown = finding("missing", "x.md", severity=Severity.INFO)
        assert ENGLISH.rule("made-up") == "made-up"
        assert ENGLISH.finding(unknown)

    @given(
        rule=st.sampled_from(sorted(RULES)) | ANY_TEXT,
        sentence=ANY_TEXT,
        facts=st.dictionaries(ANY_TEXT | st.sampled_from(["field", "value", "words", "percent", "problem"]), JSON),
        language=st.none() | ANY_TEXT,
    )
    def test_no_fact_can_break_it(self, rule: str, sentence: str, facts: dict[str, Json], language: str | None) -> None:
        from transtool.model import Finding, Language

        made = Finding(
            rule=rule,
            severity=Severity.INFO,
            path="",
            problem=sentence,
            facts=facts,
            language=None if language is None else Language(language),
        )
        assert isinstance(SPANISH.finding(made), str)


class TestTerms:
    @pytest.mark.parametrize("words", [ENGLISH, SPANISH], ids=["en", "es"])
    def test_every_term_has_a_word(self, words: Words) -> None:
        said = [
            *map(words.status, Status),
            *map(words.severity, Severity),
            *map(words.kind, SegmentKind),
            *(words.text("{basis}", basis=each.value) for each in Basis),
            *(words.text("{change}", change=each.value) for each in ChangeKind),
        ]
        assert all(said)

    @pytest.mark.parametrize("reason", [*filter(None, RULES["unknown"].sentences), "no-source", "source-unreadable"])
    def test_every_reason_has_a_sentence_without_gaps(self, reason: str) -> None:
        assert " " in ENGLISH.reason(reason)
        assert "{" not in ENGLISH.reason(reason)
        assert SPANISH.reason(reason) != ENGLISH.reason(reason)

    def test_a_reason_that_nobody_knows_stays_as_it_is(self) -> None:
        assert ENGLISH.reason("something\nnew") == r"something\nnew"


class TestFormats:
    @pytest.mark.parametrize(
        ("share", "english", "spanish"),
        [
            (0, "0%", "0\N{NO-BREAK SPACE}%"),
            (0.001, "1%", "1\N{NO-BREAK SPACE}%"),
            (0.5, "50%", "50\N{NO-BREAK SPACE}%"),
            (0.999, "99%", "99\N{NO-BREAK SPACE}%"),
            (1, "100%", "100\N{NO-BREAK SPACE}%"),
        ],
    )
    def test_only_all_is_100_percent_and_only_none_is_0(self, share: float, english: str, spanish: str) -> None:
        assert (ENGLISH.percent(share), SPANISH.percent(share)) == (english, spanish)

    def test_english_looks_as_babel_writes_it(self) -> None:
        from babel.dates import format_date
        from babel.lists import format_list
        from babel.numbers import format_decimal, format_percent

        for number in (0, 7, 1000, -1234567, 0.5, 3.14159, 2.0):
            assert ENGLISH.number(number) == format_decimal(number, locale="en")
        for percent in (0, 1, 50, 100, 1234):
            assert ENGLISH.percent(percent / 100) == format_percent(percent / 100, locale="en")
        for moment in (date(2023, 9, 6), datetime(1999, 12, 31, 23, 59, tzinfo=UTC)):
            assert ENGLISH.date(moment) == format_date(moment, locale="en")
        for items in ([], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]):
            assert ENGLISH.list(items) == format_list(items, locale="en")

    def test_the_region_decides_about_formats(self) -> None:
        assert Words("de-CH", "de").number(12345) == "12’345"
        assert Words("de", "de").number(12345) == "12.345"

    def test_a_region_that_nobody_knows_leaves_those_of_the_language(self) -> None:
        assert Words("es-XX", "es").percent(0.5) == "50\N{NO-BREAK SPACE}%"

    def test_english_needs_no_babel(self) -> None:
        code = (
            "import sys; from transtool.i18n import choose;"
            "words = choose(None, {'LANG': 'en_US.UTF-8'});"
            "words.counted('words', 3), words.percent(.5), words.number(1e6), words.direction, words.quote('ñ');"
            "sys.exit('babel' in sys.modules)"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


class TestChoice:
    @pytest.mark.parametrize(
        ("environ", "tag"),
        [
            ({}, "en"),
            ({"LANG": "es_ES.UTF-8"}, "es-ES"),
            ({"LANG": "es_ES@euro"}, "es-ES"),
            ({"LANG": "C.UTF-8"}, "en"),
            ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_MX.UTF-8"}, "es-MX"),
            ({"LANG": "es", "LC_MESSAGES": "es", "LC_ALL": "C"}, "en"),
            ({"LANG": "", "LC_ALL": "", "LC_MESSAGES": "es"}, "es"),
            ({"LANG": "en_US.UTF-8", "LANGUAGE": "es"}, "es"),
            ({"LANG": "C.UTF-8", "LANGUAGE": "es"}, "es"),
            ({"LANGUAGE": "es"}, "es"),
            ({"LANG": "C", "LANGUAGE": "es"}, "en"),
            ({"LC_ALL": "POSIX", "LANGUAGE": "es", "LANG": "es"}, "en"),
            ({"LANG": "es", "LANGUAGE": "tlh:en:es"}, "en"),
            ({"LANG": "en", "LANGUAGE": "tlh::es_AR:en"}, "es-AR"),
            ({"LANG": "es", "LANGUAGE": "tlh"}, "es"),
            ({"LANG": "tlh_QO"}, "en"),
            ({"LANG": "../../es"}, "en"),
            ({"LANG": "éé"}, "en"),
        ],
    )
    def test_the_environment_chooses_in_the_order_of_gettext(self, environ: dict[str, str], tag: str) -> None:
        assert choose(None, environ).tag == tag

    def test_what_is_asked_for_wins(self) -> None:
        assert choose("es", {"LC_ALL": "en_US.UTF-8"}).catalogue == "es"
        assert choose("EN", {"LC_ALL": "es"}) == ENGLISH
        assert choose("es_mx", {}) == Words("es-MX", "es")

    @pytest.mark.parametrize("asked", ["tlh", "nonsense!", "../es", "e"])
    def test_a_language_without_a_catalogue_is_refused_with_those_there_are(self, asked: str) -> None:
        with pytest.raises(UsageError, match=r"en, .*es"):
            choose(asked, {})
