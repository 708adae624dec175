"""Match segments: a translation with its source (`align`), a version of a page with the next one (`diff`)."""

from transtool.align.bilingual import Link, align, carried
from transtool.align.revision import Step, diff
from transtool.align.side import Side
from transtool.align.traits import likeness

__all__ = ["Link", "Side", "Step", "align", "carried", "diff", "likeness"]
