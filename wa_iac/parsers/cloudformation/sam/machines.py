"""`AWS::Serverless::StateMachine`: the state machine, its role, its version and alias."""

from __future__ import annotations

from .events import machine_events
from .nodes import Made, entries, get_att, is_true, ref
from .roles import put_role
from .source import Source
from .target import Target


def expand_machine(source: Source) -> None:
    """Puts the resources of a state machine."""
    role = f"{source.name}Role"
    made: dict[str, Made] = {
        "Definition": source.get("Definition"),
        "DefinitionS3Location": source.code("DefinitionUri", "Bucket", "Key", "Version"),
        "DefinitionSubstitutions": source.get("DefinitionSubstitutions"),
        "LoggingConfiguration": source.get("Logging"),
        "RoleArn": source.get("Role") or get_att(role, "Arn"),
        "StateMachineName": source.get("Name"),
        "StateMachineType": source.get("Type"),
        "TracingConfiguration": source.get("Tracing"),
        "Tags": source.tags("stateMachine:createdBy"),
    }
    if "Definition" not in source and "DefinitionUri" not in source:
        source.error(f'"{source.name}" needs a Definition or a DefinitionUri', source.at)
    source.put_itself("AWS::StepFunctions::StateMachine", made)
    if "Role" not in source:
        traced = is_true(source.expansion.text(entries(source.get("Tracing")).get("Enabled")))
        names = ["AWSXrayWriteOnlyAccess"] if traced else []
        put_role(source, role, "states.amazonaws.com", names, [], source.tags("stateMachine:createdBy"))
    machine_events(source, _published(source))


def _published(source: Source) -> Target:
    """The alias of a state machine that has one, with the version it points at."""
    entry = source.get("AutoPublishAlias")
    if entry is None:
        return Target(source, is_machine=True)
    version, alias = f"{source.name}Version", f"{source.name}Alias{source.text('AutoPublishAlias')}"
    source.put(
        version,
        "AWS::StepFunctions::StateMachineVersion",
        {"StateMachineArn": ref(source.name), "StateMachineRevisionId": get_att(source.name, "StateMachineRevisionId")},
        at=entry.key,
        DeletionPolicy="Retain",
        UpdateReplacePolicy="Retain",
    )
    preference: dict[str, Made] = {"Type": "ALL_AT_ONCE", **entries(source.get("DeploymentPreference"))}
    source.put(
        alias,
        "AWS::StepFunctions::StateMachineAlias",
        {"Name": entry, "DeploymentPreference": {**preference, "StateMachineVersionArn": ref(version)}},
        at=entry.key,
    )
    source.expansion.renamed |= {f"{source.name}.Version": version, f"{source.name}.Alias": alias}
    as_target = is_true(source.text("UseAliasAsEventTarget"))
    return Target(source, alias if as_target else "", entry, is_machine=True)
