"""Everything that a look at a site found out, as plain values; sentences about it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transtool.discover.drafts import Draft, Tongues
from transtool.discover.generators import Hint
from transtool.discover.marks import Mark
from transtool.discover.pins import Proof
from transtool.discover.roles import Role, Roles
from transtool.discover.sightings import meant
from transtool.discover.sources import Origin
from transtool.errors import N_, Message
from transtool.languages import canonical
from transtool.model import Language
from transtool.settings import FromSource, Learn, Pattern, TitleOf

_MANY_EPISODES = 10
_MOST_LABELS = 8
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a site looks like.

    `files` counts its pages, `counts` the files of every series by language,
    `episodes` its episodes, `paths` its files.
    `values` are the usual texts of learnt fields by (series, field), the series being empty for the whole site;
    `deviations` are facts of fields that usually hold something else than the title of the page they take it from;
    `unread` are files that cannot be read, `strays` pages that no series has. `proofs` are the pins that fit the
    repository, `marks` fields that say that a page is not translated, or not to be.
    """

    files: int
    drafts: tuple[Draft, ...]
    tongues: Tongues
    counts: Mapping[str, Mapping[Language, int]]
    episodes: Mapping[str, int]
    roles: Roles
    values: Mapping[tuple[str, str], Mapping[Language, str]]
    deviations: tuple[Mapping[str, object], ...]
    hint: Hint | None
    unread: tuple[str, ...]
    origin: Origin
    proofs: tuple[Proof, ...] = ()
    marks: tuple[Mark, ...] = ()
    strays: tuple[str, ...] = ()
    paths: Mapping[str, Sequence[str]] = field(default_factory=dict)


def about_series(found: Found, draft: Draft) -> Message:
    """Say how many episodes and files a series has, language by language."""
    counts = found.counts[draft.name]
    return Message(
        N_("{count} episode, {files} files: {languages}"),
        {"files": sum(counts.values()), "languages": ", ".join(f"{tag} {count}" for tag, count in counts.items())},
        plural=N_("{count} episodes, {files} files: {languages}"),
        count=found.episodes[draft.name],
    )


def summary(found: Found) -> Iterator[Message]:
    """Say in a screen what was seen: where it was looked, the source and why, series, fields, pins, what is left."""
    hint, origin = found.hint, found.origin
    if hint is not None and hint.generator is not None:
        yield Message(N_("built with {generator}: {path}"), {"generator": hint.generator, "path": hint.path})
    yield Message(N_("source language: {language} ({why})"), {"language": origin.language, "why": origin.why})
    for draft in found.drafts:
        if not draft.minor:
            yield Message(N_("{series}: {what}"), {"series": draft.name, "what": about_series(found, draft)})
    roles = [role for _, role in found.roles.every()]
    for fields, sentence in (
        ([role for role in roles if role.role == "translated"], N_("fields that are translated: {fields}")),
        ([role for role in roles if not isinstance(role.role, str)], N_("fields made for the language: {fields}")),
        ([role for role in roles if role.role in {"ignored", "own"}], N_("fields that are not compared: {fields}")),
    ):
        names = list(dict.fromkeys(role.name for role in fields))
        if names:
            yield Message(sentence, {"fields": _shortened(names)})
    yield from map(about_pin, found.proofs)
    yield from map(about_mark, found.marks)
    yield from _about_rest(found)


def about_pin(proof: Proof) -> Message:
    """Say what a pin holds, and how well it fits the repository."""
    return Message(
        N_("{field} pins {count} translations to a version of the source ({kind}); {fits} of {tried} tried fit"),
        {
            "field": ", ".join(proof.pin.fields),
            "kind": proof.pin.kind.value,
            "count": proof.count,
            "fits": proof.fits,
            "tried": proof.tried,
        },
    )


def about_mark(mark: Mark) -> Message:
    """Say what a field marks."""
    facts = {"field": mark.field, "value": mark.value}
    if mark.of_source:
        return Message(
            N_("{field} is {value} in {count} source: not to be translated"),
            facts,
            plural=N_("{field} is {value} in {count} sources: not to be translated"),
            count=mark.count,
        )
    return Message(
        N_("{field} is {value} in {count} translation: not translated yet"),
        facts,
        plural=N_("{field} is {value} in {count} translations: not translated yet"),
        count=mark.count,
    )


