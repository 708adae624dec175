"""An invented site in a real git repository, with a translation of every status: what tests of the commands look at."""

from pathlib import Path

from tests.repositories import Repository

CONFIGURATION = """
source = "en"
languages = ["es", "fr"]

[series.talks]
path = "talks/{number}/{lang}/talk.md"

[series.briefs]
path = "briefs/{number}/{lang}/brief.md"
languages = ["es"]

[fields]
translated = ["title"]

[fields.local]
lang = "{lang}"
permalink = "/{lang}/{number}/"
"""

SENTENCES = {
    "en": {
        "title": ("The Lamp on the Stairs", "How Bells Are Tuned", "A Garden in a Bottle", "Three Kinds of Glue"),
        "first": "We begin with a walk through the workshop on the corner.",
        "second": "Then two neighbours tell how they mended the old clock.",
        "third": "At the end there is time for the questions of listeners.",
    },
    "es": {
        "title": ("La lámpara de la escalera", "Cómo se afinan campanas", "Un jardín embotellado", "Tres pegamentos"),
        "first": "Empezamos con un paseo por el taller de la esquina.",
        "second": "Luego dos vecinas cuentan cómo arreglaron el reloj viejo.",
        "third": "Al final queda tiempo para las preguntas del público.",
    },
    "fr": {
        "title": ("La lampe de l'escalier", "Comment on accorde", "Un jardin en bouteille", "Trois colles"),
        "first": "Nous commençons par une promenade dans l'atelier du coin.",
        "second": "Puis deux voisins racontent comment ils ont réparé l'horloge.",
        "third": "Il reste du temps pour les questions de ceux qui écoutent.",
    },
}
EDITED = "Then three neighbours tell why they gave the old clock away in autumn."


def page(language: str, number: int, text: str | None = None, *, permalink: str = "", date: str = "2024-05-04") -> str:
    """A talk in a language (with the words of `text`, another one, if that is told)."""
    said = SENTENCES[text or language]
    return (
        f'---\ntitle: "{said["title"][number - 1]}"\nlang: {language}\n'
        f"permalink: {permalink or f'/{language}/{number}/'}\ndate: {date}\n---\n\n"
        f"{said['first']}\n\n{said['second']}\n\n{said['third']}\n"
    )


def talk(number: int, language: str) -> str:
    """Where a talk is."""
    return f"talks/{number}/{language}/talk.md"


def edited(text: str) -> str:
    """An English page whose second paragraph says something else."""
    assert SENTENCES["en"]["second"] in text
    return text.replace(str(SENTENCES["en"]["second"]), EDITED)


def podcast(root: Path) -> Repository:
    """The site, of two commits: in the second, the English of talk 2 was edited.

    Talk 1 is current in both languages, talk 2 stale in Spanish and missing in French, talk 3 missing in both, talk 4
    has two wrong fields in Spanish and is a draft in French. Brief 1 is current in Spanish.
    """
    repository = Repository(root)
    repository.commit(
        {
            "transtool.toml": CONFIGURATION,
            **{talk(number, "en"): page("en", number) for number in (1, 2, 3, 4)},
            talk(1, "es"): page("es", 1),
            talk(1, "fr"): page("fr", 1),
            talk(2, "es"): page("es", 2),
            talk(4, "es"): page("es", 4, permalink="/fr/4/", date="2024-05-05"),
            talk(4, "fr"): page("fr", 4, "en"),
            "briefs/1/en/brief.md": page("en", 1),
            "briefs/1/es/brief.md": page("es", 1),
        }
    )
    repository.commit({talk(2, "en"): edited(page("en", 2))})
    return repository
