"""Judge a site: by its past, from what is remembered of earlier runs, and with all processors for the rest."""

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from transtool import __version__
from transtool.errors import N_, Message, Problem, UsageError, WorldError
from transtool.model import EpisodeReport, Masthead, Report, State, Status
from transtool.selection import Selection, select, touching
from transtool.site import cache_file, git
from transtool.site.open import Site, as_named
from transtool.site.progress import Stages

if TYPE_CHECKING:  # a run in which nothing changed needs none of it
    from transtool.assess.judgement import Judged, Judgement
    from transtool.assess.plan import Agenda, ToJudge, Wants
    from transtool.document import Document, Unreadable
    from transtool.history import History
    from transtool.site import cache
    from transtool.staleness.page_store import Past

_ENOUGH = 4
"""Translations to judge for each process, so that starting it is worth while."""


_FEW = 8
"""Versions of a file that are read at once, before anybody knows which of them are needed."""


@contextmanager
def past_of(site: Site) -> Iterator["Past"]:
    """Give what git remembers of `site`; its reader of objects runs until the block ends.

    Then the site's notes say how many versions of files git could not give.
    """
    from transtool import history
    from transtool.site import log
    from transtool.staleness.page_store import Past, alike_in

    with git.Blobs(site.root) as blobs:
        missing: set[str] = set()
        read = partial(_read, blobs, missing)
        with site.stages.stage(N_("history")):
            snapshot, told = log.read(site.root, cache_file.place(site.root, os.environ), site.stages)
            known = None
            if told is not None:
                known = history.history_of(told, prefix=snapshot.prefix, alike=alike_in(read))
        site.stages.no_history = snapshot.problem
        site.stages.counts[N_("commits")] = 0 if known is None else len(known.commits)
        yield Past(
            known,
            read,
            expect=blobs.expect,
            algorithm=snapshot.algorithm,
            reason=snapshot.reason,
            missing=missing,
            dismissed=site.dismissed,
        )
        lost = sum(known is not None and known.names_blob(name) for name in missing)
        if lost:
            site.stages.notes.append(git.lacking(lost))


def _read(blobs: git.Blobs, missing: set[str], name: str) -> bytes | None:
    """Return an object; take note of what git does not have, whether or not anything but a pin or a stamp names it."""
    found = blobs(name)
    if found is None:
        missing.add(name)
    return found


def judged(site: Site, selection: Selection, *, changed: bool = False, since: str | None = None) -> Report:
    """Return the report of the selected part of the site.

    With `changed` it is about what edits concern that are not committed, with `since` about those of commits, too; then
    it has only the findings that were not there before these edits. Raises UsageError for what git cannot tell.
    """
    is_on_edits = changed or since is not None
    if not is_on_edits and (known := _remembered(site, selection)) is not None:
        return known
    from transtool.assess.plan import concerning

    with past_of(site) as past:
        if not is_on_edits:
            return select(report_on(site, past, concerning(selection)), selection)
        from transtool.assess.regression import broken_since, made_stale

        base = base_of(site, past, since)
        edited = touched(site, past, base)
        wants = concerning(selection, edited)
        report = touching(select(report_on(site, past, wants), selection), edited)
        report, there = broken_since(report, report_before(site, past, base, wants))
    if there:
        site.stages.notes.append(_was_there(there))
    if (stale := made_stale(report)) > 0:
        site.stages.notes.append(_makes_stale(stale))
    return report


def _was_there(count: int) -> Problem:
    """Return the note that findings are not those of the edits that a run is about."""
    return Problem(
        message=Message(
            N_("{count} finding was there before, and is not shown"),
            plural=N_("{count} findings were there before, and are not shown"),
            count=count,
        )
    )


def _makes_stale(count: int) -> Problem:
    """Return the note that edits of sources make translations stale."""
    return Problem(
        message=Message(
            N_("this makes {count} translation stale"), plural=N_("this makes {count} translations stale"), count=count
        )
    )


def report_on(site: Site, past: "Past", wants: "Wants | None" = None) -> Report:
    """Judge the wanted translations of `site`, by their stamps, their pins or `past`."""
    from transtool.assess.plan import plan
    from transtool.assess.report import report
    from transtool.assess.rules.files import unclosed
    from transtool.site import cache

    with site.stages.stage(N_("judging")):
        place = cache.place(site.root, os.environ)
        memory = None if place is None else cache.Memory(place, past)
        looks = unclosed if memory is None else memory.unclosed
        agenda = plan(site.catalogue, site.config, wants, looks)
        found = judge_all(agenda, past, memory, site.stages)
        counts = count_all(agenda, memory)
        if memory is not None:
            site.stages.asides += cache_file.damage(memory)
            memory.keep(whole=wants is None)
        made = replace(report(agenda, found, counts, version=__version__), state=_state(past))
        if past.history is not None:
            made = made.with_episodes(map(partial(_dated, past.history), made.episodes))
        if wants is None:
            _keep(made, site, past)
        return _of_today(made, site)


