"""Segments: they stand in order, do not overlap, and are slices of the text; nobody can say what has no end."""

import re

from transtool.align.literals import anchors
from transtool.segments import markup, split_body, wording
from transtool.segments.dialects import Syntax, syntax
from transtool.segments.html_prose import runs
from transtool.settings import Dialect
from transtool.text.edit_size import edit_size
from transtool.text.worddiff import RunKind, diff
from transtool.text.words import bare, words

SEEDS = (
    b"# One\n\nA *word* [link](https://a.b/c 'd') `code` {% include x.html y=\"z\" %}\n\n"
    b"- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n",
    b"<div class='x'>\n<p>One <b>two</b></p>\n\n<!-- {a} -->\n</div>\n\n"
    b"```py\nx\n```\n\n{% raw %}\n{{ x }}\n\n{% endraw %}\n",
    "> 引用\n> [^1] ようこそ\n\n[^1]: note\n\n!!! note\n    text\n\n{: .class}\n---\n".encode(),
    b"import A from 'a'\n\n<Card title=\"One\" b={{c: `d`}}>\n  ```js\n  x\n  ```\n  <p>Two {e.f}</p>\n</Card>\n\n"
    b":::note[G]\n$$\nh\n$$\n:::\n",
    b'[a](https://x[a](https://x[a]( "t" ) ![](<x y>) \\* &#65; &amp; mailto:a@b.c <https://x.y>\n',
)
_LINE_END = re.compile(r"\r\n?|\n")


def holds(data: bytes) -> None:
    """Split a body, read every view of its segments, and compare its two halves."""
    text = data.decode("utf-8", "replace")
    for how in (syntax(), syntax(Dialect.MDX)):
        _stand_in_order(text, how)
    places = [place for run in runs(text) for place in (run.start, run.end)]
    assert places == sorted(places)
    before, after = text[: len(text) // 2], text[len(text) // 2 :]
    edit_size(before, after)
    assert "".join(run.text for run in diff(before, after) if run.kind is not RunKind.REMOVED) == after


def _stand_in_order(text: str, how: Syntax) -> None:
    done = 0
    for segment in split_body(text, how=how):
        assert done <= segment.start < segment.end <= len(text)
        assert text[segment.start : segment.end] == segment.text
        assert segment.line == 1 + len(_LINE_END.findall(text, 0, segment.start)), segment
        done = segment.end
        assert words(bare(wording(segment))) >= 0
        markup(segment)
        anchors(segment.text)
