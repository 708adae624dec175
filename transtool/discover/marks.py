"""Find the fields by which a site marks stubs, and pages that are not to be translated."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transtool.discover.drafts import Placed
from transtool.discover.files import Files
from transtool.document import Document
from transtool.model import Language

# In a translation: the text is the source's, or there is none yet.
_STUB = re.compile(r"(?i)(?:is_?)?(?:untranslated|not_?translated|stub|needs?_?translation|translation_?needed)")
# In a source: nobody is to translate it, or not yet.
_UNWANTED = re.compile(r"(?i)(?:no|do_?not|dont|skip)_?translat(?:e|ion)|not_?translatable|untranslatable")
# A page that is not translated says so in no source; that it is a stub, a source may say of its own text.
_OF_THE_TEXT = re.compile(r"(?i)(?:is_?)?stub")
_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_WANTED = re.compile(r"(?i)i18n_?ready|translatable|(?:ready_?(?:for|to)_?)?translat(?:e|ion)(?:_?ready)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A field whose `value` says so of `count` pages of a series: of translations, or of sources (`of_source`)."""

    series: str
    field: str
    value: str
    of_source: bool
    count: int


def marks(placed: Sequence[Placed], source: Language, files: Files) -> Iterator[Mark]:
    """Yield the marks in use, those of most pages first. What a source says of itself does not mark its translation."""
    counts: Counter[tuple[str, str, str, bool]] = Counter()
    sources = {(each.series, each.key): each.path for each in placed if each.language == source}
    for each in placed:
        of_source = each.language == source
        there = sources.get((each.series, each.key), "")
        said = {} if of_source or not there else _flags(files.front(there))
        for name, text in _flags(files.front(each.path)).items():
            yes = _TRUTHS[text]
            shared = _OF_THE_TEXT.fullmatch(name) and name in said and _TRUTHS[said[name]]
            stub = _STUB.fullmatch(name) and yes and not of_source and not shared
            unwanted = (_UNWANTED.fullmatch(name) and yes) or (_WANTED.fullmatch(name) and not yes)
            if stub or (unwanted and of_source):
                counts[each.series, name, text if text.isdigit() else str(yes).lower(), of_source] += 1
    for (series, name, value, of_source), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Mark(series, name, value, of_source, count)


def _flags(document: Document | None) -> Mapping[str, str]:
    """Return the fields that are true or false, and how they are written."""
    named = {} if document is None else {field.name: document.raw(field.name) or "" for field in document.fields}
    return {name: text.lower() for name, text in named.items() if text.lower() in _TRUTHS}