def _keep(made: Report, site: Site, past: "Past") -> None:
    """Note what was dismissed in vain; remember the report of a whole site, if git could say all it was asked."""
    from transtool.site.unchanged import head

    notes: list[Problem] = []
    if site.dismissed.entries:
        from transtool.assess import dismissed_file

        notes += dismissed_file.unused(site.dismissed, made, as_named(site.root / dismissed_file.NAME).as_posix())
    site.stages.notes += notes
    if made.state is None or past.history is None or past.missing or site.config is not site.before.config:
        return
    site.before.keep(made, head(made.state.commit, past.history.prefix), notes, site.stages.counts)


def _remembered(site: Site, selection: Selection) -> Report | None:
    """Return the selected part of the report of an earlier run, if nothing that it depends on has changed since."""
    known = site.before.seen
    if known is None or site.config is not site.before.config:
        return None
    from transtool.site.unchanged import head

    with site.stages.stage(N_("history")):
        snapshot = git.look(site.root)
    is_same = not snapshot.reason and head(snapshot.head, snapshot.prefix) == known.head
    made = site.before.report(selection.wants_episode) if is_same else None
    if made is None:
        site.stages.asides += cache_file.damage(site.before)
        return None
    site.stages.counts |= known.counts
    site.stages.notes += known.notes if selection.is_whole else ()
    part = select(made, selection)
    return _of_today(part if part is made else part.with_episodes(map(_undated, part.episodes)), site)


