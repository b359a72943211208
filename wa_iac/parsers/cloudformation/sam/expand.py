"""From a SAM template's sections to those that CloudFormation deploys. Every generated node has a place in the template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from wa_iac.parsers.cloudformation.sam.apis.api_events import HTTP, HTTP_TYPE, REST, REST_TYPE
from wa_iac.parsers.cloudformation.sam.apis.http_apis import expand_http_api
from wa_iac.parsers.cloudformation.sam.apis.rest_apis import expand_rest_api
from wa_iac.parsers.cloudformation.sam.apis.routes import Apis, Routes
from wa_iac.parsers.cloudformation.sam.permissions.connectors import TYPE as CONNECTOR
from wa_iac.parsers.cloudformation.sam.permissions.connectors import expand_connectors
from wa_iac.parsers.cloudformation.scope import MadeFrom, TemplateScope
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode

from .expansion import Expansion
from .functions import expand_function
from .global_section import NOT_EXPANDED, Globals
from .graphql import expand_graphql
from .nodes import Made, build, entries, text
from .sam_resource import SamResource
from .shapes import MACRO, TYPES, checked, known_properties, object_of, unknown_name
from .single_resources import expand_application, expand_layer, expand_table
from .state_machines import expand_state_machine
from .versions import put_application

PREFIX: Final = "AWS::Serverless::"
_KINDS: Final[dict[str, Callable[[SamResource], None]]] = {
    "AWS::Serverless::Application": expand_application,
    "AWS::Serverless::GraphQLApi": expand_graphql,
    "AWS::Serverless::LayerVersion": expand_layer,
    "AWS::Serverless::SimpleTable": expand_table,
}
_WITH_EVENTS: Final[dict[str, Callable[[SamResource, Apis], None]]] = {
    "AWS::Serverless::Function": expand_function,
    "AWS::Serverless::StateMachine": expand_state_machine,
}
_APIS: Final = {REST_TYPE: expand_rest_api, HTTP_TYPE: expand_http_api}
_BESIDE: Final = frozenset({
    "Condition", "Connectors", "CreationPolicy", "DeletionPolicy", "DependsOn", "IgnoreGlobals", "Metadata", "Properties", "Type",
    "UpdatePolicy", "UpdateReplacePolicy",
})  # fmt: skip


class Expanded(NamedTuple):
    """The sections after the expansion, and the other names that the template may use.

    `made_from` has the SAM resources from which the others are generated, by logical id; `is_open`: there may be further names,
    of resources that could not be expanded.
    """

    resources: dict[str, Entry]
    conditions: dict[str, Entry]
    renamed: dict[str, str]
    made_from: dict[str, MadeFrom]
    is_open: bool


def expand(
    scope: TemplateScope, resources: Mapping[str, Entry], conditions: Mapping[str, Entry], global_section: Entry | None
) -> Expanded:
    """Expands the transform. Errors in SAM's own terms are added to the scope's errors, with their lines."""
    expansion = Expansion(scope, Globals(scope, global_section), {}, dict(conditions))
    sources: dict[str, SamResource] = {}
    connectors: list[SamResource] = []
    for name, entry in resources.items():
        kind = text(entries(entry).get("Type"))
        if not kind.startswith(PREFIX):
            expansion.resources[name] = entry
        elif (source := _source(expansion, name, kind, entry)) is not None:
            if kind == CONNECTOR:
                connectors.append(source)
            else:
                sources[name] = source
    apis = Apis(sources)
    for source in sources.values():
        if source.kind in _WITH_EVENTS:
            _WITH_EVENTS[source.kind](source, apis)
        elif source.kind in _KINDS:
            _KINDS[source.kind](source)
    put_application(expansion, sources.values())
    _put_apis(expansion, apis, sources)
    expand_connectors(expansion, connectors, sources)
    made = _in_order(expansion, resources)
    return Expanded(made, expansion.conditions, expansion.renamed, expansion.made_from, expansion.is_open)


def _not_expanded(scope: TemplateScope, kind: str, entry: Entry) -> None:
    """Reports a kind of resource that we do not know."""
    if kind.removeprefix(PREFIX) in NOT_EXPANDED:
        scope.unavailable(f"{kind} is not expanded: its resources are not checked", entry.key)
    else:
        unknown_name(scope, "SAM", "resource type", kind, TYPES, entry)


def _source(expansion: Expansion, name: str, kind: str, entry: Entry) -> SamResource | None:
    """One SAM resource with its properties; None, and a message, if it cannot be expanded."""
    if kind not in TYPES:
        _not_expanded(expansion.scope, kind, entry)
        return None
    beside = entries(entry)
    for key, each in beside.items():
        if key in _BESIDE or key == MACRO:
            continue
        called = f'the resource "{name}"'
        if key in known_properties(kind):
            what = f"it is a property of {kind}, and belongs in Properties"
            expansion.scope.doubtful(f"{called} has no attribute {key}, and SAM ignores it: {what}", each.key)
        else:
            unknown_name(expansion.scope, called, "attribute", key, _BESIDE, each, passed_over=True)
    own = object_of(expansion.scope, f'the Properties of "{name}"', beside.get("Properties"))
    if own is None:
        return None
    if MACRO in beside:
        own = {**own, MACRO: beside[MACRO]}  # attributes next to the properties may also add some
    properties = expansion.globals_.of(kind, own, beside.get("IgnoreGlobals"))
    usable = checked(expansion.scope, kind, f'"{name}"', properties, entry)
    return None if usable is None else SamResource(expansion, name, kind, entry, usable)


def _put_apis(expansion: Expansion, apis: Apis, sources: dict[str, SamResource]) -> None:
    """Adds the APIs with the routes of all functions. An API that the routes imply, and that no resource declares, is added as
    well."""
    for source in list(sources.values()):
        if source.kind in _APIS:
            _APIS[source.kind](source, apis.routes.get(source.name, Routes()))
    for name, kind in ((REST, REST_TYPE), (HTTP, HTTP_TYPE)):
        if name in apis.routes and name not in sources:
            implied = _implied(expansion, name, kind, apis.routes[name])
            if implied is not None:
                sources[name] = implied
                _APIS[kind](implied, apis.routes[name])


def _implied(expansion: Expansion, name: str, kind: str, routes: Routes) -> SamResource | None:
    """An API that no resource declares. Its place is the first event that needs it, and it has the APIs' settings of
    Globals."""
    first = routes[0].event
    at = first.at
    owners = list({route.event.source.name: route.event.source for route in routes}.values())
    beside: dict[str, Made] = {"Type": kind, "Condition": routes.condition(expansion, name) or None}
    for key in ("DeletionPolicy", "UpdateReplacePolicy", "Metadata"):
        beside[key] = next((owner.beside[key] for owner in owners if key in owner.beside), None)
    properties = dict(expansion.globals_.section(kind))
    if kind == REST_TYPE:
        properties = {"StageName": Entry(at, build("Prod", at)), **properties}
    tags = {key: tag for owner in owners if owner.propagated is not None for key, tag in entries(owner.get("Tags")).items()}
    if tags:
        properties["Tags"] = Entry(at, MapNode({**entries(properties.get("Tags")), **tags}, at))
        properties["PropagateTags"] = Entry(at, build("true", at))
    entry = Entry(at, build(beside, at))
    usable = checked(expansion.scope, kind, f'"{name}"', properties, entry)
    section = kind.removeprefix(PREFIX)
    return (
        None if usable is None else SamResource(expansion, name, kind, entry, usable, first.source.extent, f"Globals.{section}")
    )


def _in_order(expansion: Expansion, resources: Mapping[str, Entry]) -> dict[str, Entry]:
    """The generated resources in the order of their lines; the template's own before those generated from them."""
    made = expansion.resources
    by_line = sorted(made, key=lambda name: (made[name].key.start_byte, name not in resources))
    return {name: made[name] for name in by_line}
