"""The transform `AWS::Serverless-2016-10-31`, carried out on the located tree: imported only where a template names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from wa_iac.parsers.cloudformation.located import Entry, MapNode, ScalarNode
from wa_iac.parsers.cloudformation.scope import Scope

from . import apis, functions, machines, tables, versions
from .api_events import HTTP, HTTP_TYPE, REST, REST_TYPE
from .global_section import Globals
from .nodes import build, entries, text
from .shapes import TYPES, checked
from .source import Expansion, Source

__all__ = ["Expansion", "expand"]

_PREFIX: Final = "AWS::Serverless::"
_FUNCTIONS_FIRST: Final[dict[str, Callable[[Source], None]]] = {
    "AWS::Serverless::Function": functions.expand_function,
    "AWS::Serverless::StateMachine": machines.expand_machine,
    "AWS::Serverless::SimpleTable": tables.expand_table,
    "AWS::Serverless::LayerVersion": tables.expand_layer,
    "AWS::Serverless::Application": tables.expand_application,
}
_APIS: Final[dict[str, Callable[[Source], None]]] = {REST_TYPE: apis.expand_rest, HTTP_TYPE: apis.expand_http}
"""Expanded last: by then it is known which routes functions and state machines add to them."""
_NOT_EXPANDED: Final = {
    "AWS::Serverless::Connector": "the policies that a connector makes are not judged",
    "AWS::Serverless::GraphQLApi": "what a GraphQL API makes is not judged",
}


def expand(scope: Scope, globals_: Entry | None, resources: Mapping[str, Entry], conditions: dict[str, Entry]) -> Expansion:
    """What a template's resources become; `conditions` takes those that are made.

    Values keep their places in the template, and what is made stands at the SAM resource or the event it is made from.
    """
    expansion = Expansion(scope, Globals(scope, globals_), {}, conditions)
    for name, entry in resources.items():
        kind = text(entries(entry).get("Type"))
        if not kind.startswith(_PREFIX):
            expansion.resources[name] = entry
        elif kind in _NOT_EXPANDED:
            scope.unavailable(_NOT_EXPANDED[kind], entry.key)
        elif kind not in TYPES:
            scope.error(f"SAM has no resource type {kind}", entry.key)
        elif (source := _source(expansion, name, kind, entry)) is not None:
            expansion.sources[name] = source
    for step in (_FUNCTIONS_FIRST, _APIS):
        for source in list(expansion.sources.values()):
            if source.kind in step:
                step[source.kind](source)
    for name, kind in ((REST, REST_TYPE), (HTTP, HTTP_TYPE)):
        if name in expansion.routes and name not in expansion.sources:
            _APIS[kind](_implied(expansion, name, kind))
    versions.put_application(expansion)
    return expansion


def _source(expansion: Expansion, name: str, kind: str, entry: Entry) -> Source | None:
    """A SAM resource with its properties, those of Globals among them; None, after an error, where a required one is missing."""
    beside = entries(entry)
    properties = expansion.globals_.of(kind, entries(beside.get("Properties")), beside.get("IgnoreGlobals"))
    usable = checked(expansion.scope, kind, f'"{name}"', properties, entry)
    return None if usable is None else Source(expansion, name, kind, entry, usable)


def _implied(expansion: Expansion, name: str, kind: str) -> Source:
    """The API that no resource declares, at the first event that needs it."""
    routes = expansion.routes[name]
    at = routes[0].event.at
    beside: dict[str, Entry] = {}
    if condition := routes.condition(expansion, name):
        beside["Condition"] = Entry(at, ScalarNode(condition, condition, at))
    properties = dict(expansion.globals_.section(kind))
    if kind == REST_TYPE:
        properties["StageName"] = Entry(at, build("Prod", at))
    source = Source(expansion, name, kind, Entry(at, MapNode(beside, at)), properties, routes[0].event.source.extent)
    expansion.sources[name] = source
    return source
