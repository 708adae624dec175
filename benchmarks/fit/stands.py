"""Does this segment stand for that one? A fitted model beside the present alignment, where the answer is known.

A translation that has the same kinds of segments in the same order as its source says the same in the same places. Of
such pages segments are taken out, at random or in a row; what is left of both belongs together as before.
Where on the page segments stand is no feature: it misleads as soon as a section is missing on one side.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, log, sqrt
from pathlib import Path
from statistics import fmean

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.pins.adapter import checked_out, pages
from benchmarks.staleness.score import Score
from transtool.align.literals import anchors
from transtool.document import Document
from transtool.model import SegmentKind
from transtool.segments import Segment, split
from transtool.segments.views import wording
from transtool.staleness.pages import Page
from transtool.staleness.pairing import pair_pages

_SIZES = range(10, 121)
_NEAR = 3
"""How far from its place a segment may be that is no counterpart: those are the ones to be told from it."""

_MOST = 3.0
_SPREAD, _STYLE, _FARTHEST = 2.5, 0.15, 4.0
_STRENGTH = 0.3

FEATURES = (
    "same kind",
    "same kind and level",
    "one is a heading, or not to translate",
    "shared targets",
    "shared code",
    "shared numbers",
    "shared words",
    "numbers of one only",
    "code and targets of one only",
    "length off",
)

BIASES = (0.0, 2.0, 4.0, 6.0)
"""What is added to the logarithm of the odds: above 0, leaving segments without a counterpart costs more."""

_SKIP = 0.5

Texts = tuple[Segment, ...]


@dataclass(frozen=True)
class Known:
    """A source and a translation of which segments were taken out.

    `ours` and `theirs` are the places, in the whole pages, of what is left.
    """

    source: Texts
    translation: Texts
    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    documents: tuple[Document, Document]

    @property
    def truth(self) -> set[tuple[int, int]]:
        """The places that belong together, of what is translated."""
        there = {*self.theirs}
        kept = zip(self.ours, self.source, strict=True)
        return {(at, at) for at, segment in kept if at in there and segment.translatable}

    def told(self, pairs: Iterator[tuple[int, int]]) -> set[tuple[int, int]]:
        """Return the places of pairs of positions, of what is translated."""
        both = ((i, j) for i, j in pairs if self.source[i].translatable and self.translation[j].translatable)
        return {(self.ours[i], self.theirs[j]) for i, j in both}


Takes = Callable[[int, random.Random], Sequence[int]]


def at_random(share: float) -> Takes:
    """Take out a share of the segments, here and there, on both sides."""
    return lambda size, rng: [at for at in range(size) if rng.random() > share]


def in_a_row(share: float) -> Takes:
    """Take out a share of the segments in one place (on one side: see `known`)."""

    def taken(size: int, rng: random.Random) -> Sequence[int]:
        gone = max(1, round(share * size))
        start = rng.randrange(size - gone + 1)
        return [at for at in range(size) if not start <= at < start + gone]

    return taken


WAYS: Mapping[str, tuple[Takes, bool]] = {
    "3 % at random": (at_random(0.03), True),
    "10 % at random": (at_random(0.1), True),
    "10 % in a row": (in_a_row(0.1), False),
    "30 % in a row": (in_a_row(0.3), False),
}
"""How segments are taken out, and whether on both sides."""


def of_one_shape(site: Path, config: Path, most: int) -> list[tuple[Texts, Texts, Document, Document]]:
    """Return at most so many pages of a site whose translation has the shape of its source."""
    found = []
    with tempfile.TemporaryDirectory() as folder, checked_out(site, "HEAD", config, Path(folder)) as opened:
        every = sorted(pages(opened), key=lambda page: page.path)
        random.Random(1).shuffle(every)
        for page in every:
            reading = page.series.reading
            source, translation = split(page.source, (), reading), split(page.translation, (), reading)
            if _shape(source) == _shape(translation) and len(source) in _SIZES:
                found.append((source, translation, page.source, page.translation))
            if len(found) == most:
                break
    return found


def _shape(segments: Texts) -> list[tuple[SegmentKind, int]]:
    return [(segment.kind, segment.level) for segment in segments]


def known(found: Sequence[tuple[Texts, Texts, Document, Document]], way: str) -> Iterator[Known]:
    """Yield the pages with segments taken out in one of the `WAYS`."""
    takes, both = WAYS[way]
    rng = random.Random(way)
    for source, translation, *documents in found:
        whole = range(len(source))
        ours, theirs = takes(len(source), rng), takes(len(source), rng) if both else whole
        if not both and rng.random() < 0.5:
            ours, theirs = theirs, ours
        left = tuple(source[at] for at in ours), tuple(translation[at] for at in theirs)
        yield Known(*left, tuple(ours), tuple(theirs), (documents[0], documents[1]))


def features(source: Texts, translation: Texts) -> numpy.ndarray:
    """Return the features of each pair of segments: an array of positions by positions by features."""
    ours, theirs = ([anchors(each.text) for each in side] for side in (source, translation))
    counts = [Counter(anchor for each in side for anchor in each) for side in (ours, theirs)]
    both = frozenset(counts[0]) & frozenset(counts[1])
    weights = {anchor: 1 / sqrt(counts[0][anchor] * counts[1][anchor]) for anchor in both}
    sizes = [[len(wording(each)) if each.translatable else 0 for each in side] for side in (source, translation)]
    usual = _usual(sizes[1]) - _usual(sizes[0])
    found = numpy.zeros((len(source), len(translation), len(FEATURES)))
    for i, one in enumerate(source):
        for j, other in enumerate(translation):
            same, alone = ours[i] & theirs[j], (ours[i] ^ theirs[j]) & both
            shared = Counter[str]()
            for anchor in same:
                shared[anchor[0]] += weights[anchor]
            headings = [each.kind is SegmentKind.HEADING for each in (one, other)]
            found[i, j] = (
                one.kind is other.kind,
                one.kind is other.kind and one.level == other.level,
                headings[0] is not headings[1] or one.translatable is not other.translatable,
                *(min(shared[sort], _MOST) for sort in "ucnw"),
                min(sum(anchor[0] == "n" for anchor in alone), _MOST),
                min(sum(anchor[0] in "uc" for anchor in alone), _MOST),
                _off(sizes[0][i], sizes[1][j], usual),
            )
    return found


def _usual(sizes: Sequence[int]) -> float:
    logs = [log(size) for size in sizes if size]
    return fmean(logs) if logs else 0.0


def _off(ours: int, theirs: int, usual: float) -> float:
    if not ours or not theirs:
        return 0.0
    return min(_FARTHEST, abs(log(theirs / ours) - usual) / hypot(_STYLE, _SPREAD / sqrt(ours)))


def fit(examples: Sequence[Known]) -> Pipeline:
    """Fit a model to pairs that belong together and to others near them."""
    rows, labels = [], []
    for each in examples:
        seen = features(each.source, each.translation)
        for i, at in enumerate(each.ours):
            for j, there in enumerate(each.theirs):
                if abs(at - there) <= _NEAR:
                    rows.append(seen[i, j])
                    labels.append(int(at == there))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=2_000))
    return model.fit(numpy.array(rows), labels)


def aligned(odds: numpy.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the pairs, in order on both sides, whose odds (as logarithms) less what is skipped are the greatest."""
    height, width = odds.shape
    best = numpy.zeros((height + 1, width + 1))
    best[1:, 0] = -_SKIP * numpy.arange(1, height + 1)
    best[0, 1:] = -_SKIP * numpy.arange(1, width + 1)
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            best[i, j] = max(best[i - 1, j - 1] + odds[i - 1, j - 1], best[i - 1, j] - _SKIP, best[i, j - 1] - _SKIP)
    i, j = height, width
    while i and j:
        if best[i, j] == best[i - 1, j - 1] + odds[i - 1, j - 1]:
            i, j = i - 1, j - 1
            yield i, j
        elif best[i, j] == best[i - 1, j] - _SKIP:
            i -= 1
        else:
            j -= 1


