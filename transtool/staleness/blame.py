"""Segment blame: which segments of a translation are behind their source, from the versions of both in git.

As `git blame` does for lines, blame finds for each segment the version of the translation in which it got its present
words. The baseline of that version says what it translates; if the source says something else now, the segment is
behind. History is not walked commit by commit: the only versions of a translation that are read are those right before
a change of the segment's source.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from transtool.align.literals import followed_by_literals, version_by_literals
from transtool.history import Version
from transtool.model import Change
from transtool.segments.views import wording
from transtool.staleness.adoption import may_be_counterpart
from transtool.staleness.baselines import Baselines, SegmentBaseline
from transtool.staleness.changes import added, edited, may_be_missed, removed
from transtool.staleness.followed import followed
from transtool.staleness.page_store import Past
from transtool.staleness.pairing import Pairing, joined_wording
from transtool.staleness.since_version import SinceVersion
from transtool.text.edit_size import edit_size
from transtool.text.words import bare

_SMALL = 10
"""The most words of an edit that a translator may have seen and left alone. Like `_MOST`, it was set on the pins of
half A of opentelemetry.io: of such edits, pins say of 19 in 20 that they were reviewed."""

_MOST = 0.5
"""The share of the source's changes that a translation must have followed before the rest counts as seen."""


def blame(pairing: Pairing, baselines: Baselines, past: Past) -> Iterator[Change]:
    """Yield what changed in the source and was not followed in the translation, in the order of the source.

    What the source removed comes last. `pairing` is that of the present pages, with everything that older versions say
    about it (see `known_pairs` and `adoption`).
    """
    judge = _Blame(pairing, baselines, past)
    yield from filter(None, map(judge.change, baselines.changed))
    yield from judge.removals()


