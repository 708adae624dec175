"""The tables of `transtool.toml`: their keys, the type of each and what it means.

From here come the validation of single values (`toml_check`) and the JSON Schema for editors.
"""

from datetime import date
from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import Meta, Struct

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


def says(description: str, must: str | None = None, *, schema: dict[str, Json] | None = None) -> Meta:
    """Return what a key means, what is said of a wrong value (see `must`), and more of its JSON Schema."""
    return Meta(description=description, extra={"must": must} if must else None, extra_json_schema=schema)


def must(template: str) -> Meta:
    """Return what is said of a value of the wrong type: a sentence with the places `{key}` and `{value}`."""
    return Meta(extra={"must": template})


_TAG = r"^[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*$"

Text: TypeAlias = Annotated[
    str, Meta(min_length=1, extra={"must": N_("{key} must be text that is not empty, not {value}")})
]
Texts: TypeAlias = Annotated[list[Text], must(N_('{key} must be a list of texts, such as ["a", "b"], not {value}'))]
OneOrMore: TypeAlias = Annotated[
    Text | Annotated[list[Text], Meta(min_length=1)],
    must(N_("{key} must be text, or a list of texts that is not empty, not {value}")),
]
Tag: TypeAlias = Annotated[
    str, Meta(pattern=_TAG, extra={"must": N_('{key} must be a language tag such as "es" or "pt-BR", not {value}')})
]
Tags: TypeAlias = Annotated[
    list[Tag], must(N_('{key} must be a list of language tags such as ["es", "fr"], not {value}'))
]
Flag: TypeAlias = Annotated[bool, must(N_("{key} must be true or false, not {value}"))]
True_: TypeAlias = Annotated[Flag, Meta(extra_json_schema={"const": True})]
Globs: TypeAlias = Annotated[
    Texts, says("Globs of paths in the site: * within a name, ** across folders; a folder means all in it.")
]
Address: TypeAlias = Annotated[
    str,
    Meta(
        pattern="^https?://[^ ]+$",
        extra={"must": N_("{key} must be an address that starts with https://, not {value}")},
    ),
]
Day: TypeAlias = Annotated[date, must(N_("{key} must be a date such as 2024-05-31, not {value}"))]
TABLE = N_("{key} must be a table, not {value}")
"""What is said of a key that should hold a table and does not."""


class Table(Struct, kw_only=True, forbid_unknown_fields=True):
    """The base of all tables: a key that is not listed is a mistake."""


class KeyTable(Table):
    """Where the key of an episode stands when it is not in the path."""

    field: Annotated[
        OneOrMore | None,
        says("The front matter field (dotted) that holds the key; of several, the first that is there."),
    ] = None
    pattern: Annotated[
        Text | None, says("A regular expression: its first group (or the whole match) in the field is the key.")
    ] = None
    points_to: Annotated[Text | None, says("The front matter field in which a translation names its source file.")] = (
        None
    )


class ExemptTable(Table):
    """Translations that are not wanted: those that everything given here is true of."""

    key: Annotated[
        Annotated[int, Meta(ge=0)] | Text | None,
        says(
            'A number, a text key, or numbers and ranges such as "1-40,52". Without it: all.',
            N_('{key} must be a number, a key or a range such as "1-40", not {value}'),
        ),
    ] = None
    keys: Annotated[Texts | None, says('Globs of keys, such as "2019-*".')] = None
    languages: Annotated[Tags | None, says("The languages not wanted. Without it: all.")] = None
    before: Annotated[Day | None, says("Pages with an earlier date.")] = None
    after: Annotated[Day | None, says("Pages with a later date.")] = None
    field: Annotated[Text | None, says("Pages with a mark in front matter: the field (dotted).")] = None
    value: Annotated[
        bool | int | float | str,
        says(
            "Its value; one of its values, where it is a list. Default: true.",
            N_("{key} must be one value: true, a number or text, not {value}"),
        ),
    ] = msgspec.field(default=True, name="is")
    of: Annotated[
        Side,
        says(
            "Whose front matter: the source's, the translation's, or either.",
            N_("{key} must be one of source, translation, either, not {value}"),
        ),
    ] = Side.EITHER


_EXEMPT = {"minProperties": 1, "dependentRequired": {"is": ["field"], "of": ["field"]}}


class LocalTable(Table):
    """Where the value of a local field comes from, when it is no pattern. One key only."""

    title_of: Annotated[Text | None, says('The title of a page of that language, e.g. "docs/{lang}/episodes.md".')] = (
        None
    )
    labels: Annotated[True_ | None, says("Its values stand in [labels].")] = None
    learn: Annotated[True_ | None, says("The value that most other episodes of that language and series have.")] = None
    from_source: Annotated[True_ | None, says("The source's value, with the language in it replaced.")] = None