def _of_today(made: Report, site: Site) -> Report:
    """Return a report with the moment of this run, and the logo of the dashboard as a data URI."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return replace(made, generated=now, masthead=_with_logo(made.masthead, site))


def _dated(known: "History", episode: EpisodeReport) -> EpisodeReport:
    """Return an episode whose source says since when it is there, where something is behind that has no age."""
    commit = known.arrived(episode.source.path) if episode.source is not None and _wants_date(episode) else None
    return episode if commit is None else _with_date(episode, commit.moment)


def _undated(episode: EpisodeReport) -> EpisodeReport:
    """Return a part of an episode whose source says since when it is there only where `_dated` has it say so."""
    return episode if _wants_date(episode) else _with_date(episode, "")


def _wants_date(episode: EpisodeReport) -> bool:
    """Say whether anything is behind that has no age."""
    return any(cell.status in (Status.MISSING, Status.STALE) and cell.age is None for cell in episode.cells)


def _with_date(episode: EpisodeReport, since: str) -> EpisodeReport:
    if episode.source is None or episode.source.since == since:
        return episode
    return replace(episode, source=replace(episode.source, since=since))


def _with_logo(masthead: Masthead, site: Site) -> Masthead:
    """Return what stands at the head of the dashboard, the logo as a data URI; a note says where that cannot be."""
    if not masthead.logo:
        return masthead
    from transtool.site.logo import embedded

    try:
        return replace(masthead, logo=embedded(site.root, masthead.logo))
    except WorldError as error:
        site.stages.notes += error.problems
        return replace(masthead, logo="")


def _state(past: "Past") -> State | None:
    """Return the newest commit that a site has."""
    if past.history is None or past.history.head < 0:
        return None
    newest = past.history.commits[past.history.head]
    return State(newest.id, newest.moment)


def count_all(agenda: "Agenda", memory: "cache.Memory | None") -> Mapping[str, int]:
    """Return how many words those sources have, by path, of which translations lack and none is judged."""
    return {source.entry.path: source.words if memory is None else memory.words(source) for source in agenda.to_count}


def judge_all(
    agenda: "Agenda", past: "Past", memory: "cache.Memory | None", stages: Stages
) -> "Mapping[str, Judgement]":
    """Return the judgement of every translation of `agenda` by its path: from memory, else with all processors.

    What rests on an object that git could not give is not remembered: the object may be there the next time.
    """
    found = {} if memory is None else {each.path: memory.recall(each) for each in agenda.to_judge}
    known = {path: judged for path, judged in found.items() if judged is not None}
    lacking = [each for each in agenda.to_judge if each.path not in known]
    stages.counts[N_("translations")] = len(agenda.to_judge)
    with closing(_judged(lacking, past)) as results:
        for group, judged in results:
            past.missing.update(judged.missing)
            for asked, new in zip(group, judged.judgements, strict=True):
                known[asked.path] = new
                if memory is not None and not judged.missing:
                    memory.remember(asked, new)
            stages.watch(N_("judging"), len(known), len(agenda.to_judge))
    return known


def _judged(asked: "Sequence[ToJudge]", past: "Past") -> "Generator[tuple[Sequence[ToJudge], Judged], None, None]":
    """Judge source by source, with all processors if there is enough to do."""
    if not asked:
        return
    from transtool.assess.judgement import Judged
    from transtool.site import workers

    groups = [tuple(group) for _, group in groupby(asked, key=lambda each: each.source.entry.path)]
    work = [partial(_judge_group, group, past) for group in groups]
    with workers.shared(work, Judged, min(workers.processors(), len(asked) // _ENOUGH)) as results:
        yield from zip(groups, results, strict=True)


def _judge_group(asked: "Sequence[ToJudge]", past: "Past") -> "Judged":
    """Judge translations of one source. What is read of the past for it is forgotten with the next one."""
    from transtool.assess.judgement import Judged
    from transtool.assess.translation import judgement
    from transtool.staleness.verdict import judge

    before = frozenset(past.missing)
    past.missing.clear()  # what was missed before may be missed again
    own = past.anew()
    own.expect(_short_pasts(asked, own))
    judgements = tuple(judgement(each.files, each.source, partial(judge, past=own)) for each in asked)
    missing = tuple(sorted(past.missing))
    past.missing.update(before)
    return Judged(judgements, missing)


def _short_pasts(asked: "Sequence[ToJudge]", past: "Past") -> Iterator[str]:
    """Yield the blobs of all older versions of files that have few: where only history can tell, most are needed."""
    files = [each.files for each in asked if not (each.files.config.pins or each.files.stamp.digest)]
    for document in (*(each.source for each in files[:1]), *(each.translation for each in files)):
        trail = past.trail(document)
        versions = () if trail is None else trail.versions()
        if len(versions) <= _FEW:
            yield from (version.blob for version in versions[1:])


def base_of(site: Site, past: "Past", since: str | None) -> int:
    """Return the position of the commit that edits start from: the fork point from `since`, else the newest one.

    -1 where there is none. Raises UsageError where `since` names no commit or there is no history to tell.
    """
    known = required(site, past)
    if since is None:
        return known.head
    base = known.position(git.fork_point(site.root, since))
    return -1 if base is None else base


def report_before(site: Site, past: "Past", base: int, wants: "Wants | None") -> Report:
    """Return what the report of the wanted translations was at the commit `base`, by the configuration of today."""
    from transtool.assess.plan import plan
    from transtool.assess.report import report
    from transtool.link import link

    known = required(site, past)
    documents = (_as_of(document, known.blob(path, base), past) for path, document in site.catalogue.pages.items())
    catalogue = link(tuple(each for each in documents if each is not None), site.config)
    agenda = plan(catalogue, site.config, wants)
    found = judge_all(agenda, past.as_of(base), None, Stages())
    return report(agenda, found, version=__version__)


def _as_of(document: "Document | Unreadable", blob: str, past: "Past") -> "Document | Unreadable | None":
    """Return a file as one of its versions has it; None where it was not there, or git does not have it."""
    if not blob:
        return None
    from transtool.document import parse
    from transtool.history import blob_id

    if blob_id(document.data, past.algorithm) == blob:
        return document
    data = past.read(blob)
    return None if data is None else parse(document.path, data)


def touched(site: Site, past: "Past", base: int) -> frozenset[str]:
    """Return the paths that were edited since the commit `base`, or are not committed yet."""
    from transtool.history import blob_id

    known = required(site, past)
    paths = {
        path
        for path, document in site.catalogue.pages.items()
        if blob_id(document.data, past.algorithm) != known.blob(path, known.head)
    }
    if base != known.head:
        paths |= known.touched_since(base)
    return frozenset(paths)


def required(site: Site, past: "Past") -> "History":
    """Return the history of `site`; raises UsageError where there is none."""
    if past.history is None:
        raise UsageError(site.stages.no_history or Problem(message=Message(N_("there is no git history"))))
    return past.history
