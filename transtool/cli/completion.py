"""What a shell offers for what is being typed: the values of options, from the site and from transtool itself.

A prompt is not the place for errors: whatever goes wrong, nothing is offered and nothing is said. What a site says
(titles, keys) is a stranger's, and shells evaluate part of what they are given (zsh all of it): a value that a shell
could take for more than a word is not offered, and of a title only letters, digits and harmless marks are left.
"""

import os
import re
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # what reads a site takes time that a command line without completion shall not take
    from transtool.settings import Config

VARIABLE = "_TRANSTOOL_COMPLETE"
"""The environment variable that says what a shell asks for, by the protocol of Typer."""

Offer = tuple[str, str]
"""A value, and what it is."""
Offering = Callable[[typer.Context, str], list[Offer]]
"""Gives what is offered after what is typed: what Typer asks for."""

_WORD = re.compile(r"[\w./@%+][\w./@%+,-]*")
"""A value that is one word to every shell, and no option."""
_SPECIAL = re.compile(r"[^\w .,+/%\x80-\U0010ffff-]+")
"""What of ASCII any shell, or Typer, could take for more than a character of a text."""
_MOST = 60
"""Characters of a title."""


def answer(app: typer.Typer) -> int:
    """Answer a shell on stdout, and return the exit code; nothing is ever said on stderr."""
    from typer import _completion_classes

    # Typer would have rich look for markup in every text, which takes seconds for some thousand of them.
    vars(_completion_classes)["_sanitize_help_text"] = str
    with Path(os.devnull).open("w", encoding="utf-8") as nobody, redirect_stderr(nobody):
        try:
            app(prog_name="transtool", standalone_mode=False)
        except SystemExit as done:
            return done.code if isinstance(done.code, int) else 0
        except Exception:
            return 1
    return 0


def _offering(find: Callable[[typer.Context], Iterable[Offer]]) -> Offering:
    """Return what offers what `find` gives, after what stands before the last comma."""

    def offers(ctx: typer.Context, incomplete: str) -> list[Offer]:
        before = "".join(incomplete.rpartition(",")[:2])
        return [(before + value, _plain(said)) for value, said in find(ctx) if _WORD.fullmatch(value)]

    return offers


def _plain(text: str) -> str:
    shown = "".join(each if each.isprintable() else " " for each in text.replace("'", "’").replace(":", " –"))
    return " ".join(_SPECIAL.sub(" ", shown).split())[:_MOST]


def _site(ctx: typer.Context) -> "tuple[Path, Config]":
    """Return the root and the configuration of the site that the command line is about, as far as it is typed."""
    from transtool.site.open import read_config, root_of

    named = ctx.params.get("config")
    path, config = read_config(Path(ctx.params.get("where") or ""), Path(named) if named else None)
    return root_of(path), config


@_offering
def languages(ctx: typer.Context) -> Iterable[Offer]:
    """Offer the languages of the site, as it spells them."""
    from transtool.cli.terminal import WORDS

    _, config = _site(ctx)
    return [(config.spellings.spell(tag), WORDS.language(tag)) for tag in config.known_languages]


@_offering
def series(ctx: typer.Context) -> Iterable[Offer]:
    """Offer the series of the site."""
    return [(series.name, ", ".join(each.text for each in series.templates)) for series in _site(ctx)[1].series]


@_offering
def numbers(ctx: typer.Context) -> Iterable[Offer]:
    """Offer the episodes of the series that are named, or of all."""
    from transtool.site.glance import sources

    chosen = {name for text in ctx.params.get("series") or () for name in text.split(",")}
    return {key: each.title for series, key, each in sources(*_site(ctx)) if not chosen or series in chosen}.items()


@_offering
def fields(ctx: typer.Context) -> Iterable[Offer]:
    """Offer the fields of front matter."""
    from transtool.site.glance import sources

    root, config = _site(ctx)
    local = {name for series in config.series for name in series.fields.local}
    found = {field.name for _, _, document in sources(root, config) for field in document.fields}
    return [(name, "") for name in sorted(found | local)]


@_offering
def rules(_ctx: typer.Context) -> Iterable[Offer]:
    """Offer the rules."""
    from transtool.cli.terminal import WORDS
    from transtool.rules import RULES

    return [(rule, WORDS.rule(rule)) for rule in RULES]


@_offering
def report_formats(ctx: typer.Context) -> Iterable[Offer]:
    """Offer the formats of a report, or of its history."""
    from transtool.render import RENDERERS, TRENDS

    return [(name, "") for name in (TRENDS if ctx.params.get("history") else RENDERERS)]


@_offering
def interface_languages(_ctx: typer.Context) -> Iterable[Offer]:
    """Offer the languages of the interface."""
    from transtool.i18n.catalogues import available

    return [(tag, "") for tag in available()]


@_offering
def schemas(_ctx: typer.Context) -> Iterable[Offer]:
    """Offer the JSON Schemas."""
    from transtool.schemas import SCHEMAS

    return [(name, "") for name in SCHEMAS]


def among(*names: str) -> Offering:
    """Return what offers `names`."""
    return _offering(lambda _ctx: [(name, "") for name in names])
