"""What a status and a severity look like: a symbol, a piece of a bar, a colour. Never the colour alone."""

from collections.abc import Mapping, Sequence

from transtool.model import Severity, Status, Tally

_STATUSES = (
    (Status.CURRENT, "✓", "█", "green"),
    (Status.STALE, "↻", "▓", "yellow"),
    (Status.UNKNOWN, "?", "▒", "cyan"),
    (Status.DRAFT, "✎", "░", "magenta"),
    (Status.MISSING, "✗", "·", "red"),
    (Status.UNREADABLE, "!", "!", "bold red"),
    (Status.EXEMPT, "∅", "", "dim"),
)
_SEVERITIES = (
    (Severity.ERROR, "✗", "bold red"),
    (Severity.WARNING, "▲", "yellow"),
    (Severity.INFO, "•", "cyan"),
)

SYMBOLS: Mapping[Status, str] = {status: symbol for status, symbol, _, _ in _STATUSES}
PIECES: Mapping[Status, str] = {status: piece for status, _, piece, _ in _STATUSES if piece}
"""What a bar is made of, in its order: first what counts as covered."""
SEVERITY_SYMBOLS: Mapping[Severity, str] = {severity: symbol for severity, symbol, _ in _SEVERITIES}
STYLES: Mapping[str, str] = {
    **{status: style for status, _, _, style in _STATUSES},
    **{severity: style for severity, _, style in _SEVERITIES},
}
"""Terminal colours, from the 16 that every theme has."""


def bar(tally: Tally, length: int) -> tuple[tuple[Status, int], ...]:
    """Divide a bar of `length` among the statuses, in the order of `PIECES`; whatever there is gets a piece.

    The pieces add up to `length`, unless nothing is expected (then there are none) or `length` is less than the
    number of statuses that occur.
    """
    present = [status for status in PIECES if tally[status]]
    if not present:
        return ()
    exact = [tally[status] * length / tally.expected for status in present]
    pieces = [max(1, int(share)) for share in exact]
    _even_out(pieces, exact, length)
    return tuple(zip(present, pieces, strict=True))


def _even_out(pieces: list[int], exact: Sequence[float], length: int) -> None:
    """Lengthen the piece that is most too short, or shorten the one most too long, until the sum is right."""
    while (missing := length - sum(pieces)) and (missing > 0 or max(pieces) > 1):
        step = 1 if missing > 0 else -1
        candidates = [index for index, piece in enumerate(pieces) if step > 0 or piece > 1]
        best = max(candidates, key=lambda index: step * (exact[index] - pieces[index]))
        pieces[best] += step