def report(sites: Mapping[str, tuple[Path, Path]], most: int) -> str:
    """Return what the present alignment and models are worth on each site; the models were fitted on the others."""
    found = {name: of_one_shape(*place, most) for name, place in sites.items()}
    shown = "".join(f"{f'model, +{bias:g}':>12}" for bias in BIASES)
    lines = [f"{'F1 of pairs':24}{'pages':>6}  {'taken out':18}{'today':>8}{shown}"]
    for name, held in found.items():
        others = [each for other, pages in found.items() if other != name for each in known(pages, "10 % at random")]
        lines += _compared(name, held, fit(others))
    whole = fit([each for pages in found.values() for each in known(pages, "10 % at random")])
    return "\n".join((*lines, "", *_table(whole)))


def _compared(name: str, held: Sequence[tuple[Texts, Texts, Document, Document]], model: Pipeline) -> Iterator[str]:
    weights, constant = _weights(model)
    for way in WAYS:
        today, fitted = Score(), {bias: Score() for bias in BIASES}
        for each in known(held, way):
            _count(today, each.told(_today(each)), each.truth)
            odds = features(each.source, each.translation) @ weights + constant
            for bias, score in fitted.items():
                _count(score, each.told(aligned(odds + bias)), each.truth)
        shown = "".join(f"{score.f1:12.4f}" for score in fitted.values())
        yield f"{name:24}{len(held):6}  {way:18}{today.f1:8.4f}{shown}"


def _today(each: Known) -> Iterator[tuple[int, int]]:
    ours, theirs = (
        Page(str(id(side)), document, side)
        for side, document in zip((each.source, each.translation), each.documents, strict=True)
    )
    for at, there in pair_pages(ours, theirs).counterparts.items():
        yield from ((at, target) for target in there)


def _count(score: Score, told: set[tuple[int, int]], truth: set[tuple[int, int]]) -> None:
    score.add(Score(len(told & truth), len(told - truth), len(truth - told)))


def _weights(model: Pipeline) -> tuple[numpy.ndarray, float]:
    scaler, fitted = model[0], model[-1]
    weights = fitted.coef_[0] / scaler.scale_
    return weights, float(fitted.intercept_[0] - (weights * scaler.mean_).sum())


def _table(model: Pipeline) -> Iterator[str]:
    weights, constant = _weights(model)
    yield f"{'feature (fitted on all sites)':40}{'weight':>9}{'per deviation':>15}"
    yield f"{'constant':40}{constant:9.3f}"
    for name, weight, scaled in zip(FEATURES, weights, model[-1].coef_[0], strict=True):
        yield f"{name:40}{weight:9.3f}{scaled:15.2f}"
