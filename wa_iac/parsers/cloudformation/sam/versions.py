"""`AutoPublishAlias` and `DeploymentPreference`: versions, the alias of the newest version, and the way traffic moves to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.events.target import EventTarget
from wa_iac.parsers.cloudformation.sam.permissions.roles import assumed_by, managed
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

from .expansion import Expansion
from .nodes import NO_VALUE, Made, build, condition_of, entries, entry_at, get_att, is_empty, is_no_value, is_true, listed, ref
from .sam_resource import SamResource
from .shapes import unknown_name

APPLICATION: Final = "ServerlessDeploymentApplication"
_ROLE: Final = "CodeDeployServiceRole"
_PREDEFINED: Final = frozenset(
    ["AllAtOnce"]
    + [f"Canary10Percent{minutes}Minutes" for minutes in (5, 10, 15, 30)]
    + ["Linear10PercentEvery1Minute"]
    + [f"Linear10PercentEvery{minutes}Minutes" for minutes in (2, 3, 10)]
)
_PREFERENCES: Final = frozenset({
    "Alarms", "Enabled", "Hooks", "PassthroughCondition", "Role", "TriggerConfigurations", "Type",
})  # fmt: skip


def publish(source: SamResource) -> EventTarget:
    """Adds a function's version, alias and deployment group; returns the target that events invoke."""
    entry = source.get("AutoPublishAlias")
    if entry is None:
        for name in ("DeploymentPreference", "ProvisionedConcurrencyConfig"):
            if (given := source.get(name)) is not None and (name != "DeploymentPreference" or _enabled(source, given)):
                source.error(f'"{source.name}" needs an AutoPublishAlias for its {name}', given.key)
        return EventTarget(source)
    name = source.name
    written = source.text("AutoPublishAlias")
    # SAM's own name of a version ends in a digest of the code (with AutoPublishAliasAllProperties, of all properties). It
    # publishes a new version whenever they change, which rules cannot see in a single template.
    version, alias = f"{name}Version{source.text('AutoPublishCodeSha256')[:10]}", f"{name}Alias{written}"
    retained = source.get("VersionDeletionPolicy") or "Retain"
    source.put(
        version,
        "AWS::Lambda::Version",
        {"FunctionName": ref(name), "Description": source.get("VersionDescription")},
        at=entry.key,
        DeletionPolicy=retained,
    )
    preference = source.get("DeploymentPreference")
    deployed = preference is not None and _enabled(source, preference)
    source.put(
        alias,
        "AWS::Lambda::Alias",
        {
            "Name": entry,
            "FunctionName": ref(name),
            "FunctionVersion": get_att(version, "Version"),
            "ProvisionedConcurrencyConfig": source.get("ProvisionedConcurrencyConfig"),
        },
        at=entry.key,
        UpdatePolicy=entry_at(preference, _update_policy(source, preference)) if preference and deployed else None,
    )
    if preference is not None and deployed:
        _deployment_group(source, preference)
    source.expansion.renamed |= {f"{name}.Version": version, f"{name}.Alias": alias}
    return EventTarget(source, alias, entry)


def _enabled(source: SamResource, preference: Entry) -> bool:
    """Whether the preference is enabled, which is the default."""
    return not is_empty(preference) and source.expansion.text(entries(preference).get("Enabled")).lower() != "false"


def _update_policy(source: SamResource, preference: Entry) -> Made:
    hooks = entries(entries(preference).get("Hooks"))
    update: dict[str, Made] = {
        "ApplicationName": ref(APPLICATION),
        "DeploymentGroupName": ref(f"{source.name}DeploymentGroup"),
        "BeforeAllowTrafficHook": hooks.get("PreTraffic"),
        "AfterAllowTrafficHook": hooks.get("PostTraffic"),
    }
    return {"CodeDeployLambdaAliasUpdate": update}


