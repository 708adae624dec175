"""What a site's configuration says, as plain values. `config.parse` makes them from `transtool.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from transtool.keys import NumberSet
from transtool.languages import Spellings
from transtool.layout import Template
from transtool.model import Key, Language, Masthead, Noun, Severity
from transtool.text.globs import fits

DEFAULT_TRANSLATED = ("title", "description", "summary")
"""The translated fields of a site whose configuration has no `[fields]`."""

DEFAULT_PLACEHOLDERS = (
    r"^(https?://)?(www\.)?(youtu\.be|youtube\.com|vimeo\.com)(/watch\?v=|/embed)?/?(url|id|video|video-?id|x{3,})?/?$",
    r"^https?:/{0,2}(url|link|todo|tbd|\.{3})?/?$",
    r"^(title|summary|description|url|todo|tbd|fixme|x{3,}|lorem ipsum\b.*)\.?$",
)
"""Values that nobody meant to publish; searched in a whole value, letters compared without case."""

DEFAULT_MAX_FILE_SIZE = 16
"""The largest file that is read where the configuration names none, in MiB: far more than any page people wrote."""

DEFAULT_PROSE_ATTRIBUTES = (
    "alt",
    "aria-label",
    "caption",
    "description",
    "header",
    "heading",
    "label",
    "subtitle",
    "summary",
    "tagline",
    "text",
    "title",
)
"""Attributes of components, tags, shortcodes and includes that hold prose, in lower case."""

DEFAULT_UNAFFECTED = r"^translations: *(unaffected|none)$"
"""The line at the end of a commit message that says that its changes of sources need no translation; searched in each
trailer (`Name: value`), letters compared without case."""

LabelTable = Mapping[str, Mapping[Language, str]]
"""Front matter field -> language -> the value it has there."""


@dataclass(frozen=True, slots=True)
class KeyField:
    """The key stands in front matter: the first of the (dotted) `fields` that is there.

    With `pattern`, the key is its first group (or the whole match) in the field's text.
    """

    fields: tuple[str, ...]
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class PointsTo:
    """A translation names its source file in the (dotted) `field`; a source has its own path's key."""

    field: str


KeyFrom = KeyField | PointsTo


class Side(StrEnum):
    """Whose front matter a condition is about."""

    SOURCE = "source"
    TRANSLATION = "translation"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class FieldIs:
    """The (dotted) `field` of the source, of the translation, or of `either` has this value (its text in YAML)."""

    field: str
    value: str = "true"
    of: Side = Side.EITHER


