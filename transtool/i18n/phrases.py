"""What people call the tool's own terms: statuses, severities, kinds, reasons. `wording` says them."""

from collections.abc import Mapping

from transtool.errors import N_, Message
from transtool.model import Basis, ChangeKind, Noun, SegmentKind, Severity, Status

STATUSES: Mapping[str, str] = {
    # Translators: the state of a translation, e.g. "Spanish: missing"
    Status.MISSING: N_("missing"),
    Status.UNREADABLE: N_("unreadable"),
    # Translators: most of the file still has the text of the source
    Status.DRAFT: N_("draft"),
    # Translators: the source changed after it was translated
    Status.STALE: N_("stale"),
    # Translators: nobody can tell whether the translation is up to date
    Status.UNKNOWN: N_("unknown"),
    # Translators: up to date
    Status.CURRENT: N_("current"),
    # Translators: by configuration, no translation is wanted
    Status.EXEMPT: N_("exempt"),
}

STEPS: Mapping[Status, str] = {
    Status.MISSING: N_("Translate it: there is no file yet"),
    Status.UNREADABLE: N_("Repair the file: it cannot be read"),
    Status.DRAFT: N_("Translate what still reads as the source"),
    Status.STALE: N_("Redo what changed in the source"),
    Status.UNKNOWN: N_("Compare it with the source once and stamp it"),
}
"""The next step for every status that needs one."""

SEVERITIES: Mapping[str, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    # Translators: a severity below "warning"
    Severity.INFO: N_("note"),
    Severity.OFF: N_("off"),
}

TOTALS: Mapping[str, Message] = {
    Severity.ERROR: Message(N_("{count} error"), plural=N_("{count} errors")),
    Severity.WARNING: Message(N_("{count} warning"), plural=N_("{count} warnings")),
    Severity.INFO: Message(N_("{count} note"), plural=N_("{count} notes")),
}
"""How many findings of a severity there are."""

BASES: Mapping[str, str] = {
    # Translators: how it was decided whether a translation is up to date: by the stamp in its front matter
    Basis.STAMP: N_("stamp"),
    # Translators: by the version of the source that the site itself records
    Basis.PIN: N_("pin"),
    Basis.HISTORY: N_("git history"),
}

CHANGES: Mapping[str, str] = {
    ChangeKind.EDITED: N_("edited"),
    ChangeKind.ADDED: N_("added"),
    ChangeKind.REMOVED: N_("removed"),
}

KINDS: Mapping[str, str] = {
    SegmentKind.HEADING: N_("heading"),
    SegmentKind.PARAGRAPH: N_("paragraph"),
    SegmentKind.ITEM: N_("list item"),
    SegmentKind.CELL: N_("table cell"),
    SegmentKind.FIELD: N_("field"),
    # Translators: prose inside of markup: the title of a box, an attribute of a component such as a caption
    SegmentKind.LABEL: N_("label"),
    SegmentKind.CODE: N_("code"),
    SegmentKind.HTML: N_("HTML"),
    # Translators: a tag of the template language Liquid, e.g. {% include ... %}
    SegmentKind.LIQUID: N_("Liquid tag"),
    # Translators: of a Markdown link, [name]: https://...
    SegmentKind.DEFINITION: N_("link definition"),
    # Translators: Markdown attribute list, {: .class}
    SegmentKind.ATTRIBUTES: N_("attribute list"),
    SegmentKind.BREAK: N_("horizontal rule"),
    # Translators: a line that opens or closes a box in Markdown, e.g. :::note
    SegmentKind.DIRECTIVE: N_("directive"),
}

REASONS: Mapping[str, str] = {
    "no-source": N_("there is no source file to compare it with"),
    "source-unreadable": N_("the source cannot be read"),
    "bad-stamp": N_("its stamp is not a digest"),
    "pin": N_("its pin names no version of the source that can be found"),
    "pin-overruled": N_("its pin names no version that can be found; by git history nothing changed since"),
}
"""Why a cell has its status, where no finding of the rule `unknown` has a sentence for it (or one that needs facts)."""

LINES = Message(N_("line {lines}"), plural=N_("lines {lines}"))
"""The lines of a file that a finding is about."""

COUNTED: Mapping[str, Message] = {
    "segments": Message(N_("{count} segment"), plural=N_("{count} segments")),
    "words": Message(N_("{count} word"), plural=N_("{count} words")),
    "files": Message(N_("{count} file"), plural=N_("{count} files")),
    # Translators: states of a site that git recorded
    "commits": Message(N_("{count} commit"), plural=N_("{count} commits")),
    "findings": Message(N_("{count} finding"), plural=N_("{count} findings")),
    "translations": Message(N_("{count} translation"), plural=N_("{count} translations")),
    # Translators: web sites
    "sites": Message(N_("{count} site"), plural=N_("{count} sites")),
    "places": Message(N_("{count} place"), plural=N_("{count} places")),
}
"""A template's place `{counted_words}` is the fact `words` with its noun in the right form."""

NOUNS: Mapping[Noun, str] = {
    # Translators: what a site calls one of the things that it translates, as the heading of a column
    Noun.EPISODE: N_("episode"),
    Noun.ARTICLE: N_("article"),
    Noun.PAGE: N_("page"),
    Noun.POST: N_("post"),
    Noun.LESSON: N_("lesson"),
    Noun.CHAPTER: N_("chapter"),
    Noun.GUIDE: N_("guide"),
    Noun.NEWSLETTER: N_("newsletter"),
    Noun.DOCUMENT: N_("document"),
}

COUNTED_NOUNS: Mapping[Noun, Message] = {
    Noun.EPISODE: Message(N_("{count} episode"), plural=N_("{count} episodes")),
    Noun.ARTICLE: Message(N_("{count} article"), plural=N_("{count} articles")),
    Noun.PAGE: Message(N_("{count} page"), plural=N_("{count} pages")),
    Noun.POST: Message(N_("{count} post"), plural=N_("{count} posts")),
    Noun.LESSON: Message(N_("{count} lesson"), plural=N_("{count} lessons")),
    Noun.CHAPTER: Message(N_("{count} chapter"), plural=N_("{count} chapters")),
    Noun.GUIDE: Message(N_("{count} guide"), plural=N_("{count} guides")),
    Noun.NEWSLETTER: Message(N_("{count} newsletter"), plural=N_("{count} newsletters")),
    Noun.DOCUMENT: Message(N_("{count} document"), plural=N_("{count} documents")),
}
"""The place `{counted_episodes}`, by what the site calls an episode."""
