"""What an experiment has to know of single resources, read off the graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.core.binding import member, value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.drill.failures import zone_called
from wa_iac.drill.mesh import mesh
from wa_iac.drill.zones import SUBNETS, same_zone, zone_of_subnet
from wa_iac.knowledge.alarms import health_alarms
from wa_iac.knowledge.architecture.kinds import kind_of

from .model import Named, Text

MOST_ALARMS: Final = 5
"""Stop conditions of an experiment: "AWS Fault Injection Service endpoints and quotas" in the AWS General Reference."""
_LOCATION: Final = "AWS_FIS_CONFIGURATION_LOCATION"
"""Where FIS's extension of a function looks for faults: "Use the AWS FIS aws:lambda:function actions" in the AWS FIS User Guide."""


def first(declared: Declared, *names: str) -> Tree:
    """The first of some arguments that is written."""
    found = (value_at(declared.body, name) for name in names)
    return next((each for each in found if not isinstance(each, Absent)), Absent(declared.body.origin))


def is_true(declared: Declared, *names: str) -> bool:
    """Whether an argument is certainly true."""
    return first(declared, *names) == Known(True)


def tags_of(declared: Declared) -> tuple[tuple[str, Text], ...]:
    """The literal tags of a resource, in the order in which they are written."""
    match first(declared, "tags", "Tags"):
        case Known(dict() as entries):
            pairs = [(key, value) for key, value in entries.items()]
        case Known(list() as items):
            pairs = [(str(key.value), member(each, "Value")) for each in items if isinstance(key := member(each, "Key"), Known)]
        case _:
            return ()
    return tuple((str(key), (str(value.value),)) for key, value in pairs if _is_literal(value))


def _is_literal(value: Tree) -> bool:
    return isinstance(value, Known) and not value.origin.sensitive and isinstance(value.value, str)


def alarms_for(graph: Graph, entry_points: frozenset[str]) -> tuple[tuple[Named, ...], bool]:
    """The alarms that end an experiment early, and whether they are on an entry point or a part of one: those, else all on the health of
    anything."""
    wanted = {id(found) for address in entry_points for found in graph.at(address)}
    alarms = health_alarms(graph)
    parts = {id(each) for each in _parts(graph, entry_points)}
    near = [each for each in alarms if any(id(found) in wanted | parts for found in graph.referred(each.declared.body))]
    shown = [Named(each.address, each.declared.type, "arn") for each in near or alarms]
    return tuple(shown[:MOST_ALARMS]), bool(near)


def _parts(graph: Graph, entry_points: frozenset[str]) -> Iterator[Declared]:
    from wa_iac.knowledge.architecture.whole import architecture

    for each in architecture(graph).nodes:
        if each[0].address in entry_points:
            for part in architecture(graph).parts_of(each[0]):
                yield from graph.at(part.address)


def subnets_in(graph: Graph, zone: str) -> tuple[list[Declared], list[Declared]]:
    """The subnets in a zone, as `--fail zone:NAME` calls it, and those of which that is not known."""
    failing = zone_called(zone, mesh(graph)).value
    inside, doubtful = [], []
    for each in of_kind(graph, *SUBNETS):
        match same_zone(zone_of_subnet(each, graph), failing):
            case True:
                inside.append(each)
            case None:
                doubtful.append(each)
            case False:
                pass
    return inside, doubtful


def extension_of(function: Declared) -> tuple[bool, str]:
    """Whether a function has FIS's extension configured, and the ARN of the place in S3 if it is literal."""
    value = first(function, f"environment.variables.{_LOCATION}", f"Environment.Variables.{_LOCATION}")
    return not isinstance(value, Absent), str(value.value) if _is_literal(value) and isinstance(value, Known) else ""


def service_of(endpoint: Declared) -> str:
    """The service of an interface endpoint: `sqs`; empty for another endpoint, or if it is not known."""
    kind = first(endpoint, "vpc_endpoint_type", "VpcEndpointType")
    name = first(endpoint, "service_name", "ServiceName")
    if kind != Known("Interface"):
        return ""
    match name:
        case Known(str() as text):
            return text.rpartition(".")[2]
        case Unknown(parts=parts) if parts and isinstance(parts[-1], str):
            return str(parts[-1]).rpartition(".")[2]
        case _:
            return ""


def of_kind(graph: Graph, *kinds: str) -> list[Declared]:
    """The resources of some kinds, in order of declaration. (Each type is looked up once.)"""
    types = {each for each in graph.types if kind_of(each) in kinds}
    return [each for each in graph.declared if each.kind == "resource" and each.type in types]