Local: TypeAlias = Annotated[
    Text | LocalTable,
    must(N_('{key} must be a pattern such as "{{lang}}" or one of title_of, labels, learn, from_source, not {value}')),
]


class FieldsTable(Table):
    """What the fields of front matter are. A field named nowhere is shared: the same in every language."""

    translated: Annotated[Texts, says("Fields (dotted) whose text is translated.")] = []
    ignored: Annotated[Texts, says("Fields that are never compared.")] = []
    own: Annotated[Texts, says("Fields that differ on purpose: neither compared nor copied.")] = []
    local: Annotated[
        dict[str, Local], says("Fields made from the language: checked, and written by scaffold.", TABLE)
    ] = {}


LabelsTable: TypeAlias = Annotated[
    dict[str, Annotated[dict[str, Text], must(TABLE)]],
    says('Values of local fields by language: parent.es = "Episodios".', TABLE),
]


DialectName: TypeAlias = Annotated[
    Dialect | None,
    says(
        "What Markdown the files are written in. Default: told from each file.",
        N_("{key} must be one of commonmark, jekyll, hugo, mdx, mkdocs, pandoc, vitepress, not {value}"),
    ),
]
ProseAttributes: TypeAlias = Annotated[
    Texts | None,
    says(
        "Attributes of components, tags, shortcodes and includes that hold text to translate. Default: "
        + ", ".join(DEFAULT_PROSE_ATTRIBUTES)
        + "."
    ),
]


class SeriesTable(Table):
    """One run of episodes."""

    path: Annotated[
        OneOrMore | None, says('Path template(s) of the files, e.g. "docs/episodes/ep-{number}/{lang}/episode.md".')
    ] = None
    languages: Annotated[Tags | None, says("The translations expected. Default: those of the site.")] = None
    since: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        says(
            "Episodes with a smaller number need no translation.",
            N_("{key} must be a whole number of 0 or more, not {value}"),
        ),
    ] = None
    key: Annotated[
        KeyTable | None,
        says(
            "Where the key stands when it is not in the path.",
            TABLE,
            schema={
                "oneOf": [{"required": ["field"]}, {"required": ["points_to"]}],
                "dependentRequired": {"pattern": ["field"]},
            },
        ),
    ] = None
    exempt: Annotated[
        list[Annotated[ExemptTable, Meta(extra_json_schema=_EXEMPT, extra={"must": TABLE})]],
        says(
            "Translations that are not wanted.",
            N_('{key} must be a list of tables such as [{{ key = "12" }}], not {value}'),
        ),
    ] = []
    exclude: Globs = []
    fields: Annotated[FieldsTable | None, says("Roles of fields in this series, on top of the site's.", TABLE)] = None
    labels: LabelsTable = {}
    dialect: DialectName = None
    prose_attributes: ProseAttributes = None


class StampTable(Table):
    """The names of the stamp's fields."""

    digest: Annotated[Text, says("Digest of the source's text.")] = StampNames().digest
    blob: Annotated[Text, says("Git's object id of the source file.")] = StampNames().blob
    reviewed: Annotated[Text, says("Segments that were reviewed one by one since.")] = StampNames().reviewed


class PinTable(Table):
    """The site's own record of the source version that a translation was made from."""

    field: Annotated[OneOrMore | None, says("The field (dotted) of the translation; the first that is there.")] = None
    kind: Annotated[
        PinKind | None, says("What it holds.", N_("{key} must be one of commit, blob, md5, sha256, date, not {value}"))
    ] = None
    comment: Annotated[Flag, says("It stands in an HTML comment that holds JSON.")] = False
    source_field: Annotated[
        Text | None, says("For kind date: the field of the source that the date was copied from. Default: the same.")
    ] = None


_PIN = {"required": ["field", "kind"]}
SEVERITY = N_("{key} must be one of error, warning, info, off, not {value}")


class DashboardTable(Table):
    """What stands at the head of the dashboard (`report --format html`)."""

    title: Annotated[Text | None, says("Its title, in place of “Translations”.")] = None
    intro: Annotated[Text | None, says("A few sentences below it.")] = None
    help: Annotated[Address | None, says("The address of a page for people who want to help translating.")] = None
    logo: Annotated[
        Text | None, says("The path of a picture in the site (PNG, JPEG, GIF, WebP, SVG); it is put into the page.")
    ] = None


