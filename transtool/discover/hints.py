"""What a site's own configuration says about its languages: a hint, the files decide."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from transtool import document
from transtool.document import Document, Scalar, Sequence
from transtool.languages import is_wellformed

_LISTS = ("languages", "langs", "locales")
_DEFAULTS = ("default_lang", "defaultLang", "default_language", "default_locale", "lang", "locale")


@dataclass(frozen=True, slots=True)
class Hint:
    """The languages that the file `path` lists, and the one it calls its default (empty: none)."""

    path: str
    languages: tuple[str, ...] = ()
    default: str = ""


def read_hint(paths: Iterable[str], read: Callable[[str], bytes]) -> Hint | None:
    """Return what the Jekyll configuration nearest to the top says; None where there is none that says anything."""
    named = sorted((path for path in paths if _is_configuration(path)), key=lambda path: (path.count("/"), path))
    for path in named:
        hint = _hint(path, read(path))
        if hint.languages or hint.default:
            return hint
    return None


def _is_configuration(path: str) -> bool:
    return path.rpartition("/")[2] in {"_config.yml", "_config.yaml"}


def _hint(path: str, data: bytes) -> Hint:
    # It is YAML, and only `document` reads YAML: as the front matter of a page.
    found = document.parse(path, b"---\n" + data.removeprefix(b"---\n") + b"\n---\n")
    if not isinstance(found, Document):
        return Hint(path)
    listed = next((tags for name in _LISTS if (tags := _tags(found, name))), ())
    default = next((tag for name in _DEFAULTS if is_wellformed(tag := found.raw(name) or "")), "")
    return Hint(path, listed, default)


def _tags(found: Document, name: str) -> tuple[str, ...]:
    """Return the tags in a list, or the keys of a mapping."""
    value = found.value(name)
    match value:
        case Sequence(items=items):
            texts = [item.text for item in items if isinstance(item, Scalar)]
        case document.Mapping(items=pairs):
            texts = [key for key, _ in pairs]
        case _:
            texts = []
    return tuple(text for text in texts if is_wellformed(text))