@dataclass(frozen=True, slots=True)
class Exemption:
    """Translations that are not wanted: those that everything given here is true of; None and () say nothing.

    `keys` and `globs` name episodes: one of the two is enough. `languages` are those not wanted. `before` and `after`
    are days that the page's date is earlier or later than. `field` is a mark in front matter.
    """

    keys: NumberSet | None = None
    languages: tuple[Language, ...] | None = None
    globs: tuple[str, ...] = ()
    before: date | None = None
    after: date | None = None
    field: FieldIs | None = None

    @property
    def reads_pages(self) -> bool:
        """Whether key and language alone cannot tell."""
        return not (self.before is None and self.after is None and self.field is None)

    def covers(self, key: Key, language: Language) -> bool:
        """Say whether key and language are among those that this is about."""
        named = (self.keys is None and not self.globs) or (self.keys is not None and key in self.keys)
        return (named or any(fits(glob, key) for glob in self.globs)) and (
            self.languages is None or language in self.languages
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A local field written from a pattern with `{lang}`, `{Language}`, `{number}`, `{key}` and the path's own places.

    `{lang}` is the language as the site spells it, `{Language}` its name in itself; `{date}`, `{slug}` and so on are
    what stands there in the path.
    """

    template: str


@dataclass(frozen=True, slots=True)
class TitleOf:
    """A local field that holds the title of the page at `path` (a pattern with `{lang}`)."""

    path: str


@dataclass(frozen=True, slots=True)
class Labels:
    """A local field whose values stand in `[labels]` and nowhere else."""


@dataclass(frozen=True, slots=True)
class Learn:
    """A local field that has the value most other episodes of its language and series have."""


@dataclass(frozen=True, slots=True)
class FromSource:
    """A local field that has the source's value with the language replaced, or put in the way the site does."""


LocalValue = Pattern | TitleOf | Labels | Learn | FromSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The roles of front matter fields (dotted names). A field named nowhere is shared.

    `own` fields differ on purpose, so that they are not copied either.
    """

    translated: tuple[str, ...] = DEFAULT_TRANSLATED
    ignored: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    local: Mapping[str, LocalValue] = field(default_factory=dict)


class Dialect(StrEnum):
    """What Markdown a file is written in."""

    COMMONMARK = "commonmark"
    JEKYLL = "jekyll"
    HUGO = "hugo"
    MDX = "mdx"
    MKDOCS = "mkdocs"
    PANDOC = "pandoc"
    VITEPRESS = "vitepress"


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: their dialect (None: told from each file), and which attributes hold prose.

    Without `prose_attributes` (None), these are the default ones, and not in Liquid tags, because what an include shows
    is mostly the same in every language.
    """

    dialect: Dialect | None = None
    prose_attributes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One run of episodes: where its files are, which languages it wants and how its fields are meant.

    `languages` are the translations expected, without the source. `fields`, `labels` and `reading` are complete:
    the site's with the series' own on top. Paths that a glob in `exclude` fits belong to no episode.
    """

    name: str
    templates: tuple[Template, ...]
    languages: tuple[Language, ...]
    exclude: tuple[str, ...] = ()
    since: int | None = None
    key: KeyFrom | None = None
    exempt: tuple[Exemption, ...] = ()
    fields: Fields = field(default_factory=Fields)
    labels: LabelTable = field(default_factory=dict)
    reading: Reading = Reading()

    def is_exempt(self, key: Key, language: Language) -> bool:
        """Say whether no translation of `key` into `language` is wanted, as far as key and language tell.

        A language that the series does not expect at all is exempt too. Text keys have no age.
        """
        if language not in self.languages:
            return True
        if self.since is not None and key in NumberSet(ranges=((0, self.since - 1),)):
            return True
        return any(each.covers(key, language) and not each.reads_pages for each in self.exempt)

    def leaves_out(self, path: str) -> bool:
        """Say whether the file at `path` is excluded from this series."""
        return any(fits(glob, path) for glob in self.exclude)


@dataclass(frozen=True, slots=True)
class StampNames:
    """The front matter fields that hold a translation's stamp."""

    digest: str = "source_digest"
    blob: str = "source_blob"
    reviewed: str = "source_reviewed"


class StampPlace(StrEnum):
    """Where stamps are kept: in the front matter of translations, or in one file of the site."""

    FIELDS = "fields"
    FILE = "file"


class Mark(StrEnum):
    """What `update` writes into a translation where the source says something new: comments, its new text, nothing."""

    COMMENT = "comment"
    SOURCE = "source"
    NONE = "none"


class PinKind(StrEnum):
    """What a site's own pin holds: a name of the source's version, or a date copied from the source."""

    COMMIT = "commit"
    BLOB = "blob"
    MD5 = "md5"
    SHA256 = "sha256"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The site's own record of the source version: the first of the (dotted) `fields` that is there.

    With `comment`, they are members of a JSON object in an HTML comment of the body. `source_field` is the
    field of the source that a `date` was copied from.
    """

    fields: tuple[str, ...]
    kind: PinKind
    comment: bool = False
    source_field: str | None = None


class Corrections(StrEnum):
    """What a translation is whose source was only corrected since."""

    CURRENT = "current"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The configuration of one site, complete: defaults filled in, languages canonical, templates compiled.

    `path` is the configuration file as it was named. `languages` are the translations expected where a series
    names none. `severities` has every rule. `placeholders` are regular expressions (RE2) to search a value with,
    letters compared without case. `max_file_size` is the most bytes that a file may have. `draft_share` (0 to 1) is
    the share of a translation's words that makes it a draft when they still read as the source. `corrections` says
    whether corrections of the source make it stale. Nothing that a glob in `exclude` fits is read. The first of the
    `pins` that a translation has counts. `noun` is what the site calls an episode, `masthead` stands at the head of its
    dashboard. `unaffected` is a regular expression
    (RE2) of the trailers of commits whose changes of sources need no translation. `mark` is what
    `update` writes for a translator.
    """

    path: str
    source: Language
    languages: tuple[Language, ...]
    series: tuple[Series, ...]
    spellings: Spellings
    severities: Mapping[str, Severity]
    repository: str = ""
    labels: LabelTable = field(default_factory=dict)
    placeholders: tuple[str, ...] = DEFAULT_PLACEHOLDERS
    draft_share: float = 0.5
    max_file_size: int = DEFAULT_MAX_FILE_SIZE << 20
    corrections: Corrections = Corrections.CURRENT
    stamp: StampNames = field(default_factory=StampNames)
    stamps: StampPlace = StampPlace.FIELDS
    pins: tuple[Pin, ...] = ()
    exclude: tuple[str, ...] = ()
    noun: Noun = Noun.EPISODE
    mark: Mark = Mark.COMMENT
    unaffected: str = DEFAULT_UNAFFECTED
    masthead: Masthead = field(default_factory=Masthead)

    @property
    def known_languages(self) -> tuple[Language, ...]:
        """Every language of the site: the source, then those of the site, then those only a series names."""
        every = (self.source, *self.languages, *(language for series in self.series for language in series.languages))
        return tuple(dict.fromkeys(every))

    def leaves_out(self, path: str) -> bool:
        """Say whether the file or folder at `path` is excluded from the site."""
        return any(fits(glob, path) for glob in self.exclude)

    def named(self, name: str) -> Series | None:
        """Return the series called `name`, or None."""
        return next((series for series in self.series if series.name == name), None)
