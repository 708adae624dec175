"""The tables of `transtool.toml`: their keys, the type of each and what it means.

From here come the validation of single values (`toml_check`) and the JSON Schema for editors.
"""

from datetime import date
from typing import Annotated, TypeAlias

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from transtool.errors import N_
from transtool.model import Json, Noun, Severity
from transtool.rules import RULES
from transtool.schemas import schema_id
from transtool.settings import (
    DEFAULT_MAX_FILE_SIZE,
    DEFAULT_PROSE_ATTRIBUTES,
    DEFAULT_UNAFFECTED,
    Corrections,
    Dialect,
    Mark,
    PinKind,
    Side,
    StampNames,
    StampPlace,
)

_TAG = r"^[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*$"

Text: TypeAlias = Annotated[
    str, Meta(min_length=1, extra={"must": N_("{key} must be text that is not empty, not {value}")})
]
Texts: TypeAlias = Annotated[
    list[Text], Meta(extra={"must": N_('{key} must be a list of texts, such as ["a", "b"], not {value}')})
]
OneOrMore: TypeAlias = Annotated[
    Text | Annotated[list[Text], Meta(min_length=1)],
    Meta(extra={"must": N_("{key} must be text, or a list of texts that is not empty, not {value}")}),
]
Tag: TypeAlias = Annotated[
    str, Meta(pattern=_TAG, extra={"must": N_('{key} must be a language tag such as "es" or "pt-BR", not {value}')})
]
Tags: TypeAlias = Annotated[
    list[Tag], Meta(extra={"must": N_('{key} must be a list of language tags such as ["es", "fr"], not {value}')})
]
Flag: TypeAlias = Annotated[bool, Meta(extra={"must": N_("{key} must be true or false, not {value}")})]
True_: TypeAlias = Annotated[Flag, Meta(extra_json_schema={"const": True})]
Globs: TypeAlias = Annotated[
    Texts,
    Meta(description="Globs of paths in the site: * within a name, ** across folders; a folder means all in it."),
]
Address: TypeAlias = Annotated[
    str,
    Meta(
        pattern="^https?://[^ ]+$",
        extra={"must": N_("{key} must be an address that starts with https://, not {value}")},
    ),
]
Day: TypeAlias = Annotated[date, Meta(extra={"must": N_("{key} must be a date such as 2024-05-31, not {value}")})]
TABLE = N_("{key} must be a table, not {value}")
"""What is said of a key that should hold a table and does not."""


class Table(Struct, kw_only=True, forbid_unknown_fields=True):
    """The base of all tables: a key that is not listed is a mistake."""


class KeyTable(Table):
    """Where the key of an episode stands when it is not in the path."""

    field: Annotated[
        OneOrMore | UnsetType,
        Meta(description="The front matter field (dotted) that holds the key; of several, the first that is there."),
    ] = UNSET
    pattern: Annotated[
        Text | UnsetType,
        Meta(description="A regular expression: its first group (or the whole match) in the field is the key."),
    ] = UNSET
    points_to: Annotated[
        Text | UnsetType,
        Meta(description="The front matter field in which a translation names its source file."),
    ] = UNSET


class ExemptTable(Table):
    """Translations that are not wanted: those that everything given here is true of."""

    key: Annotated[
        Annotated[int, Meta(ge=0)] | Text | UnsetType,
        Meta(
            description='A number, a text key, or numbers and ranges such as "1-40,52". Without it: all.',
            extra={"must": N_('{key} must be a number, a key or a range such as "1-40", not {value}')},
        ),
    ] = UNSET
    keys: Annotated[Texts | UnsetType, Meta(description='Globs of keys, such as "2019-*".')] = UNSET
    languages: Annotated[Tags | UnsetType, Meta(description="The languages not wanted. Without it: all.")] = UNSET
    before: Annotated[Day | UnsetType, Meta(description="Pages with an earlier date.")] = UNSET
    after: Annotated[Day | UnsetType, Meta(description="Pages with a later date.")] = UNSET
    field: Annotated[Text | UnsetType, Meta(description="Pages with a mark in front matter: the field (dotted).")] = (
        UNSET
    )
    value: Annotated[
        bool | int | float | str,
        Meta(
            description="Its value; one of its values, where it is a list. Default: true.",
            extra={"must": N_("{key} must be one value: true, a number or text, not {value}")},
        ),
    ] = msgspec.field(default=True, name="is")
    of: Annotated[
        Side,
        Meta(
            description="Whose front matter: the source's, the translation's, or either.",
            extra={"must": N_("{key} must be one of source, translation, either, not {value}")},
        ),
    ] = Side.EITHER


