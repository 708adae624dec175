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
    writer = _Writer(found, say)
    blocks = [writer.opening(repository)]
    for draft in found.drafts:
        blocks += [] if draft.minor else [writer.series(draft), writer.own_fields(draft)]
    blocks += [writer.aside(draft) for draft in found.drafts if draft.minor]
    blocks += [writer.pins(), writer.site_fields(), writer.aliases()]
    texts = ("\n".join(block) for block in blocks)
    return "\n\n".join(filter(None, texts)) + "\n"


class _Writer:
    """Gives the lines of each block of the configuration."""

    def __init__(self, found: Found, say: Say) -> None:
        self._found, self._say = found, say

    def _comment(self, message: Message | str) -> list[str]:
        return toml.comment(self._say(Message(message) if isinstance(message, str) else message))

    def _languages(self, languages: Sequence[str]) -> str:
        written = {str(tag): spelling for tag, spelling in self._found.tongues.written.items()}
        return toml.texts([written.get(tag, tag) for tag in languages])

    def opening(self, repository: str) -> Iterator[str]:
        """Give what the file is, and what is true of the whole site."""
        tongues = self._found.tongues
        yield f"#:schema {schema_id('config')}"
        what = N_(
            "How the files of this site belong together. transtool init wrote this after looking at {files} "
            "pages: read it, fix what is wrong, then run: transtool check"
        )
        yield from self._comment(Message(what, {"files": self._found.files}))
        yield ""
        yield from self._comment(N_("The language episodes are written in."))
        yield f"source = {toml.text(tongues.written.get(tongues.source, tongues.source))}"
        yield ""
        yield from self._comment(N_("The languages that every series without a list of its own is expected in."))
        yield f"languages = {self._languages(tongues.site)}"
        if repository:
            yield ""
            yield from self._comment(N_("The repository's web address, for links in reports."))
            yield f"repository = {toml.text(repository)}"

    def series(self, draft: Draft) -> Iterator[str]:
        """Give the table of a series."""
        yield from self._comment(about_series(self._found, draft))
        yield f"[series.{toml.key(draft.name)}]"
        if draft.copies:
            yield from self._comment(_about_copies(len(draft.copies)))
        yield f"path = {_one_or_more(draft.templates)}"
        if draft.others:
            yield from self._comment(N_("Or, if the site is set up for that:"))
            yield from (f"# path = {_one_or_more(templates)}" for templates in draft.others)
        own = self._found.tongues.series.get(draft.name)
        if own is not None:
            yield f"languages = {self._languages(own)}"
        if draft.key_fields:
            yield from self._comment(N_("File names differ between languages; this field links them."))
            yield f"key = {{ field = {_one_or_more(draft.key_fields)} }}"
        told = [mark for mark in self._found.marks if mark.series == draft.name]
        for mark in told:
            yield from self._comment(about_mark(mark))
        if told:
            yield f"exempt = [{', '.join(map(_exemption, told))}]"
        if draft.excluded:
            yield f"exclude = {toml.texts(draft.excluded)}"
        if draft.points_to:
            yield from self._comment(N_("In this field a translation names its source."))
            yield f"key = {{ points_to = {toml.text(draft.points_to)} }}"

    def aside(self, draft: Draft) -> Iterator[str]:
        """Give a small series as a comment, to be taken or left."""
        small = Message(N_("Too small to be taken for a series: {series}."), {"series": draft.name})
        yield from self._comment(small)
        for line in "\n".join(self.series(draft)).split("\n"):
            yield line if line.startswith("#") else f"# {line}"

    def own_fields(self, draft: Draft) -> Iterator[str]:
        """Give the roles that fields have in one series and not in the whole site."""
        own = self._found.roles.series.get(draft.name, ())
        special = {role.name: role for role in own if isinstance(role.role, str)}
        site = self._found.roles.site
        usual = {role.name: role.role for role in reversed(site)}
        name = f"series.{toml.key(draft.name)}.fields"
        if special:
            yield f"[{name}]"
        for kind in ("translated", "ignored", "own"):
            changed = [role for role in special.values() if kind in {role.role, usual.get(role.name, "shared")}]
            if changed:
                there = [role.name for role in site if special.get(role.name, role).role == kind]
                yield from self._reasons(changed, draft.name)
                yield f"{kind} = {toml.texts(there)}"
        local = self._locals(own, draft.name)
        if local:
            yield from (*([""] if special else []), f"[{name}.local]", *local)

    def site_fields(self) -> Iterator[str]:
        """Give the roles that fields have in the whole site."""
        roles = self._found.roles.site
        if not roles and not self._found.roles.series:
            return
        yield "[fields]"
        for kind, sentence in (
            ("translated", N_("Text that is translated.")),
            ("ignored", N_("Never compared.")),
            ("own", N_("Of the translation alone: neither compared nor copied.")),
        ):
            there = [role for role in roles if role.role == kind]
            if there or kind == "translated":
                yield from (*self._comment(sentence), *self._reasons(there, ""))
                yield f"{kind} = {toml.texts([role.name for role in there])}"
        shared = [role for role in roles if role.role == "shared"]
        if shared:
            yield from self._comment(N_("Every other field is shared, which means the same in every language:"))
            yield from self._reasons(shared, "")
        local = self._locals(roles, "")
        if local:
            made = self._comment(N_("Made for the language: checked, and written by scaffold."))
            yield from ("", *made, "[fields.local]", *local)

    def _locals(self, roles: Sequence[Role], series: str) -> list[str]:
        found: list[str] = []
        for role in roles:
            if not isinstance(role.role, str):
                found += [*self._reasons([role], series), f"{toml.key(role.name)} = {toml.local(role.role)}"]
        return found

    def _reasons(self, roles: Sequence[Role], series: str) -> Iterator[str]:
        for role in (each for each in roles if each.count):
            yield from (f"#  {line[1:]}" for line in self._comment(about_role(self._found, role, series)))

    def pins(self) -> Iterator[str]:
        """Give the records of the source's version that translations have."""
        for index, proof in enumerate(self._found.proofs):
            yield from [""] if index else []
            yield from self._comment(about_pin(proof))
            yield "[[pins]]" if index else "[pin]"
            yield f"field = {_one_or_more(proof.pin.fields)}"
            yield f"kind = {toml.text(proof.pin.kind.value)}"
            if proof.pin.comment:
                yield "comment = true"
            if proof.pin.source_field is not None:
                yield f"source_field = {toml.text(proof.pin.source_field)}"

    def aliases(self) -> Iterator[str]:
        """Give the spellings of languages that are not tags."""
        if self._found.tongues.aliases:
            yield from self._comment(N_("How this site spells languages = the tag that is meant."))
            yield "[aliases]"
            for spelling, language in sorted(self._found.tongues.aliases.items()):
                yield f"{toml.key(spelling)} = {toml.text(language)}"


def _about_copies(count: int) -> Message:
    return Message(
        N_(
            "{count} file names no language, although others do. With the last path it is reported as a "
            "duplicate; without that path it is left alone."
        ),
        plural=N_(
            "{count} files name no language, although others do. With the last path they are reported "
            "as duplicates; without that path they are left alone."
        ),
        count=count,
    )


def _exemption(mark: Mark) -> str:
    side = "source" if mark.of_source else "translation"
    return f"{{ field = {toml.text(mark.field)}, is = {mark.value}, of = {toml.text(side)} }}"


def _one_or_more(texts: Sequence[str]) -> str:
    return toml.text(texts[0]) if len(texts) == 1 else toml.texts(texts)
