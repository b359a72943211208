"""`AWS::Serverless::Connector`, and `Connectors` of a resource: what one resource may do with another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.expansion import Expansion
from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, get_att, listed, pick, ref, referred, sub, text
from wa_iac.parsers.cloudformation.sam.sam_resource import CARRIED, SamResource, later
from wa_iac.parsers.cloudformation.sam.shapes import checked
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode

from .connector_permissions import connections

TYPE: Final = "AWS::Serverless::Connector"
_PLACE: Final = late(r"\$\{(Source|Destination)\.(\w+)\}")
_BY_REF: Final = frozenset(
    {"AWS::SNS::Topic", "AWS::StepFunctions::StateMachine", "AWS::AppSync::GraphQLApi", "AWS::AppSync::DataSource"}
)
"""Types whose `Ref` is the ARN."""
_ROLES: Final = {
    "AWS::Lambda::Function": "Role", "AWS::StepFunctions::StateMachine": "RoleArn", "AWS::AppSync::DataSource": "ServiceRoleArn",
}  # fmt: skip


class End(NamedTuple):
    """One end of a connector: a type, and the facts known of the resource, by name."""

    kind: str
    id: str
    given: dict[str, Entry]

    def value(self, name: str) -> Made:
        """The Arn, Name, Id or Qualifier; None if it is not known."""
        if name in self.given:
            return self.given[name].value
        match name:
            case _ if not self.id:
                return self.given["ResourceId"].value if name == "Id" and "ResourceId" in self.given else None
            case "Arn":
                return ref(self.id) if self.kind in _BY_REF else get_att(self.id, "Arn")
            case "Name":
                return get_att(self.id, "Name")
            case "Id":
                return get_att(self.id, "ApiId") if self.kind == "AWS::AppSync::GraphQLApi" else ref(self.id)
            case "Qualifier":
                return "*"
            case _:
                return None

    def role(self, expansion: Expansion, other: str) -> Made:
        """The name of the role with which the resource acts on the `other` one; None if it is not known."""
        if "RoleName" in self.given:
            return self.given["RoleName"].value
        properties = entries(entries(expansion.resources.get(self.id)).get("Properties"))
        if self.kind == "AWS::Events::Rule":
            targets = [entries(target) for target in listed(properties.get("Targets"))]
            named = next((referred(each.get("RoleArn")) for each in targets if referred(each.get("Arn")) == other), "")
        else:
            named = referred(properties.get(_ROLES.get(self.kind, "")))
        return ref(named) if named else None


def expand_connectors(expansion: Expansion, declared: list[SamResource], sources: Mapping[str, SamResource]) -> None:
    """Adds the resources of all connectors in the template. Everything else is already made from its `sources`."""
    for source in declared:
        _connect(source, source.name, source.properties)
    for name, entry in list(expansion.resources.items()):
        made_from = expansion.made_from.get(name)
        beside = sources[name].beside if name in sources else entries(entry)
        _embedded(expansion, name, beside, entry.extent if made_from is None else made_from.extent)


def _embedded(expansion: Expansion, name: str, beside: Mapping[str, Entry], extent: Span) -> None:
    """The `Connectors` beside a resource's properties. The resource is their source."""
    for called, each in entries(beside.get("Connectors")).items():
        given = dict(entries(entries(each).get("Properties")))
        reference = given.pop("SourceReference", None)
        given["Source"] = Entry(each.key, build({**entries(reference), "Id": name}, each.key))
        properties = checked(expansion.scope, TYPE, f'the connector "{called}" of "{name}"', given, each)
        if properties is not None:
            kept = pick(beside, CARRIED)
            holder = Entry(each.key, build({**kept, "Type": TYPE}, each.key))
            _connect(SamResource(expansion, name + called, TYPE, holder, properties, extent), name + called, properties)


def _connect(source: SamResource, name: str, properties: dict[str, Entry]) -> None:
    permissions = [text(item) for item in listed(properties["Permissions"])]
    for item in listed(properties["Permissions"]):
        if text(item) not in ("Read", "Write"):
            source.error("the Permissions of a connector must be Read or Write", item.span)
            return
    start = _end(source, properties["Source"])
    destination = properties["Destination"]
    several = isinstance(destination.value, ListNode)
    for index, node in enumerate(listed(destination)):
        end = _end(source, Entry(node.span, node))
        if start is not None and end is not None:
            permit(source, name, start, end, permissions, f"Destination{index}" if several else "")


