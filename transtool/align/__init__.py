"""Match segments: a translation with its source (`align`), one version of a page with the next (`diff`).

The scores, costs and thresholds of this package were set by hand; docs/architecture.md says how they were checked.
"""

from transtool.align.bitext import Bead, align, carried_over, is_of_whole
from transtool.align.prepared_page import PreparedPage
from transtool.align.segment_diff import EDITED, Step, diff, unchanged

__all__ = ["EDITED", "Bead", "PreparedPage", "Step", "align", "carried_over", "diff", "is_of_whole", "unchanged"]