class SiteTable(Table):
    """The whole of transtool.toml."""

    source: Annotated[Tag | None, says("The language episodes are written in.")] = None
    languages: Annotated[Tags, says("The languages that every series without a list of its own is expected in.")] = []
    repository: Annotated[Address | None, says("The address of the repository, for links in reports.")] = None
    noun: Annotated[
        Noun,
        says(
            "What the site calls an episode.",
            N_(
                "{key} must be one of episode, article, page, post, lesson, chapter, guide, newsletter, document, "
                "not {value}"
            ),
        ),
    ] = Noun.EPISODE
    exclude: Globs = []
    dialect: DialectName = None
    prose_attributes: ProseAttributes = None
    draft_share: Annotated[
        Annotated[float, Meta(gt=0, le=1)],
        says(
            "A translation is a draft when this share of its words still reads as the source.",
            N_("{key} must be a number above 0, at most 1, not {value}"),
        ),
    ] = 0.5
    max_file_size: Annotated[
        Annotated[int, Meta(ge=1, le=1024)],
        says(
            "The largest file that is read, in MiB; a larger one is reported.",
            N_("{key} must be a whole number from 1 to 1024 (MiB), not {value}"),
        ),
    ] = DEFAULT_MAX_FILE_SIZE
    corrections: Annotated[
        Corrections,
        says(
            "What a translation is whose source was only corrected since: current or stale.",
            N_('{key} must be "current" or "stale", not {value}'),
        ),
    ] = Corrections.CURRENT
    unaffected: Annotated[
        Text, says("A regular expression of the trailer of commits whose changes of sources need no translation.")
    ] = DEFAULT_UNAFFECTED
    placeholders: Annotated[
        Texts | None, says("Regular expressions of values that nobody meant to publish. Replaces the built-in ones.")
    ] = None
    series: Annotated[
        dict[str, Annotated[SeriesTable, Meta(extra_json_schema={"required": ["path"]}, extra={"must": TABLE})]],
        says(
            "The runs of episodes, by name.",
            TABLE,
            schema={"minProperties": 1, "propertyNames": {"pattern": "^[^\\s,]+$"}},
        ),
    ] = {}
    fields: Annotated[FieldsTable | None, says("Roles of front matter fields.", TABLE)] = None
    labels: LabelsTable = {}
    dashboard: Annotated[DashboardTable | None, says("What stands at the head of the dashboard.", TABLE)] = None
    aliases: Annotated[dict[str, Tag], says('The site\'s spelling of a language = its tag: iw = "he".', TABLE)] = {}
    rules: Annotated[
        dict[str, Annotated[Severity, must(SEVERITY)]],
        says("Severity of rules: error, warning, info, off.", TABLE, schema={"propertyNames": {"enum": list(RULES)}}),
    ] = {}
    stamps: Annotated[
        StampPlace,
        says(
            "Where stamps are kept: in the front matter of translations, or in .transtool/stamps.json.",
            N_('{key} must be "fields" or "file", not {value}'),
        ),
    ] = StampPlace.FIELDS
    mark: Annotated[
        Mark,
        says(
            "What update writes where the source says something new: comment, source or none.",
            N_('{key} must be "comment", "source" or "none", not {value}'),
        ),
    ] = Mark.COMMENT
    stamp: Annotated[StampTable, says("Names of the stamp's fields.", TABLE)] = msgspec.field(
        default_factory=StampTable
    )
    pin: Annotated[PinTable | None, says("The site's own record of the source version.", TABLE, schema=_PIN)] = None
    pins: Annotated[
        list[Annotated[PinTable, Meta(extra_json_schema=_PIN, extra={"must": TABLE})]],
        says(
            "More such records; the first that a translation has counts.",
            N_("{key} must be tables, each under [[{key}]], not {value}"),
        ),
    ] = []


def schema() -> dict[str, Json]:
    """Return the JSON Schema of `transtool.toml`, as shipped in `schemas/config.schema.json`."""
    site = Annotated[SiteTable, Meta(title="transtool.toml", extra_json_schema={"required": ["source", "series"]})]
    document = _without_null(msgspec.json.schema(site))
    # msgspec leaves out what is asked of one member of a union.
    document["$defs"]["LocalTable"] |= {"minProperties": 1, "maxProperties": 1}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schema_id("config"), **document}


def _without_null(schema: Any) -> Any:
    """Return a schema without the nulls that stand for keys that are not given: TOML has none."""
    if isinstance(schema, list):
        return [_without_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _without_null(each) for name, each in schema.items() if (name, each) != ("default", None)}
    kinds = [each for each in kept.get("anyOf", ()) if each != {"type": "null"}]
    if len(kinds) == 1:
        del kept["anyOf"]
        return kept | kinds[0]
    return kept | {"anyOf": kinds} if kinds else kept
