"""Find and load the gettext catalogues: compiled ones in the wheel, their sources in a checkout."""

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

DOMAIN = "transtool"
SOURCE_LANGUAGE = "en"

_PACKAGE = Path(__file__).parent.parent
_COMPILED = _PACKAGE / "locales"
_SOURCES = _PACKAGE.parent / "locales"


@lru_cache
def available() -> tuple[str, ...]:
    """Return the tags of the languages that the interface speaks, English first."""
    found = {path.parents[1].name for path in _COMPILED.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    found |= {path.parents[1].name for path in _SOURCES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    return (SOURCE_LANGUAGE, *sorted(name.replace("_", "-") for name in found))


@lru_cache
def load(tag: str) -> gettext.NullTranslations:
    """Return the catalogue of an available language; of any other, one that leaves English as it is."""
    folder = Path(tag.replace("-", "_")) / "LC_MESSAGES"
    if tag == SOURCE_LANGUAGE or tag not in available():
        return gettext.NullTranslations()
    compiled = _COMPILED / folder / f"{DOMAIN}.mo"
    if compiled.is_file():
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(BytesIO(compiled_from(_SOURCES / folder / f"{DOMAIN}.po")))


def compiled_from(source: Path) -> bytes:
    """Return the compiled form of a PO file: what `msgfmt` would write."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = BytesIO()
    with source.open("rb") as file:
        write_mo(target, read_po(file, locale=source.parents[1].name, abort_invalid=True))
    return target.getvalue()