def _deployment_group(source: SamResource, preference: Entry) -> None:
    given = entries(preference)
    for name, entry in given.items():
        if name not in _PREFERENCES:
            called = f'the DeploymentPreference of "{source.name}"'
            unknown_name(source.expansion.scope, called, "property", name, _PREFERENCES, entry, passed_over=True)
    kind = given.get("Type")
    if kind is None or is_no_value(kind.value):
        source.error(f'the DeploymentPreference of "{source.name}" needs a Type', preference.key)
        return
    alarms = given.get("Alarms")
    rollback: Made = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
    source.put(
        f"{source.name}DeploymentGroup",
        "AWS::CodeDeploy::DeploymentGroup",
        {
            "ApplicationName": ref(APPLICATION),
            "AlarmConfiguration": _alarms(alarms) if alarms is not None else None,
            "AutoRollbackConfiguration": {"Enabled": True, "Events": rollback},
            "DeploymentConfigName": Entry(kind.key, _configuration(source.expansion, kind.value)),
            "DeploymentStyle": {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
            "ServiceRoleArn": given.get("Role") or get_att(_ROLE, "Arn"),
            "TriggerConfigurations": given.get("TriggerConfigurations"),
            "Tags": source.propagated,
        },
        at=preference.key,
        DeletionPolicy=None,
        UpdateReplacePolicy=None,
    )


def _alarms(alarms: Entry) -> Made:
    """Alarms by name: one list, or a list for each branch of `Fn::If`."""
    if isinstance(alarms.value, MapNode) and alarms.value.call:
        return entry_at(alarms, _alarm_branches(alarms.value))
    return entry_at(alarms, _named_alarms(alarms.value))


def _named_alarms(node: Node) -> Made:
    names = [build({"Name": item}, item.span) for item in listed(node)]
    return {"Enabled": True, "Alarms": list(names)} if names else None


def _alarm_branches(node: MapNode) -> Made:
    match node:
        case MapNode(call="Fn::If", entries={"Fn::If": Entry(value=ListNode(items=[condition, *branches]))}):
            made = [_named_alarms(branch) or NO_VALUE for branch in branches]
            return {"Fn::If": [condition, *made]}
        case _:
            return {"Enabled": True, "Alarms": node}


def _configuration(expansion: Expansion, node: Node) -> Node:
    """CodeDeploy's name for a preference's Type: its predefined configurations have a prefix there."""
    match node:
        case MapNode(call="Fn::If", entries={"Fn::If": Entry(value=ListNode(items=[condition, then, otherwise]))}):
            branches = [_configuration(expansion, branch) for branch in (then, otherwise)]
            return build({"Fn::If": [condition, *branches]}, node.span)
        case _:
            written = expansion.text(node)
            if written not in _PREDEFINED:
                return node
            name = f"CodeDeployDefault.Lambda{written}"
            return ScalarNode(name, name, node.span)


def put_application(expansion: Expansion, sources: Iterable[SamResource]) -> None:
    """The shared resources of a template's deployment groups: CodeDeploy's application, and a role if one of them names
    none."""
    preferences: list[tuple[SamResource, Entry]] = []
    for source in sources:
        preference = source.get("DeploymentPreference")
        if preference is not None and f"{source.name}DeploymentGroup" in expansion.resources:
            preferences.append((source, preference))
    if not preferences:
        return
    first, at = preferences[0][0], preferences[0][1].key
    _put_shared(first, at, APPLICATION, "AWS::CodeDeploy::Application", {"ComputePlatform": "Lambda"}, _shared(preferences))
    roleless = [each for each in preferences if "Role" not in entries(each[1])]
    if roleless:
        role: dict[str, Made] = {
            "AssumeRolePolicyDocument": assumed_by("codedeploy.amazonaws.com"),
            "ManagedPolicyArns": [managed("AWSCodeDeployRoleForLambda")],
        }
        _put_shared(roleless[0][0], roleless[0][1].key, _ROLE, "AWS::IAM::Role", role, _shared(roleless))


def _shared(preferences: list[tuple[SamResource, Entry]]) -> str:
    """The condition of these functions' shared resources, if all of them pass theirs on."""
    first, preference = preferences[0]
    passed = [
        source.condition if is_true(first.expansion.text(entries(each).get("PassthroughCondition"))) else ""
        for source, each in preferences
    ]
    return condition_of(passed, f"{APPLICATION}Condition", first.expansion.conditions, preference.key)


def _put_shared(source: SamResource, at: Span, name: str, kind: str, properties: dict[str, Made], condition: str) -> None:
    beside: dict[str, Made] = {"Metadata": source.beside.get("Metadata"), "Condition": condition or None}
    source.expansion.put(name, kind, at, {**properties, "Tags": source.propagated}, beside, source.made_from)