_EXEMPT = {"minProperties": 1, "dependentRequired": {"is": ["field"], "of": ["field"]}}


class LocalTable(Table):
    """Where the value of a local field comes from, when it is no pattern. One key only."""

    title_of: Annotated[
        Text | UnsetType,
        Meta(description='The title of a page of that language, e.g. "docs/{lang}/episodes.md".'),
    ] = UNSET
    labels: Annotated[True_ | UnsetType, Meta(description="Its values stand in [labels].")] = UNSET
    learn: Annotated[
        True_ | UnsetType,
        Meta(description="The value that most other episodes of that language and series have."),
    ] = UNSET
    from_source: Annotated[
        True_ | UnsetType, Meta(description="The source's value, with the language in it replaced.")
    ] = UNSET


Local: TypeAlias = Annotated[
    Text | LocalTable,
    Meta(
        extra={
            "must": N_(
                '{key} must be a pattern such as "{{lang}}" or one of title_of, labels, learn, from_source, not {value}'
            )
        }
    ),
]


class FieldsTable(Table):
    """What the fields of front matter are. A field named nowhere is shared: the same in every language."""

    translated: Annotated[Texts, Meta(description="Fields (dotted) whose text is translated.")] = []
    ignored: Annotated[Texts, Meta(description="Fields that are never compared.")] = []
    own: Annotated[Texts, Meta(description="Fields that differ on purpose: neither compared nor copied.")] = []
    local: Annotated[
        dict[str, Local],
        Meta(description="Fields made from the language: checked, and written by scaffold.", extra={"must": TABLE}),
    ] = {}


LabelsTable: TypeAlias = Annotated[
    dict[str, Annotated[dict[str, Text], Meta(extra={"must": TABLE})]],
    Meta(description='Values of local fields by language: parent.es = "Episodios".', extra={"must": TABLE}),
]


DialectName: TypeAlias = Annotated[
    Dialect | UnsetType,
    Meta(
        description="What Markdown the files are written in. Default: told from each file.",
        extra={
            "must": N_("{key} must be one of commonmark, jekyll, hugo, mdx, mkdocs, pandoc, vitepress, not {value}"),
        },
    ),
]
ProseAttributes: TypeAlias = Annotated[
    Texts | UnsetType,
    Meta(
        description="Attributes of components, tags, shortcodes and includes that hold text to translate. Default: "
        + ", ".join(DEFAULT_PROSE_ATTRIBUTES)
        + "."
    ),
]


