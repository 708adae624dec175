"""Where the fields of front matter stand, one in another: what ways of copying them between two files start from."""

from dataclasses import dataclass

from transtool.document.head import Head, eol_of
from transtool.document.values import Mapping, Scalar, Span, Value, follow

Names = tuple[str, ...]
"""The way to a field through mappings."""


@dataclass(frozen=True, slots=True)
class Member:
    """One `name: value` of a mapping: where its name stands, in which column, and where it ends (offsets)."""

    name: str
    key: Span
    value: Value
    column: int

    @property
    def end(self) -> int:
        """Return where the value ends; one that is empty ends with its name."""
        return max(self.value.span.end, self.key.end)


@dataclass(frozen=True, slots=True)
class Place:
    """A mapping, and the fields in it as far as it is known where they stand."""

    mapping: Mapping
    members: tuple[Member, ...]

    def at(self, name: str) -> int | None:
        """Return which of the members has this name."""
        return next((index for index, member in enumerate(self.members) if member.name == name), None)

    def __getitem__(self, name: str) -> Member | None:
        """Return the member of this name."""
        index = self.at(name)
        return None if index is None else self.members[index]


def place_of(head: Head, path: Names) -> Place | None:
    """Return the mapping that `path` leads to; None where there is none."""
    value: Value = head.mapping
    for name in path:
        inner = value.get(name) if isinstance(value, Mapping) else None
        if inner is None:
            return None
        value = inner
    if not isinstance(value, Mapping):
        return None
    known = value.keys if len(value.keys) == len(value.items) else ()
    pairs = zip(known, value.items, strict=False)
    return Place(value, tuple(Member(name, key, each, column(head.text, key.start)) for key, (name, each) in pairs))


def value_at(head: Head, path: Names) -> Value | None:
    """Return the value of a field; None where it is not there."""
    above = place_of(head, path[:-1])
    return None if above is None else above.mapping.get(path[-1])


def column(text: str, at: int) -> int:
    """Return how many characters stand before `at` in its line."""
    return at - text.rfind("\n", 0, at) - 1


def is_first(text: str, at: int) -> bool:
    """Say whether nothing but blanks stands before `at` in its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def fitted(chunk: str, by: int, head: Head) -> str:
    """Return lines of another file for `head`: with its line ends, all but the first moved to the right by `by`."""
    first, *rest = chunk.replace("\r\n", "\n").split("\n")
    return eol_of(head.text).join([first, *(_moved(line, by) for line in rest)])


def _moved(line: str, by: int) -> str:
    if not line.strip() or by == 0:
        return line
    return " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def neighbours(name: str, ours: Place, theirs: Place) -> tuple[Member | None, Member | None]:
    """Return which of our members a new field follows, and which it comes before, as it is in the other mapping."""
    at = theirs.at(name) or 0
    before = (ours[each.name] for each in reversed(theirs.members[:at]))
    after = (ours[each.name] for each in theirs.members[at + 1 :])
    return next(filter(None, before), None), next(filter(None, after), None)


# Fields between braces: JSON, and what YAML calls flow style


def inserted_between_braces(head: Head, ours: Place, theirs: Place, name: str, member: str) -> str:
    """Return the text with `member` (`name: value`) beside the fields that it stands beside in the other file."""
    text = head.text
    previous, following = neighbours(name, ours, theirs)
    if previous is None and following is None and ours.members:
        previous = ours.members[-1]
    if previous is not None:
        return f"{text[: previous.end]},{_gap(head, previous)}{member}{text[previous.end :]}"
    if following is not None:
        start = following.key.start
        return f"{text[:start]}{member},{_gap(head, following)}{text[start:]}"
    opening = text.index("{", ours.mapping.span.start if ours.mapping.span.end else head.start) + 1
    return f"{text[:opening]}{member}{text[opening:]}"


def _gap(head: Head, beside: Member) -> str:
    """Return what stands between two members: a line end where each has a line of its own."""
    return eol_of(head.text) + " " * beside.column if is_first(head.text, beside.key.start) else " "


def without_between_braces(head: Head, ours: Place, name: str) -> str:
    """Return the text without a field and one comma beside it."""
    at, text = ours.at(name) or 0, head.text
    start, end = ours.members[at].key.start, ours.members[at].end
    if at + 1 < len(ours.members):
        end = ours.members[at + 1].key.start
    elif at:
        start = ours.members[at - 1].end
    return text[:start] + text[end:]


def same_but(before: Value, after: Value, path: Names) -> bool:
    """Say whether two mappings differ at most in the field at `path`."""
    return _without(before, path) == _without(after, path)


def _without(value: Value, path: Names) -> Value:
    if not isinstance(value, Mapping):
        return value
    if len(path) == 1:
        return Mapping(tuple(item for item in value.items if item[0] != path[0]))
    return Mapping(tuple((name, _without(each, path[1:]) if name == path[0] else each) for name, each in value.items))


def order(value: Mapping, path: Names) -> tuple[str, ...]:
    """Return the names of the mapping that the field at `path` stands in, in their order."""
    inner = follow(value, path[:-1])
    return tuple(name for name, _ in inner.items) if isinstance(inner, Mapping) else ()


def is_nothing(value: Value) -> bool:
    """Say whether nothing is written there."""
    return isinstance(value, Scalar) and value.plain and not value.text