def _end(source: SamResource, entry: Entry) -> End | None:
    given = entries(entry)
    name = text(given.get("Id"))
    expansion = source.expansion
    if name:
        kind = entries(expansion.resources.get(name)).get("Type")
        if kind is None:
            if not expansion.is_open:
                source.error(f'there is no resource "{name}" to connect', entry.key)
            return None
        return End(text(kind), name, {key: each for key, each in given.items() if key != "Id"})
    kind_text = text(given.get("Type"))
    if not kind_text:
        source.error("an end of a connector needs an Id, or a Type", entry.key)
        return None
    return End(_deployed(kind_text), "", given)


def _deployed(kind: str) -> str:
    """The type that a SAM type becomes."""
    return {
        "AWS::Serverless::Function": "AWS::Lambda::Function",
        "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
        "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
        "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
        "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
    }.get(kind, kind)


def permit(
    source: SamResource, name: str, start: End, end: End, permissions: list[str], suffix: str = "", *, at: Span | None = None
) -> None:
    """Adds the permission for `start` to read from `end`, or to write to it."""
    connection = connections().get((start.kind.removeprefix("AWS::"), end.kind.removeprefix("AWS::")))
    if connection is None:
        # SAM adds new ones from time to time, so this may be correct.
        source.unavailable(
            f"wa-iac does not know connectors from {start.kind} to {end.kind}: their permissions are not checked", source.at
        )
        return
    for permission in permissions:
        if permission not in connection.grants:
            offered = " and ".join(connection.grants)
            source.error(
                f"a connector from {start.kind} to {end.kind} accepts {offered}, not {permission}",
                source.at if at is None else at,
            )
            return
    filler = _Filler(start, end)
    granted = {each: filler.filled(connection.grants[each]) for each in ("Read", "Write") if each in permissions}
    if connection.means == "AWS::Lambda::Permission":
        for permission, (made,) in granted.items():
            properties = {**made, "FunctionName": end.value("Arn")}
            source.put(f"{name}{permission}LambdaPermission{suffix}", "AWS::Lambda::Permission", properties, at=at)
        return
    statements: list[Made] = [each for permission in granted.values() for each in permission]
    document: dict[str, Made] = {"PolicyDocument": {"Version": "2012-10-17", "Statement": statements}}
    match connection.means:
        case "AWS::SQS::QueuePolicy" as kind:
            url: Made = end.given.get("QueueUrl") or (ref(end.id) if end.id else None)
            source.put(f"{name}QueuePolicy{suffix}", kind, {**document, "Queues": [url]}, at=at)
        case "AWS::SNS::TopicPolicy" as kind:
            source.put(f"{name}TopicPolicy{suffix}", kind, {**document, "Topics": [end.value("Arn")]}, at=at)
        case means:
            holder, other = (start, end) if means == "source" else (end, start)
            role = holder.role(source.expansion, other.id)
            if role is None:
                # A role from another template, or one that a function selects.
                called = holder.id or holder.kind
                source.unavailable(f'the role of "{called}" is not in this template: what the connector allows is not checked',
                                   source.at if at is None else at)  # fmt: skip
                return
            source.put(f"{name}Policy{suffix}", "AWS::IAM::ManagedPolicy", {**document, "Roles": [role]}, at=at)


class _Filler:
    """Fills the places of a profile with the known facts of the two ends."""

    def __init__(self, start: End, end: End) -> None:
        self._ends = {"Source": start, "Destination": end}

    def filled(self, made: Any) -> Any:
        match made:
            case dict():
                return {key: self.filled(each) for key, each in made.items()}
            case list():
                return [self.filled(each) for each in made]
            case str() if (whole := _PLACE.fullmatch(made)) is not None:
                return self._value(whole)
            case str() if "${" in made:
                variables = {f"{place[1]}{place[2]}": self._value(place) for place in _PLACE.finditer(made)}
                return sub(_PLACE.sub(r"${\1\2}", made), **variables)
            case _:
                return made

    def _value(self, place: re.Match[str]) -> Made:
        value = self._ends[place[1]].value(place[2])
        # Unknown properties of a resource elsewhere stay open.
        return later(TYPE) if value is None else value