class SeriesTable(Table):
    """One run of episodes."""

    path: Annotated[
        OneOrMore | UnsetType,
        Meta(description='Path template(s) of the files, e.g. "docs/episodes/ep-{number}/{lang}/episode.md".'),
    ] = UNSET
    languages: Annotated[
        Tags | UnsetType, Meta(description="The translations expected. Default: those of the site.")
    ] = UNSET
    since: Annotated[
        Annotated[int, Meta(ge=0)] | UnsetType,
        Meta(
            description="Episodes with a smaller number need no translation.",
            extra={"must": N_("{key} must be a whole number of 0 or more, not {value}")},
        ),
    ] = UNSET
    key: Annotated[
        Annotated[
            KeyTable,
            Meta(
                extra_json_schema={
                    "oneOf": [{"required": ["field"]}, {"required": ["points_to"]}],
                    "dependentRequired": {"pattern": ["field"]},
                }
            ),
        ]
        | UnsetType,
        Meta(description="Where the key stands when it is not in the path.", extra={"must": TABLE}),
    ] = UNSET
    exempt: Annotated[
        list[Annotated[ExemptTable, Meta(extra_json_schema=_EXEMPT, extra={"must": TABLE})]],
        Meta(
            description="Translations that are not wanted.",
            extra={"must": N_('{key} must be a list of tables such as [{{ key = "12" }}], not {value}')},
        ),
    ] = []
    exclude: Globs = []
    fields: Annotated[
        FieldsTable | UnsetType,
        Meta(description="Roles of fields in this series, on top of the site's.", extra={"must": TABLE}),
    ] = UNSET
    labels: LabelsTable = {}
    dialect: DialectName = UNSET
    prose_attributes: ProseAttributes = UNSET


class StampTable(Table):
    """The names of the stamp's fields."""

    digest: Annotated[Text, Meta(description="Digest of the source's text.")] = StampNames().digest
    blob: Annotated[Text, Meta(description="Git's object id of the source file.")] = StampNames().blob
    reviewed: Annotated[Text, Meta(description="Segments that were reviewed one by one since.")] = StampNames().reviewed


class PinTable(Table):
    """The site's own record of the source version that a translation was made from."""

    field: Annotated[
        OneOrMore | UnsetType, Meta(description="The field (dotted) of the translation; the first that is there.")
    ] = UNSET
    kind: Annotated[
        PinKind | UnsetType,
        Meta(
            description="What it holds.",
            extra={"must": N_("{key} must be one of commit, blob, md5, sha256, date, not {value}")},
        ),
    ] = UNSET
    comment: Annotated[Flag, Meta(description="It stands in an HTML comment that holds JSON.")] = False
    source_field: Annotated[
        Text | UnsetType,
        Meta(description="For kind date: the field of the source that the date was copied from. Default: the same."),
    ] = UNSET


Pin: TypeAlias = Annotated[PinTable, Meta(extra_json_schema={"required": ["field", "kind"]})]
SEVERITY = N_("{key} must be one of error, warning, info, off, not {value}")


class DashboardTable(Table):
    """What stands at the head of the dashboard (`report --format html`)."""

    title: Annotated[Text | UnsetType, Meta(description="Its title, in place of “Translations”.")] = UNSET
    intro: Annotated[Text | UnsetType, Meta(description="A few sentences below it.")] = UNSET
    help: Annotated[
        Address | UnsetType, Meta(description="The address of a page for people who want to help translating.")
    ] = UNSET
    logo: Annotated[
        Text | UnsetType,
        Meta(description="The path of a picture in the site (PNG, JPEG, GIF, WebP, SVG); it is put into the page."),
    ] = UNSET


