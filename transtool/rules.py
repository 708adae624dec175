"""Every rule once: its id, its default severity and the sentences it can say."""

from collections.abc import Mapping
from dataclasses import dataclass

from transtool.errors import N_
from transtool.model import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong. `sentences` maps a finding's `problem` to the template its facts fill."""

    id: str
    severity: Severity
    summary: str
    sentences: Mapping[str, str]


_RULES = (
    Rule(
        "missing",
        Severity.WARNING,
        N_("No file for an expected language"),
        {
            "": N_("no {language_name} translation; it would be {target}"),
            "page": N_("no translation at all; expected in {languages}"),
            "language": N_("hardly anything in {language_name} yet: {counted_translations} missing"),
        },
    ),
    Rule(
        "stale",
        Severity.WARNING,
        N_("The wording of the source changed since the translation was made"),
        {
            "": N_("the source has changed since: {counted_segments}, {counted_words}"),
            "digest": N_("the source changed since this translation was stamped; git cannot show where"),
        },
    ),
    Rule(
        "correction",
        Severity.INFO,
        N_("The source was only corrected: spelling, inflection, function words"),
        {
            "": N_("the source was only corrected: {counted_segments}"),
            "left": N_(
                "small edits of the source that were left alone while the rest was followed: {counted_segments}"
            ),
        },
    ),
    Rule(
        "markup",
        Severity.INFO,
        N_("Only links, includes, code or attributes of the source changed"),
        {
            "": N_("only links, includes or code of the source changed: {counted_segments}"),
        },
    ),
    Rule(
        "unknown",
        Severity.INFO,
        N_("No baseline: nothing says which source this was translated from"),
        {
            "": N_("nothing records which version of the source this was translated from"),
            "no-git": N_("there is no git history to tell which version of the source this was translated from"),
            "shallow": N_("the git history is shallow; fetch it whole (fetch-depth: 0)"),
            "bad-stamp": N_("the stamp {value} is not a digest"),
            "uncommitted": N_("neither stamped nor committed yet"),
            "foreign": N_("git does not trust this repository, because somebody else owns it"),
            "no-commits": N_("nothing is committed yet"),
            "pin": N_("the pin {value} names no version of the source that can be found"),
            "pin-overruled": N_(
                "the pin {value} names no version that can be found; by git history nothing changed since"
            ),
            "lost": N_("git does not have the version of the source this was translated from"),
            "no-source": N_("there is no source to compare with"),
            "source-unreadable": N_("the source cannot be read"),
            "older": N_("the translation is older than the file it would be a translation of"),
        },
    ),
    Rule(
        "untranslated",
        Severity.WARNING,
        N_("Text still reads as the source"),
        {
            "": N_("still worded as the source: {counted_segments} of {total} ({percent} of the words), on {lines}"),
            "field": N_("{field} still reads as the source"),
            "draft": N_("a draft: {percent} of the words are still those of the source"),
            "blank": N_("a draft: there is no text yet"),
            "sparse": N_("a draft: {counted_segments} where the source has {total}"),
        },
    ),
    Rule(
        "foreign",
        Severity.WARNING,
        N_("Text in the language of the source that is not the source's text"),
        {
            "": N_("in the language of the source, but not its text: {counted_segments}, on {lines}"),
        },
    ),
    Rule(
        "incomplete",
        Severity.WARNING,
        N_("Less than a translation: sections of the source were left out"),
        {
            "": N_("left out from the start: {names} ({counted_words} of {total})"),
            "length": N_("far too short: {percent} of the length that a translation of this page usually has"),
        },
    ),
    Rule(
        "mismatch",
        Severity.WARNING,
        N_("A shared field differs from the source"),
        {
            "": N_("{field} is {value}, in the source {expected}"),
            "absent": N_("{field} is absent, in the source {expected}"),
            "extra": N_("{field} is {value}, the source has no such field"),
            "habit": N_(
                "{field} differs from the source in {count} of {total} translations; give it a role in [fields]"
            ),
        },
    ),
    Rule(
        "local",
        Severity.WARNING,
        N_("A local field does not have the value that its language needs"),
        {
            "": N_("{field} is {value}, expected {expected}"),
            "absent": N_("{field} is absent, expected {expected}"),
        },
    ),
    Rule(
        "placeholder",
        Severity.WARNING,
        N_("A value is a placeholder"),
        {
            "": N_("{field} is a placeholder: {value}"),
            "body": N_("the text contains a placeholder: {value}"),
            "prompt": N_("left over from asking for a translation: {value}"),
        },
    ),
    Rule(
        "structure",
        Severity.INFO,
        N_("Headings, includes or code blocks do not match the source"),
        {
            "headings": N_("headings: {count} here, {expected} in the source"),
            "lacking-heading": N_("headings: {count} here, {expected} in the source; no counterpart of {heading}"),
            "extra-heading": N_("headings: {count} here, {expected} in the source; {heading} is not in the source"),
            "levels": N_("as many headings as in the source, but at other levels ({names})"),
            "includes": N_("includes: {count} here, {expected} in the source ({names})"),
            "code": N_("code blocks: {count} here, {expected} in the source"),
        },
    ),
    Rule(
        "link",
        Severity.INFO,
        N_("A link leads to the source's language, or nowhere"),
        {
            "source": N_("{target} leads to the page in the language of the source; there is {own}"),
            "anchor": N_("{target} leads to no place on this page"),
        },
    ),
    Rule(
        "damaged",
        Severity.WARNING,
        N_("Markdown that is broken here and not in the source"),
        {
            "link-space": N_("a blank parts the text of a link from its address: {value}"),
            "link-wide": N_("full-width brackets make no link: {value}"),
            "address": N_("the address of a link is broken: {value}"),
            "address-space": N_("a blank breaks the address of a link: {value}"),
            "emphasis-space": N_("blanks inside the asterisks: no emphasis: {value}"),
            "heading": N_("no blank after the signs of a heading: {value}"),
            "fence": N_("a code fence that is never closed takes the rest of the page"),
        },
    ),
    Rule(
        "orphan",
        Severity.WARNING,
        N_("A translation whose source does not exist"),
        {
            "": N_("no source file for this translation"),
            "near": N_("no source file for this translation; did you mean {suggestion}?"),
        },
    ),
    Rule(
        "duplicate",
        Severity.ERROR,
        N_("Two files claim the same series, key and language"),
        {
            "": N_("{other} is the same in {language_name} already"),
        },
    ),
    Rule(
        "identity",
        Severity.ERROR,
        N_("Path and front matter disagree on number or language"),
        {
            "": N_("{field} is {value}, but the path says {expected}"),
            "language-folder": N_("{folder} looks like a language, but is not configured"),
            "no-key": N_("nothing says which one this is: there is no field {field}"),
            "other-key": N_("nothing says which one this is: there is no key in the field {field}"),
        },
    ),
    Rule(
        "unreadable",
        Severity.ERROR,
        N_("Front matter or encoding is broken"),
        {
            "": N_("cannot be read: {problem}"),
            "duplicate-key": N_("{field} appears twice in the front matter; the last one counts"),
            "bom": N_("a byte order mark hides the front matter from Jekyll"),
            "dialect": N_("a tag, expression or import of MDX is never closed: read as plain Markdown"),
        },
    ),
)

RULES: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}
"""The rules by id, in the order in which tables show them."""
