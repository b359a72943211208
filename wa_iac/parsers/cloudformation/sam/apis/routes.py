"""The routes that events of functions and state machines add to an API, and the paths of all routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from wa_iac.parsers.cloudformation.sam.events.event import Event
from wa_iac.parsers.cloudformation.sam.expansion import Expansion
from wa_iac.parsers.cloudformation.sam.nodes import Made, build, condition_of, entries, when
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry

ANY: Final = "x-amazon-apigateway-any-method"
Complete: TypeAlias = "Callable[[Entry | None, dict[str, Made]], Made]"
"""`(written, generated) -> merged`: combines the template's operation, if any, with the one an event generates; returns
`written` unchanged if it wins."""
_ALL_METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


class SamRoute(NamedTuple):
    """One method of a path, as in an OpenAPI document. `method` is in lower case, or ANY."""

    path: str
    method: str
    event: Event
    operation: dict[str, Made]


class Routes(list[SamRoute]):
    """The routes that events add to one API."""

    def paths(self) -> dict[str, list[SamRoute]]:
        found: dict[str, list[SamRoute]] = {}
        for route in self:
            found.setdefault(route.path, []).append(route)
        return found

    def condition(self, expansion: Expansion, api: str) -> str:
        """The condition under which anything calls the API; empty if something always does."""
        names = [route.event.source.condition for route in self]
        return condition_of(names, f"{api}Condition", expansion.conditions, self[0].event.at)


class Apis:
    """The APIs of a template, as events see them.

    Attributes:
        declared: the SAM resources of the template, by logical id.
        routes: the routes that functions' events add to each API, by its logical id.
    """

    def __init__(self, declared: Mapping[str, SamResource]) -> None:
        self.declared: Final = declared
        self.routes: Final[dict[str, Routes]] = {}

    def add(self, api: str, route: SamRoute) -> None:
        self.routes.setdefault(api, Routes()).append(route)


def path_items(expansion: Expansion, api: str, paths: dict[str, list[SamRoute]], extra: dict[str, dict[str, Made]]) -> Made:
    """The paths of a document. `extra` are operations by path that come from no event: the responses for CORS."""
    made: dict[str, Made] = {}
    for index, (path, routes) in enumerate(paths.items()):
        at = routes[0].event.at
        operations: dict[str, Made] = {}
        for route in routes:
            one = when(route.event.source.condition, route.operation)
            operations[route.method] = Entry(route.event.at, build(one, route.event.at))
        names = [route.event.source.condition for route in routes]
        condition = condition_of(names, f"{api}Path{index}Condition", expansion.conditions, at)
        made[path] = Entry(at, build(when(condition, {**operations, **extra.get(path, {})}), at))
    return made


def completed_items(written: Entry | None, routes: Routes, complete: Complete) -> dict[str, Made]:
    """The paths of the template's own document, with the routes of events added."""
    items = entries(written)
    made: dict[str, Made] = {**items}
    for path, group in routes.paths().items():
        operations: dict[str, Made] = {**entries(items.get(path))}
        for route in group:
            at, own = route.event.at, operations.get(route.method)
            both = complete(own if isinstance(own, Entry) else None, route.operation)
            operations[route.method] = own if both is own else Entry(at, build(when(route.event.source.condition, both), at))
        made[path] = Entry(group[0].event.at, build(operations, group[0].event.at))
    return made


def allowed_methods(methods: Iterable[str]) -> str:
    """The methods of a path as a CORS header lists them, including the method of preflight requests."""
    named = {method.upper() for method in methods}
    every = ANY.upper() in named
    return ",".join(_ALL_METHODS if every else sorted({*named, "OPTIONS"}))
