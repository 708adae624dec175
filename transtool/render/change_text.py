"""A change of the source in words: what happened, where it is, and what became of its text, for every format."""

from collections.abc import Callable, Iterator, Mapping

from transtool.errors import N_
from transtool.i18n import Said, Words
from transtool.i18n.safe_text import location
from transtool.model import Cell, Change, ChangeKind, EpisodeReport
from transtool.render import markdown_text as markdown
from transtool.render.readable import readable
from transtool.text.worddiff import Run, RunKind, diff

_MARKDOWN: Mapping[RunKind, tuple[str, str]] = {
    RunKind.EQUAL: ("", ""),
    RunKind.REMOVED: ("<del>", "</del>"),
    RunKind.ADDED: ("<ins>", "</ins>"),
}


def heading_of(change: Change, words: Words) -> str:
    """Return what happened to which kind of segment, and how large an edit is."""
    what = change.field or Said(words.kind(change.kind))
    facts = {"change": change.change.value, "what": what, "words": change.words}
    if change.change is ChangeKind.EDITED and change.words:
        return words.text(N_("{change}: {what}, {counted_words}"), **facts)
    return words.text(N_("{change}: {what}"), **facts)


def places(
    change: Change, episode: EpisodeReport, cell: Cell, words: Words, marked: Callable[[str, int], str] = location
) -> Iterator[str]:
    """Give where the segment stands, in the source and in the translation, or after which line it belongs there."""
    if episode.source is not None and change.source_line is not None:
        yield marked(episode.source.path, change.source_line)
    if change.line is not None:
        yield marked(cell.path, change.line)
    elif change.after_line:
        yield words.text(N_("after {place}"), place=Said(marked(cell.path, change.after_line)))


def told_in_markdown(change: Change) -> Iterator[str]:
    """Give lines with what became of the source's words, and with what the translation says now."""
    told = readable(change)
    before, after = (" ".join(text.split()) for text in (told.before, told.after))
    yield from ("".join(marked(diff(before, after), _MARKDOWN, markdown.run)).strip(), "")
    if change.present:
        yield from (f"> {markdown.text(' '.join(told.present.split()))}", "")


def marked(
    runs: tuple[Run, ...], marks: Mapping[RunKind, tuple[str, str]], escape: Callable[[str], str]
) -> Iterator[str]:
    """Give the text of every run, escaped, between the marks of its kind, which stand close to the words."""
    for run in runs:
        opening, closing = marks[run.kind]
        before, said, after = apart(run)
        yield f"{escape(before)}{opening}{escape(said)}{closing}{escape(after)}" if said else escape(before)


def apart(run: Run) -> tuple[str, str, str]:
    """Return the white space before a run of words, the words, and the white space after them."""
    said = run.text.strip()
    before, _, after = run.text.partition(said) if said else (run.text, "", "")
    return before, said, after