class SiteTable(Table):
    """The whole of transtool.toml."""

    source: Annotated[Tag | UnsetType, Meta(description="The language episodes are written in.")] = UNSET
    languages: Annotated[
        Tags, Meta(description="The languages that every series without a list of its own is expected in.")
    ] = []
    repository: Annotated[
        Address | UnsetType, Meta(description="The address of the repository, for links in reports.")
    ] = UNSET
    noun: Annotated[
        Noun,
        Meta(
            description="What the site calls an episode.",
            extra={
                "must": N_(
                    "{key} must be one of episode, article, page, post, lesson, chapter, guide, newsletter, document, "
                    "not {value}"
                )
            },
        ),
    ] = Noun.EPISODE
    exclude: Globs = []
    dialect: DialectName = UNSET
    prose_attributes: ProseAttributes = UNSET
    draft_share: Annotated[
        Annotated[float, Meta(gt=0, le=1)],
        Meta(
            description="A translation is a draft when this share of its words still reads as the source.",
            extra={"must": N_("{key} must be a number above 0, at most 1, not {value}")},
        ),
    ] = 0.5
    max_file_size: Annotated[
        Annotated[int, Meta(ge=1, le=1024)],
        Meta(
            description="The largest file that is read, in MiB; a larger one is reported.",
            extra={"must": N_("{key} must be a whole number from 1 to 1024 (MiB), not {value}")},
        ),
    ] = DEFAULT_MAX_FILE_SIZE
    corrections: Annotated[
        Corrections,
        Meta(
            description="What a translation is whose source was only corrected since: current or stale.",
            extra={"must": N_('{key} must be "current" or "stale", not {value}')},
        ),
    ] = Corrections.CURRENT
    unaffected: Annotated[
        Text,
        Meta(
            description="A regular expression of the trailer of commits whose changes of sources need no translation."
        ),
    ] = DEFAULT_UNAFFECTED
    placeholders: Annotated[
        Texts | UnsetType,
        Meta(description="Regular expressions of values that nobody meant to publish. Replaces the built-in ones."),
    ] = UNSET
    series: Annotated[
        dict[str, Annotated[SeriesTable, Meta(extra_json_schema={"required": ["path"]}, extra={"must": TABLE})]],
        Meta(
            description="The runs of episodes, by name.",
            extra_json_schema={"minProperties": 1, "propertyNames": {"pattern": "^[^\\s,]+$"}},
            extra={"must": TABLE},
        ),
    ] = {}
    fields: Annotated[
        FieldsTable | UnsetType, Meta(description="Roles of front matter fields.", extra={"must": TABLE})
    ] = UNSET
    labels: LabelsTable = {}
    dashboard: Annotated[
        DashboardTable | UnsetType,
        Meta(description="What stands at the head of the dashboard.", extra={"must": TABLE}),
    ] = UNSET
    aliases: Annotated[
        dict[str, Tag],
        Meta(description='The site\'s spelling of a language = its tag: iw = "he".', extra={"must": TABLE}),
    ] = {}
    rules: Annotated[
        dict[str, Annotated[Severity, Meta(extra={"must": SEVERITY})]],
        Meta(
            description="Severity of rules: error, warning, info, off.",
            extra_json_schema={"propertyNames": {"enum": list(RULES)}},
            extra={"must": TABLE},
        ),
    ] = {}
    stamps: Annotated[
        StampPlace,
        Meta(
            description="Where stamps are kept: in the front matter of translations, or in .transtool/stamps.json.",
            extra={"must": N_('{key} must be "fields" or "file", not {value}')},
        ),
    ] = StampPlace.FIELDS
    mark: Annotated[
        Mark,
        Meta(
            description="What update writes where the source says something new: comment, source or none.",
            extra={"must": N_('{key} must be "comment", "source" or "none", not {value}')},
        ),
    ] = Mark.COMMENT
    stamp: Annotated[StampTable, Meta(description="Names of the stamp's fields.", extra={"must": TABLE})] = (
        msgspec.field(default_factory=StampTable)
    )
    pin: Annotated[
        Pin | UnsetType,
        Meta(description="The site's own record of the source version.", extra={"must": TABLE}),
    ] = UNSET
    pins: Annotated[
        list[Annotated[Pin, Meta(extra={"must": TABLE})]],
        Meta(
            description="More such records; the first that a translation has counts.",
            extra={"must": N_("{key} must be tables, each under [[{key}]], not {value}")},
        ),
    ] = []


def schema() -> dict[str, Json]:
    """Return the JSON Schema of `transtool.toml`, as shipped in `schemas/config.schema.json`."""
    site = Annotated[SiteTable, Meta(title="transtool.toml", extra_json_schema={"required": ["source", "series"]})]
    document = msgspec.json.schema(site)
    # msgspec leaves out what is asked of one member of a union.
    document["$defs"]["LocalTable"] |= {"minProperties": 1, "maxProperties": 1}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schema_id("config"), **document}
