"""One event of a function or a state machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.nodes import Made, pick
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry

from .target import EventTarget, permission


class Event(NamedTuple):
    """One event. `at` is the line of its name, `properties` has the properties that can be used."""

    source: SamResource
    target: EventTarget
    name: str
    kind: str
    at: Span
    properties: dict[str, Entry]

    @property
    def id(self) -> str:
        """The logical id that SAM gives to the event's resource."""
        return self.source.name + self.name

    def get(self, name: str) -> Entry | None:
        return self.properties.get(name)

    def text(self, name: str) -> str:
        """The text of a property if it is known before deployment; else empty."""
        return self.source.expansion.text(self.properties.get(name))

    def only(self, *names: str) -> dict[str, Made]:
        """The properties with these names, as written."""
        return pick(self.properties, names)

    def put(self, kind: str, properties: Mapping[str, Made], suffix: str = "", **beside: Made) -> str:
        """Adds a resource at the event's line; returns its name."""
        return self.source.put(self.id + suffix, kind, properties, at=self.at, **beside)

    def permission(self, principal: str, suffix: str = "Permission", **more: Made) -> str:
        """Allows a service to invoke the function."""
        return permission(self.target, self.id + suffix, principal, self.at, **more)

    def error(self, message: str, at: Span | None = None) -> None:
        self.source.error(message, self.at if at is None else at)

    def renamed(self, new: Mapping[str, str], names: Iterable[str]) -> dict[str, Made]:
        """The properties with these names, some under their `new` name."""
        return {new.get(name, name): self.properties[name] for name in names if name in self.properties}
