"""Match segments: a translation with its source (`align`), a version of a page with the next one (`diff`)."""

from transtool.align.bitext import Link, align, carried
from transtool.align.prepared_page import Side
from transtool.align.segment_diff import Step, diff
from transtool.text.similarity import likeness

__all__ = ["Link", "Side", "Step", "align", "carried", "diff", "likeness"]
