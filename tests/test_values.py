"""Values of front matter: when two of them say the same, and what they are called in messages."""

import pytest

from transtool.document.values import Mapping, Scalar, Sequence, Value, find, follow, instant, kind, same_value, show


def plain(text: str) -> Scalar:
    return Scalar(text, plain=True)


def listed(*items: str) -> Sequence:
    return Sequence(tuple(map(plain, items)))


SAME: list[tuple[Value | None, Value | None]] = [
    (None, None),
    (plain(""), None),
    (plain("~"), plain("null")),
    (plain("1"), Scalar("1")),
    (plain("true"), plain("True")),
    (plain("no"), plain("false")),
    (listed("a", "b"), Sequence((Scalar("a"), Scalar("b")), flow=True)),
    (Mapping((("a", plain("1")), ("b", plain("2")))), Mapping((("b", Scalar("2")), ("a", Scalar("1"))))),
    (
        plain("Wed Mar 05 2031 17:00:00 GMT-0700 (Pacific Daylight Time)"),
        plain("Wed Mar 05 2031 14:00:00 GMT-1000 (Hawaii-Aleutian Standard Time)"),
    ),
    (plain("Wed Mar 05 2031 17:00:00 GMT-0700 (heure d’été du Pacifique)"), plain("2031-03-06T00:00:00.000Z")),
    (plain("2031-03-06T00:00:00Z"), Scalar("2031-03-05 17:00:00 -0700")),
    (plain("2031-03-06T00:00:00"), plain("2031-03-06 00:00:00+00:00")),
    (plain("Thu, 06 Mar 2031 00:00:00 GMT"), plain("2031-03-06T01:00:00+01:00")),
    (plain("2031-03-06"), plain("2031-03-06T00:00:00Z")),
    (plain("2031-03-06"), plain("Wed Mar 05 2031 17:00:00 GMT-0700 (Pacific Daylight Time)")),
    (plain("2031-03-05"), plain("Wed Mar 05 2031 17:00:00 GMT-0700 (Pacific Daylight Time)")),
]

DIFFERENT: list[tuple[Value | None, Value | None]] = [
    (plain("a"), None),
    (Scalar(""), None),
    (plain("null"), Scalar("null")),
    (plain("1.10"), plain("1.1")),
    (plain("042"), plain("42")),
    (Scalar("no"), plain("false")),
    (listed("a", "b"), listed("b", "a")),
    (listed("a"), listed("a", "a")),
    (listed("a"), plain("a")),
    (Mapping((("a", plain("1")),)), Mapping((("a", plain("1")), ("b", plain("1"))))),
    (plain("2031-03-06"), plain("2031-03-07")),
    (plain("2031-03-06"), plain("3/6/2031")),
    (plain("2031-03-06T00:00:00Z"), plain("2031-03-06T00:00:01Z")),
    (plain("2031-03-06"), plain("2031-03-08T00:00:00Z")),
    (plain("2031-00-00"), plain("2031-00-01")),
    (plain("Wed Mar 05 2031 17:00:00 GMT-0700 (Pacific Daylight Time)"), plain("Wed Mar 05 2031 17:00:00 GMT-0800")),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_values_that_mean_the_same_to_a_site_are_the_same(a: Value | None, b: Value | None) -> None:
    assert same_value(a, b)
    assert same_value(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_values_that_mean_something_else_are_not_the_same(a: Value | None, b: Value | None) -> None:
    assert not same_value(a, b)
    assert not same_value(b, a)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "12",
        "2031",
        "20310305",
        "2031-03-05",
        "2031-13-05T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "12:30",
        "3/6/2031 10:00",
        "Wed Foo 05 2031 17:00:00 GMT-0700 (Nowhere)",
        "Wed Mar 45 2031 17:00:00 GMT-0700 (Nowhere)",
        "Wed Mar 05 2031 17:00:00 GMT-9900",
        "Wed Mar 05 12031 17:00:00 GMT-0700",
        "99 Foo 2031 17:00",
    ],
)
def test_what_is_no_moment_stays_text(text: str) -> None:
    assert instant(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "null"),
        ("~", "null"),
        ("no", "bool"),
        ("Y", "bool"),
        ("042", "based"),
        ("0x10", "based"),
        ("42", "int"),
        ("1_000", "int"),
        ("12:30", "int"),
        ("1.10", "float"),
        ("12e4", "float"),
        ("1234567", "int"),
        (".inf", "float"),
        ("2031-03-05", "date"),
        ("2031-3-5 10:00", "date"),
        ("=", "special"),
        ("<<", "special"),
        (":symbol", "special"),
        ("nothing", "text"),
        ("v1.10", "text"),
        ("3f2a", "text"),
        ("http://example.org", "text"),
    ],
)
def test_kind_names_what_a_yaml_reader_would_make_of_plain_text(text: str, name: str) -> None:
    assert kind(text) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (plain("~"), "null"),
        (Scalar(""), '""'),
        (Scalar("a\n  b"), "a b"),
        (Scalar("x" * 100), "x" * 79 + "…"),
        (listed("a", "b"), "[a, b]"),
        (Mapping((("a", listed("b")), ("c", plain("d")))), "{a: [b], c: d}"),
    ],
)
def test_messages_show_a_value_on_one_short_line(value: Value | None, text: str) -> None:
    assert show(value) == text


def test_a_dotted_name_finds_inner_values_and_names_that_hold_dots() -> None:
    inner = Mapping((("c.d", plain("1")), ("e", listed("x", "y"))))
    value = Mapping((("a", inner), ("a.e", plain("2"))))
    assert find(value, "a.c.d") == ("a", "c.d")
    assert find(value, "a.e") == ("a.e",)
    assert find(value, "a.e.1") == ("a", "e", 1)
    assert follow(value, ("a", "e", 1)) == plain("y")
    assert find(value, "a.e.2") is None
    assert find(value, "a.x") is None
    assert find(value, "") is None
