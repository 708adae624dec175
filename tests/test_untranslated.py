"""What of a translation still reads as its source."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.assess.across import kept_on_purpose
from transtool.assess.rules.untranslated import counts, overlap, own_words
from transtool.segments import Segment, split_body
from transtool.segments.views import wording

WORDS = st.lists(st.sampled_from(["red", "blue", "green", "tall", "new", "fast", "slow", "Ärger", "naïve", "7", "ok"]))
PAGES = st.lists(WORDS.map(" ".join).filter(str.strip), max_size=5).map("\n\n".join)


def reads_as(text: str, source: list[str]) -> bool:
    """The rule as it is written down: the same wording, or 60 % of at least three runs of three words.

    As many of its words that do not begin with a capital are the source's, too; what has none is a list of names.
    """

    def runs(text: str) -> list[tuple[str, ...]]:
        words = re.findall(r"[^\W\d_]+", text.casefold())
        return [tuple(words[at : at + 3]) for at in range(len(words) - 2)]

    own, theirs = runs(text), {run for each in source for run in runs(each)}
    known = {word for each in source for word in re.findall(r"[^\W\d_]+", each.casefold())}
    plain = [word for word in re.findall(r"[^\W\d_]+", text) if not word[0].isupper()]
    alike = 0 < 0.6 * len(plain) <= sum(word in known for word in plain)
    return text in source or (alike and len(own) >= 3 and sum(run in theirs for run in own) >= 0.6 * len(own))


def body(text: str) -> tuple[Segment, ...]:
    return split_body(text)


@given(source=PAGES, translation=PAGES)
def test_a_segment_reads_as_the_source_by_its_wording_or_its_runs_of_words(source: str, translation: str) -> None:
    said = [wording(each) for each in body(source)]
    wanted = [each for each in body(translation) if reads_as(wording(each), said) and counts(each)]

    assert list(overlap(body(source), body(translation), frozenset()).segments) == wanted


def test_code_is_text_too_even_where_it_looks_like_markup() -> None:
    page = body("Three plain words.\n\n`<b>` `<i>` `<u>` `<s>`")

    assert overlap(page, page, frozenset()).total == 7
    assert overlap(page, page[:1], frozenset()).total == 3


@given(page=PAGES)
def test_a_copy_is_identical_and_a_page_without_text_has_no_share(page: str) -> None:
    copy = overlap(body(page), body(page), frozenset())

    assert copy.identical == any(counts(each) for each in body(page))
    assert overlap(body(page), (), frozenset()).share == 0.0


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("write anna.berg@example.org please", False),
        ("write anna.berg@example.org please today", True),
        ("write (anna@example.org) now", False),
        ("ask @anna and @ben about it", True),
        ("ask @anna or @ben", False),
        ("see https://example.org/a-b-c for more", True),
        ("see www.example.org/a-b-c there", False),
        ("a@b@c.d.e!f one word", True),
        ("a@b@c.d.e one word", False),
        ("v1.2@ not an address", True),
    ],
)
def test_addresses_are_no_words_of_their_own(text: str, needed: bool) -> None:
    (segment,) = body(text)

    assert counts(segment) is needed


@pytest.mark.parametrize(
    "text",
    ["x" * 300_000, "@" * 300_000, "@a" * 150_000, "a@b." * 80_000, "a." * 150_000, "[" * 300_000, "[a](" * 80_000],
    ids=["letters", "ats", "names", "mailboxes", "dots", "brackets", "links"],
)
def test_a_hostile_word_of_any_length_is_looked_at_once(text: str) -> None:
    """What these took was the square of their length: minutes, which the time limit of the tests does not allow."""
    (segment,) = body(f"one two {text} three")

    assert counts(segment) in (True, False)
    assert overlap([segment], [segment], frozenset()).identical


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Ruby 3.3.8 已經發布了。", ("Ruby", "已經發布了")),
        ("Update `net-imap` to 0.5.12 now", ("Update", "to", "now")),
        ("Open astro.config.mjs or src/pages/index.md", ("Open", "or")),
        ("Call getStaticPaths() twice, with --watch", ("Call", "twice", "with")),
        ("Released on 2018-10-17 14:00:00 (UTC)", ("Released", "on", "UTC")),
        ("{% include player.html title='The long one' %} Listen", ("Listen",)),
        ('<abbr title="one two three">I/O</abbr> it is', ("one", "two", "three", "it", "is")),
        ("Don't stop", ("Don't", "stop")),
    ],
)
def test_versions_dates_files_identifiers_and_code_are_no_words_of_a_language(text: str, own: tuple[str, ...]) -> None:
    assert own_words(text) == own


@pytest.mark.parametrize(
    ("source", "translation", "alike"),
    [
        ("Ruby 2.0.0 has been released today.", "Ruby 2.0.0 がリリースされました。", False),
        ("* Posted on 2018-10-17 14:00:00 (UTC) by us", "* Publicado el 2018-10-17 14:00:00 (UTC) por nosotros", False),
        ("Warm up the old radio before the show.", "Warm up the old radio before the show now.", True),
        ("- Google Cloud Run", "- Google Cloud Run", False),
        ("- Warm up the radio", "- Warm up the radio", True),
        ("- `tea brew --hot --long now please`", "- `tea brew --hot --long now please`", False),
    ],
)
def test_only_words_of_the_source_make_a_segment_untranslated(source: str, translation: str, alike: bool) -> None:
    assert bool(overlap(body(source), body(translation), frozenset()).segments) is alike


def test_what_most_translations_keep_is_kept_on_purpose() -> None:
    kept = "The Long Way Home"

    assert kept_on_purpose(kept, [f"uno {kept}", f"due {kept}", f"trois {kept}", "vier"])
    assert not kept_on_purpose(kept, [f"uno {kept}", f"due {kept}", "trois"])
    assert not kept_on_purpose(kept, [f"uno {kept}", f"due {kept}", f"trois {kept}", "vier", "fem", "shest", "sedam"])


NAMES = ", ".join(
    f"[{each} Kettle][{each} site]" for each in ("Old", "Red", "Green", "Blue", "Tea", "Fine", "Great", "High")
)


@pytest.mark.parametrize(
    "around",
    [
        "Zmínky tohoto týdne: {} a Green Mill.",
        "今週の{}と Green Mill の変更。",
        "Erwähnenswert sind diese Woche {} und Green Mill.",
    ],
)
def test_a_sentence_around_a_long_list_of_names_is_translated(around: str) -> None:
    source = body(f"Notable changes of this week in {NAMES} and Green Mill.")

    assert not overlap(source, body(around.format(NAMES)), frozenset()).segments
    assert overlap(source, body(f"Notable changes of this day in {NAMES} and Green Mill."), frozenset()).segments
