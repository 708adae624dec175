"""Path templates: what matches is built again, and what is built matches with the same key and language."""

from transtool.errors import ConfigError
from transtool.languages import Spellings
from transtool.layout import compile_template
from transtool.model import Language

SEEDS = (
    b"docs/ep-{number}/{lang}/episode.md\0docs/ep-12/es/episode.md",
    b"content/{lang}/{key**}.md\0content/pt-BR/a/b/c.md",
    b"[{lang}/](posts|{_})/{date}-{key}[.{lang}].{ext}\0es/posts/2031-03-05-one.es.md",
    b"{a}-{b}-{c}/{a}.md\0x-y-z/x.md",
)
_LANGUAGES = ("en", "es", "pt-BR", "zh-Hans")
_SPELLINGS = Spellings({tag.lower(): Language(tag) for tag in _LANGUAGES})


def holds(data: bytes) -> None:
    """Compile the text before the NUL as a template, and match the path behind it."""
    text, _, path = data.decode("utf-8", "surrogateescape").partition("\0")
    try:
        template = compile_template(text, _SPELLINGS, source=Language("en"))
    except ConfigError as error:
        str(error)
        return
    template.foreign(path)
    found = template.match(path)
    if found is None:
        return
    for tag in _LANGUAGES:
        built = template.build(language=Language(tag), key=found.key, like=found)
        again = None if built is None else template.match(built)
        assert built is None or (again is not None and (again.key, again.language) == (found.key, tag)), (built, again)
