"""Find the fields by which a site marks stubs, and pages that are not to be translated."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from transtool.discover.drafts import Placed
from transtool.document import Document
from transtool.model import Language

# In a translation: the text is the source's, or there is none yet.
_STUB = re.compile(r"(?i)(?:is_?)?(?:untranslated|not_?translated|stub|needs?_?translation|translation_?needed)")
# In a source: nobody is to translate it, or not yet.
_UNWANTED = re.compile(r"(?i)(?:no|do_?not|dont|skip)_?translat(?:e|ion)|not_?translatable|untranslatable")
_WANTED = re.compile(r"(?i)i18n_?ready|translatable|(?:ready_?(?:for|to)_?)?translat(?:e|ion)(?:_?ready)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A field that says so of `count` pages by its `value`: of translations, or of sources (`of_source`)."""

    field: str
    value: bool
    of_source: bool
    count: int


def marks(placed: Sequence[Placed], source: Language, front: Callable[[str], Document | None]) -> Iterator[Mark]:
    """Yield the marks in use, those of most pages first."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for each in placed:
        document = front(each.path)
        for field in () if document is None else document.fields:
            text = (document.raw(field.name) or "").lower() if document is not None else ""
            if text not in ("true", "false"):
                continue
            value, of_source = text == "true", each.language == source
            stub = _STUB.fullmatch(field.name) and value and not of_source
            unwanted = (_UNWANTED.fullmatch(field.name) and value) or (_WANTED.fullmatch(field.name) and not value)
            if stub or (unwanted and of_source):
                counts[field.name, value, of_source] += 1
    for (name, value, of_source), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Mark(name, value, of_source, count)