def _about_rest(found: Found) -> Iterator[Message]:
    """Say what was left out: small series, and pages that no series has."""
    minor = [draft.name for draft in found.drafts if draft.minor]
    if minor:
        yield Message(N_("left out because they are small: {series}"), {"series": _shortened(minor)})
    if found.strays:
        folders = Counter(path.partition("/")[0] + "/" if "/" in path else path for path in found.strays)
        names = [name if count == 1 else f"{name} {count}" for name, count in folders.most_common()]
        yield Message(
            N_("in no series: {count} page ({folders})"),
            {"folders": _shortened(names)},
            plural=N_("in no series: {count} pages ({folders})"),
            count=len(found.strays),
        )


def _shortened(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


def about_role(found: Found, role: Role, series: str) -> Message:
    """Say why a field has its role; `series` is empty where it has it in the whole site."""
    facts = {"field": role.name, "count": role.count, "same": role.same, "differs": role.count - role.same}
    match role.role:
        case "translated":
            return Message(N_("{field}: differs from the source in {differs} of {count} translations"), facts)
        case "ignored":
            return Message(N_("{field}: neither shared nor words; differs in {differs} of {count} translations"), facts)
        case Pattern(template):
            return Message(N_("{field}: made as {pattern} (translations: {count})"), facts | {"pattern": template})
        case "own":
            return Message(N_("{field}: says who translated, in {count} translations"), facts)
        case FromSource():
            return Message(N_("{field}: the source's with the language replaced, in {count} translations"), facts)
        case TitleOf(path):
            return Message(N_("{field}: the title of {page} in most languages"), facts | {"page": path})
        case Learn():
            values = found.values.get((series, role.name), {})
            shown = ", ".join(f"{language} {text}" for language, text in list(values.items())[:_MOST_LABELS])
            return Message(N_("{field}: a label of its own in every language: {values}"), facts | {"values": shown})
        case _:
            return Message(N_("{field}: as in the source in {same} of {count} translations"), facts)


def warnings(found: Found) -> Iterator[Message]:
    """Say what a person should look at."""
    if found.origin.unsure:
        yield Message(
            N_("make sure that sources are in {language} ({why}); if not, say --source"),
            {"language": found.origin.language, "why": found.origin.why},
        )
    yield from () if found.hint is None else _about_hint(found, found.hint)
    for draft in found.drafts:
        yield from () if draft.minor else _about_draft(found, draft)
    for facts in found.deviations:
        yield Message(N_("{field} is {value} in {language}, but the page it names there is titled {expected}"), facts)
    if found.unread:
        yield Message(
            N_("{count} file cannot be read: {path}"),
            {"path": found.unread[0]},
            plural=N_("{count} files cannot be read, {path} for instance"),
            count=len(found.unread),
        )


def _about_hint(found: Found, hint: Hint) -> Iterator[Message]:
    """Say where the files are not as the generator's configuration has it."""
    used = {tag for counts in found.counts.values() for tag in counts} | {found.tongues.source}
    listed = [canonical(meant(tag)) for tag in hint.languages]
    unused = [tag for tag in listed if tag not in used]
    unlisted = sorted(tag for tag in used if listed and tag not in (*listed, found.origin.language))
    for languages, sentence in (
        (unused, N_("{path} lists languages that no file is in: {languages}")),
        (unlisted, N_("files are in languages that {path} does not list: {languages}")),
    ):
        if languages:
            yield Message(sentence, {"path": hint.path, "languages": ", ".join(languages)})
    if hint.default and hint.source_among([found.tongues.source]) != found.tongues.source:
        yield Message(
            N_("{path} calls {default} the default, but most sources are in {source}"),
            {"path": hint.path, "default": hint.default, "source": found.tongues.source},
        )


def _about_draft(found: Found, draft: Draft) -> Iterator[Message]:
    counts = found.counts[draft.name]
    if draft.copies:
        yield Message(
            N_("{series}: {count} file names no language, although others do: {path}"),
            {"series": draft.name, "path": draft.copies[0]},
            plural=N_("{series}: {count} files name no language, although others do, {path} for instance"),
            count=len(draft.copies),
        )
    if not counts.get(found.tongues.source):
        sentence = N_("{series}: no file is in the source language {source}")
        yield Message(sentence, {"series": draft.name, "source": found.tongues.source})
    rare = [tag for tag, count in counts.items() if count == 1 and found.episodes[draft.name] >= _MANY_EPISODES]
    if rare:
        sentence = N_("{series}: only one file is in {languages}; if that is a mistake, remove it from the list")
        yield Message(sentence, {"series": draft.name, "languages": ", ".join(rare)})
