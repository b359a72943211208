"""`AWS::Serverless::StateMachine`: the machine, its role, its version and alias, and the resources of its events."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.sam.apis.routes import Apis
from wa_iac.parsers.cloudformation.sam.events.kinds import machine_events
from wa_iac.parsers.cloudformation.sam.events.target import EventTarget
from wa_iac.parsers.cloudformation.sam.permissions.roles import put_role
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

from .nodes import Made, build, entries, entry_at, get_att, is_empty, is_true, ref
from .sam_resource import SamResource

_RENAMED: Final = {
    "Logging": "LoggingConfiguration",
    "Name": "StateMachineName",
    "Tracing": "TracingConfiguration",
    "Type": "StateMachineType",
    "DefinitionSubstitutions": "DefinitionSubstitutions",
}


def expand_state_machine(source: SamResource, apis: Apis) -> None:
    """Adds the resources of a state machine."""
    name, role = source.name, f"{source.name}Role"
    made: dict[str, Made] = {new: source.get(old) for old, new in _RENAMED.items()}
    definition, location = source.get("Definition"), source.code("DefinitionUri", "Bucket", "Key", "Version")
    if definition is not None and location is not None and is_empty(definition):
        definition = None
    if (definition is None) is (location is None):
        source.error(
            f'"{name}" needs either a Definition or a DefinitionUri', source.at if definition is None else definition.key
        )
    if definition is not None:
        made |= _definition(source, definition)
    elif location is not None:
        made["DefinitionS3Location"] = location
    made["RoleArn"] = source.get("Role") or get_att(role, "Arn")
    made["Tags"] = source.tags("stateMachine:createdBy")
    source.put_itself("AWS::StepFunctions::StateMachine", made)
    if "Role" not in source:
        names = ["AWSXrayWriteOnlyAccess"] if "Tracing" in source else []
        put_role(source, role, "states.amazonaws.com", names, [], source.tags("stateMachine:createdBy"))
    machine_events(source, _published(source), apis)


def _definition(source: SamResource, definition: Entry) -> dict[str, Made]:
    """The definition as text. Values of intrinsic functions in it are inserted at deployment, each through its own
    substitution."""
    substitutions: dict[str, Made] = {}
    plain = _plain(definition.value, substitutions)
    given = source.get("DefinitionSubstitutions")
    made: dict[str, Made] = {
        "DefinitionString": entry_at(definition, {"Fn::ToJsonString": build(plain, definition.value.span)})
    }
    if substitutions:
        both = {**entries(given), **substitutions}
        made["DefinitionSubstitutions"] = both if given is None else entry_at(given, both)
    return made


def _plain(node: Node, substitutions: dict[str, Made]) -> Made:
    match node:
        case MapNode(call=call) if call:
            name = f"definition_substitution_{len(substitutions) + 1}"
            substitutions[name] = node
            return ScalarNode(f"${{{name}}}", f"${{{name}}}", node.span)
        case MapNode(entries=members):
            return build({key: Entry(each.key, build(_plain(each.value, substitutions), each.value.span))
                          for key, each in members.items()}, node.span)  # fmt: skip
        case ListNode(items=items):
            return build([_plain(item, substitutions) for item in items], node.span)
        case _:
            return node


def _published(source: SamResource) -> EventTarget:
    """Adds a machine's version and alias; returns the target that events start."""
    entry = source.get("AutoPublishAlias")
    name = source.name
    if entry is None:
        return EventTarget(source, is_machine=True)
    version = source.put(
        f"{name}Version",
        "AWS::StepFunctions::StateMachineVersion",
        {"StateMachineArn": ref(name), "StateMachineRevisionId": get_att(name, "StateMachineRevisionId")},
        at=entry.key,
        DeletionPolicy="Retain",
        UpdateReplacePolicy="Retain",
    )
    preference = source.get("DeploymentPreference")
    routing: dict[str, Made] = {"Type": "ALL_AT_ONCE", **entries(preference), "StateMachineVersionArn": ref(version)}
    alias = source.put(
        f"{name}Alias{source.text('AutoPublishAlias')}",
        "AWS::StepFunctions::StateMachineAlias",
        {"Name": entry, "DeploymentPreference": routing if preference is None else entry_at(preference, routing)},
        at=entry.key,
    )
    source.expansion.renamed |= {f"{name}.Version": version, f"{name}.Alias": alias}
    by_alias = is_true(source.text("UseAliasAsEventTarget"))
    return EventTarget(source, alias if by_alias else "", entry, is_machine=True)