class _Blame:
    """A pairing with the baselines that led to it, and what happened since each of them."""

    def __init__(self, pairing: Pairing, baselines: Baselines, past: Past) -> None:
        self._pairing = pairing
        self._baselines = baselines
        self._past = past
        self._since: dict[Version, SinceVersion | None] = {}
        self._added: set[int] = set()

    def change(self, at: int) -> Change | None:
        """Return how segment `at` of the source changed, None if the translation followed."""
        pairing = self._pairing
        if not pairing.targets(at):
            return added(pairing, at) if self._is_lacking(at) else None
        version, before = (None, None) if pairing.is_identical(at) else self._baseline(at)
        if version is None or before is None or self._says_now(before, at):
            return None
        if self._is_said_elsewhere(at):
            return None
        if before:
            return replace(edited(pairing, at, before), left_alone=self._was_left_alone(version, at, before))
        self._added.add(at)
        return added(pairing, at)

    def _is_said_elsewhere(self, at: int) -> bool:
        """Say whether the source has the words of segment `at` in an older place too, with the same translation."""
        pairing, said = self._pairing, self._baselines.source.prepared.wordings
        return any(
            place != at and place not in self._changed and pairing.translated(place) == pairing.translated(at)
            for place in self._places.get(said[at], ())
        )

    @cached_property
    def _changed(self) -> frozenset[int]:
        return frozenset(self._baselines.changed)

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """The positions of the source's prose, by wording."""
        page, found = self._baselines.source.prepared, defaultdict[str, list[int]](list)
        for at, (said, prose) in enumerate(zip(page.wordings, page.prose, strict=True)):
            if prose:
                found[said].append(at)
        return found

    def removals(self) -> Iterator[Change]:
        """Yield what the source removed and the translation still has; `change` was asked for everything before.

        What stands where something was added is older than that, so that it may translate what was removed.
        """
        newer: Counter[str] = Counter()
        free = set(self._pairing.unaligned_but_for(self._added))
        for version, diff in self._baselines.diffs.items():
            if not free:
                return
            old, more = diff.old.segments, diff.old.wordings - newer
            gone = [
                at
                for at in sorted(diff.removed)
                if may_be_missed(old[at])
                and more[wording(old[at])]
                and may_be_counterpart(self._pairing, free, old[at])
            ]
            newer |= diff.old.wordings
            for at in gone:
                targets = self._past.pairing(diff.old, self._pairing.translation).targets(at)
                if targets and free.issuperset(targets) and self._still_translates(version, at, targets):
                    free.difference_update(targets)
                    yield from (removed(self._pairing, old[at], target) for target in targets)

    def _says_now(self, before: SegmentBaseline, at: int) -> bool:
        """Say whether `before` says what segment `at` of the source says now, or the translation does anyway."""
        then, now = joined_wording(before), wording(self._pairing.source.segments[at])
        if bare(now) == bare(then) or (len(before) == 1 and self._was_split_off(at) and bare(now) in bare(then)):
            return True
        return bool(before) and version_by_literals(then, now, self._pairing.translated(at)) > 0

    def _was_split_off(self, at: int) -> bool:
        return any(len(diff.became[at].new) > 1 for diff in self._baselines.diffs.values())

    def _was_left_alone(self, version: Version, at: int, before: SegmentBaseline) -> bool:
        """Say whether translators saw an edit of segment `at` of the source since `version`, and found it too small.

        They edited the counterparts of more than half of what changed since, and names, numbers and code of this
        segment do not tell that its counterpart is behind.
        """
        then, now = joined_wording(before), wording(self._pairing.source.segments[at])
        present = self._pairing.translated(at)
        if edit_size(then, now).words > _SMALL or followed_by_literals((then, now), (present, present)) is False:
            return False
        since = self._since_version(version)
        return since is not None and not since.was_untranslated(at) and since.share_followed > _MOST

    def _baseline(self, at: int) -> tuple[Version | None, SegmentBaseline | None]:
        """Return the version in which the counterpart of segment `at` of the source got its present words.

        With it comes what the segment was then.
        """
        version = self._baselines.trail.head
        if version is None:
            return None, None
        while True:
            before = self._baselines.of_segment(version, at)
            found = next(
                (
                    older
                    for older, newer in self._frontier(version, at, before)
                    if self._is_behind(older, at, before) and not self._followed_at_once(older, newer, at)
                ),
                None,
            )
            if found is None:
                return version, before
            version = found

    def _frontier(self, version: Version, at: int, before: SegmentBaseline | None) -> Iterator[tuple[Version, Version]]:
        """Yield the nearest older versions in whose baselines segment `at` was something other than `before`.

        With each comes the version that followed it, in whose baseline the segment was `before`.
        """
        now = None if before is None else joined_wording(before)
        seen, waiting = {version}, [version]
        while waiting:
            newer = waiting.pop()
            for parent in self._baselines.parents(newer):
                if parent in seen:
                    continue
                seen.add(parent)
                there = self._baselines.of_segment(parent, at)
                if there is not None and joined_wording(there) != now:
                    yield parent, newer
                else:
                    waiting.append(parent)

    def _is_behind(self, version: Version, at: int, later: SegmentBaseline | None) -> bool:
        """Say whether the counterpart of segment `at` has not followed what the source did from `version` to `later`.

        `later` is what the segment was in the baseline of a later version: that is what the translation can show.
        """
        since = self._since_version(version)
        if since is None:
            return False
        if since.was_untranslated(at):
            return self._was_made_from(*since.source_edit(at), at)
        return since.is_behind(at, joined_wording(later) if later else None)

    def _followed_at_once(self, older: Version, newer: Version, at: int) -> bool:
        """Say whether the commit of `newer` edited both segment `at` of the source and its counterpart, alike."""
        source = self._baselines.edit_of_source(newer, at)
        if source is None:
            return False
        targets, edit_of = self._pairing.targets(at), self._baselines.translation_diff
        then, now = (joined_wording(diff.before(targets)) if (diff := edit_of(each)) else "" for each in (older, newer))
        alone = not self._pairing.are_shared(targets)
        return bool(then and now) and followed(source, (then, now), alone=alone, at_once=True)

    def _was_made_from(self, then: str, now: str, at: int) -> bool:
        """Say whether text left in the source's language was translated when the source was `then`, not `now`."""
        if followed_by_literals((then, now), (then, self._pairing.translated(at))):
            return False
        for version in self._baselines.versions[1:]:
            page = self._baselines.translation_at(version)
            there = page.said if page else ()
            if then in there or now in there:
                return now not in there
        return True

    def _is_lacking(self, at: int) -> bool:
        """Say whether segment `at` of the source is newer than the translation, which has not taken it in since."""
        diffs, of_segment = self._baselines.diffs, self._baselines.of_segment
        before = next((version for version in diffs if of_segment(version, at) == ()), None)
        since = self._since_version(before) if before else None
        return since is not None and not since.was_taken_in(at)

    def _still_translates(self, version: Version, before: int, targets: Sequence[int]) -> bool:
        """Say whether `targets` still translate segment `before` of the baseline of `version`."""
        since = self._since_version(version)
        return since is not None and since.still_translates(before, targets)

    def _since_version(self, version: Version) -> SinceVersion | None:
        if version not in self._since:
            translation = self._baselines.translation_at(version)
            source = self._baselines.diffs.get(version)
            later = partial(self._baselines.later_pages, version)
            self._since[version] = (
                SinceVersion(self._pairing, source, translation, self._past, later) if source and translation else None
            )
        return self._since[version]
