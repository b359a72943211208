"""What a resource is called, as words."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.parts.tags import entries
from wa_iac.core.coerce import Tags
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value

_WORDS: Final = late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z][A-Z])(?=[A-Z][a-z]{2})|[^A-Za-z0-9]+")


def called(resource: Resource, tags: Value[Tags]) -> Iterator[str]:
    """The address with the modules it is in, the name as far as it is known, and the `Name` tag."""
    for name in (resource.address, *pieces_of(resource.key_of(resource.declared)), *tagged(tags)):
        yield words_of(name)


def tagged(tags: Value[Tags]) -> Iterator[str]:
    """The `Name` tag, as far as it is known."""
    if (name := entries(tags).get("Name")) is not None:
        yield " ".join(pieces_of(name))


def words_of(name: str) -> str:
    """`WebServer_1` is "web server 1", and `InfluxDBLogs` is "influx db logs". One capital is no acronym: `OAuthState` is "oauth state"."""
    return " ".join(_WORDS.split(name)).lower()
