"""The JSON Schemas that ship with the package: for editors, and for whoever reads the JSON report."""

from collections.abc import Mapping
from importlib.resources import files

SCHEMAS: Mapping[str, str] = {
    "config": "config.schema.json",
    "report": "report.schema.json",
    "fleet": "fleet.schema.json",
}
"""What can be asked for, and the file that has it."""

_PLACE = "https://raw.githubusercontent.com/transtool/transtool/main/transtool/schemas"


def schema_id(name: str) -> str:
    """Return the `$id` of the schema `name` (a key of `SCHEMAS`): the web address that editors can have it from."""
    return f"{_PLACE}/{SCHEMAS[name]}"


def schema_text(name: str) -> str:
    """Return the text of the schema file `name` (a value of `SCHEMAS`)."""
    return files(__name__).joinpath(name).read_text("utf-8")
