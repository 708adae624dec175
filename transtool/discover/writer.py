"""Write what was found as a commented `transtool.toml`."""

from collections.abc import Callable, Iterator, Sequence

from transtool.discover import toml
from transtool.discover.drafts import Draft
from transtool.discover.found import Found, about_mark, about_pin, about_role, about_series
from transtool.discover.marks import Mark
from transtool.discover.roles import Role
from transtool.errors import N_, Message
from transtool.schemas import schema_id

Say = Callable[[Message], str]


def write(found: Found, say: Say, repository: str = "") -> str:
    """Return the text of the configuration, its comments as `say` puts them.

    `repository` is the address of its pages in the web, empty where nobody knows.
    """
    major = [draft for draft in found.drafts if not draft.minor]
    blocks = [
        list(_opening(found, say, repository)),
        *(
            block
            for draft in major
            for block in (list(_series(found, draft, say)), list(_own_fields(found, draft, say)))
        ),
        *(list(_aside(found, draft, say)) for draft in found.drafts if draft.minor),
        list(_pins(found, say)),
        list(_site_fields(found, say)),
        list(_aliases(found, say)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _opening(found: Found, say: Say, repository: str) -> Iterator[str]:
    yield f"#:schema {schema_id('config')}"
    yield from toml.comment(
        say(
            Message(
                N_(
                    "How the files of this site belong together. transtool init wrote this after looking at {files} "
                    "pages: read it, fix what is wrong, then run: transtool check"
                ),
                {"files": found.files},
            )
        )
    )
    yield ""
    tongues = found.tongues
    yield from toml.comment(say(Message(N_("The language episodes are written in."))))
    yield f"source = {toml.text(tongues.written.get(tongues.source, tongues.source))}"
    yield ""
    yield from toml.comment(
        say(Message(N_("The languages that every series without a list of its own is expected in.")))
    )
    yield f"languages = {toml.texts(_written(found, tongues.site))}"
    if repository:
        yield ""
        yield from toml.comment(say(Message(N_("The repository's web address, for links in reports."))))
        yield f"repository = {toml.text(repository)}"


def _series(found: Found, draft: Draft, say: Say) -> Iterator[str]:
    yield from toml.comment(say(about_series(found, draft)))
    yield f"[series.{toml.key(draft.name)}]"
    if draft.copies:
        yield from toml.comment(
            say(
                Message(
                    N_(
                        "{count} file names no language, although others do. With the last path it is reported as a "
                        "duplicate; without that path it is left alone."
                    ),
                    plural=N_(
                        "{count} files name no language, although others do. With the last path they are reported "
                        "as duplicates; without that path they are left alone."
                    ),
                    count=len(draft.copies),
                )
            )
        )
    yield f"path = {_paths(draft.templates)}"
    if draft.others:
        yield from toml.comment(say(Message(N_("Or, if the site is set up for that:"))))
        yield from (f"# path = {_paths(templates)}" for templates in draft.others)
    own = found.tongues.series.get(draft.name)
    if own is not None:
        yield f"languages = {toml.texts(_written(found, own))}"
    if draft.key_fields:
        yield from toml.comment(say(Message(N_("File names differ between languages; this field links them."))))
        names = draft.key_fields
        yield f"key = {{ field = {toml.text(names[0]) if len(names) == 1 else toml.texts(names)} }}"
    told = [mark for mark in found.marks if mark.series == draft.name]
    for mark in told:
        yield from toml.comment(say(about_mark(mark)))
    if told:
        yield f"exempt = [{', '.join(map(_exemption, told))}]"
    if draft.excluded:
        yield f"exclude = {toml.texts(draft.excluded)}"
    if draft.points_to:
        yield from toml.comment(say(Message(N_("In this field a translation names its source."))))
        yield f"key = {{ points_to = {toml.text(draft.points_to)} }}"


def _exemption(mark: Mark) -> str:
    side = "source" if mark.of_source else "translation"
    return f"{{ field = {toml.text(mark.field)}, is = {mark.value}, of = {toml.text(side)} }}"


def _paths(templates: Sequence[str]) -> str:
    return toml.text(templates[0]) if len(templates) == 1 else toml.texts(templates)


def _pins(found: Found, say: Say) -> Iterator[str]:
    for index, proof in enumerate(found.proofs):
        if index:
            yield ""
        yield from toml.comment(say(about_pin(proof)))
        yield "[[pins]]" if index else "[pin]"
        yield f"field = {_paths(proof.pin.fields)}"
        yield f"kind = {toml.text(proof.pin.kind.value)}"
        if proof.pin.comment:
            yield "comment = true"
        if proof.pin.source_field is not None:
            yield f"source_field = {toml.text(proof.pin.source_field)}"


def _aside(found: Found, draft: Draft, say: Say) -> Iterator[str]:
    """Write a small series as a comment, to be taken or left."""
    facts = {"series": draft.name}
    yield from toml.comment(say(Message(N_("Too small to be taken for a series: {series}."), facts)))
    for line in "\n".join(_series(found, draft, say)).split("\n"):
        yield line if line.startswith("#") else f"# {line}"


def _own_fields(found: Found, draft: Draft, say: Say) -> Iterator[str]:
    own = found.roles.series.get(draft.name, ())
    lists = [role for role in own if isinstance(role.role, str)]
    local = [role for role in own if not isinstance(role.role, str)]
    name = f"series.{toml.key(draft.name)}.fields"
    if lists:
        yield f"[{name}]"
        special = {role.name: role.role for role in lists}
        for kind in ("translated", "ignored", "own"):
            site = [role.name for role in found.roles.site if special.get(role.name, role.role) == kind]
            changed = [role for role in lists if kind in {role.role, _site_role(found, role.name)}]
            if changed:
                yield from _reasons(found, changed, draft.name, say)
                yield f"{kind} = {toml.texts(site)}"
        if local:
            yield ""
    if local:
        yield f"[{name}.local]"
        yield from _locals(found, local, draft.name, say)


def _site_role(found: Found, name: str) -> object:
    return next((role.role for role in found.roles.site if role.name == name), "shared")


def _site_fields(found: Found, say: Say) -> Iterator[str]:
    roles = found.roles.site
    if not roles and not found.roles.series:
        return
    yield "[fields]"
    for kind, sentence in (
        ("translated", N_("Text that is translated.")),
        ("ignored", N_("Never compared.")),
        ("own", N_("Of the translation alone: neither compared nor copied.")),
    ):
        there = [role for role in roles if role.role == kind]
        if there or kind == "translated":
            yield from toml.comment(say(Message(sentence)))
            yield from _reasons(found, there, "", say)
            yield f"{kind} = {toml.texts([role.name for role in there])}"
    local = [role for role in roles if not isinstance(role.role, str)]
    shared = [role for role in roles if role.role == "shared"]
    if shared:
        yield from toml.comment(
            say(Message(N_("Every other field is shared, which means the same in every language:")))
        )
        yield from _reasons(found, shared, "", say)
    if local:
        yield ""
        yield from toml.comment(say(Message(N_("Made for the language: checked, and written by scaffold."))))
        yield "[fields.local]"
        yield from _locals(found, local, "", say)


def _locals(found: Found, roles: Sequence[Role], series: str, say: Say) -> Iterator[str]:
    for role in roles:
        if not isinstance(role.role, str):
            yield from _reasons(found, [role], series, say)
            yield f"{toml.key(role.name)} = {toml.local(role.role)}"


def _reasons(found: Found, roles: Sequence[Role], series: str, say: Say) -> Iterator[str]:
    for role in (each for each in roles if each.count):
        yield from (f"#  {line[1:]}" for line in toml.comment(say(about_role(found, role, series))))


def _aliases(found: Found, say: Say) -> Iterator[str]:
    if found.tongues.aliases:
        yield from toml.comment(say(Message(N_("How this site spells languages = the tag that is meant."))))
        yield "[aliases]"
        for spelling, language in sorted(found.tongues.aliases.items()):
            yield f"{toml.key(spelling)} = {toml.text(language)}"


def _written(found: Found, languages: Sequence[str]) -> list[str]:
    written = {str(tag): spelling for tag, spelling in found.tongues.written.items()}
    return [written.get(tag, tag) for tag in languages]
