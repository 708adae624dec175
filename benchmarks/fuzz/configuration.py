"""The configuration: it is read, or every mistake is said with its line."""

from transtool.config import parse
from transtool.errors import ConfigError

SEEDS = (
    b'source = "en"\nlanguages = ["es", "pt-BR"]\nmax_file_size = 1\nplaceholders = [\'^(todo|tbd)$\']\n'
    b'[series.a]\npath = "{lang}/{number}.md"\nexempt = [{ key = "1-3", languages = ["es"] }]\n'
    b'key = { field = ["a.b"], pattern = \'#?(\\d+)\' }\n[series.a.fields.local]\nlang = "{lang}"\n',
    b'source = "en"\nlanguages = ["gr"]\n[aliases]\ngr = "el"\n[[series.b.exempt]]\nkey = 4\n[series.b]\n'
    b'path = ["a/{key**}[.{lang}].md", "(old|new)/{_}-{date}.md"]\n'
    b'[fields.local]\nparent = { title_of = "{lang}/a.md" }\n',
    b'[rules]\nstale = "error"\n[stamp]\ndigest = "x"\n[pin]\nfield = "a.b"\nkind = "date"\n'
    b'"quoted \\u00e9".\'b\' = """\nlong"""\n',
)


def holds(data: bytes) -> None:
    """Parse a configuration."""
    try:
        parse(data, "transtool.toml")
    except ConfigError as error:
        assert error.problems
        lines = data.count(b"\n") + data.count(b"\r") + 1
        for problem in error.problems:
            assert problem.line is None or 1 <= problem.line <= lines
            str(problem.message)
