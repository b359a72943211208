"""`AWS::Serverless::Api`, and the API that `Api` events imply: the API, its deployment, its stage, usage plan and domain."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, entry_at, listed, pairs, ref
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry

from .api_events import stage_suffix
from .authorization import Auth
from .domains import rest_domain
from .rest_document import RestDocument, body_of
from .routes import SamRoute

_OF_API: Final = (
    "ApiKeySourceType", "BinaryMediaTypes", "Description", "FailOnWarnings", "MinimumCompressionSize",
    "Mode", "Name", "Policy",
)  # fmt: skip
_OF_STAGE: Final = (
    "AccessLogSetting", "CacheClusterEnabled", "CacheClusterSize", "CanarySetting", "MethodSettings", "StageName",
    "TracingEnabled", "Variables",
)  # fmt: skip


def expand_rest_api(source: SamResource, routes: list[SamRoute]) -> None:
    """Adds the resources of a REST API."""
    auth = Auth(source)
    name = source.name
    made: dict[str, Made] = {each: source.get(each) for each in _OF_API}
    made |= body_of(source, RestDocument(source, routes, auth))
    # The document has it as well, but people look here.
    made["DisableExecuteApiEndpoint"] = source.get("DisableExecuteApiEndpoint")
    made |= _endpoint(source)
    made["Tags"] = source.propagated
    source.put_itself("AWS::ApiGateway::RestApi", made)

    # Without an OpenApiVersion SAM has the deployment make a second stage, "Stage", too. It is not checked: the author did not
    # ask for it, none of these settings can be written for it, and only that one line would fix its findings.
    deployment = source.put(f"{name}Deployment", "AWS::ApiGateway::Deployment", {"RestApiId": ref(name)})
    stage_name = source.get("StageName")
    stage = source.put(
        f"{name}{stage_suffix(stage_name)}Stage",
        "AWS::ApiGateway::Stage",
        {
            **{each: source.get(each) for each in _OF_STAGE},
            "DeploymentId": ref(deployment),
            "RestApiId": ref(name),
            "Tags": pairs(source.get("Tags")),
        },
    )
    auth.put_permissions(http=False)
    source.expansion.renamed |= {f"{name}.Stage": stage, f"{name}.Deployment": deployment}
    rest_domain(source, stage)
    _usage_plan(source, auth, stage)


def _endpoint(source: SamResource) -> dict[str, Made]:
    """The API's endpoint, from the property EndpointConfiguration: a type, or an object with a type."""
    entry = source.get("EndpointConfiguration")
    if entry is None:
        return {}
    given = entries(entry)
    kind = given.get("Type") if given else entry
    types: Made = Entry(kind.key, build([kind.value], kind.value.span)) if kind is not None else None
    configuration: dict[str, Made] = {
        "Types": types,
        "VpcEndpointIds": given.get("VPCEndpointIds"),
        "IpAddressType": given.get("IpAddressType"),
    }
    parameters: dict[str, Made] = {"endpointConfigurationTypes": kind}
    return {"EndpointConfiguration": entry_at(entry, configuration), "Parameters": entry_at(entry, parameters)}


def _usage_plan(source: SamResource, auth: Auth, stage: str) -> None:
    """The usage plan for the API's keys: its own, or one that the template's APIs share."""
    entry = auth.given.get("UsagePlan")
    given = entries(entry)
    kind = source.expansion.text(given.get("CreateUsagePlan"))
    if entry is None or kind == "NONE":
        return
    if kind not in ("PER_API", "SHARED"):
        source.error("the CreateUsagePlan of a UsagePlan must be PER_API, SHARED or NONE", entry.key)
        return
    shared = kind == "SHARED"
    prefix = "Serverless" if shared else source.name
    plan, key, link = f"{prefix}UsagePlan", f"{prefix}ApiKey", f"{prefix}UsagePlanKey"
    apis: list[Made] = [{"ApiId": ref(source.name), "Stage": ref(stage)}]
    stages: list[Made] = [{"RestApiId": ref(source.name), "StageName": ref(stage)}]
    depends: list[Made] = [source.name]
    if shared and plan in source.expansion.resources:
        apis = [*_written(source, plan, "ApiStages"), *apis]
        stages = [*_written(source, key, "StageKeys"), *stages]
        depends = [*listed(entries(source.expansion.resources[plan]).get("DependsOn")), *depends]
    limits = {name: given.get(name) for name in ("Description", "UsagePlanName", "Quota", "Throttle", "Tags")}
    source.put(plan, "AWS::ApiGateway::UsagePlan", {**limits, "ApiStages": apis}, at=entry.key, DependsOn=depends)
    source.put(key, "AWS::ApiGateway::ApiKey", {"Enabled": True, "StageKeys": stages}, at=entry.key, DependsOn=[plan])
    source.put(
        link,
        "AWS::ApiGateway::UsagePlanKey",
        {"KeyId": ref(key), "KeyType": "API_KEY", "UsagePlanId": ref(plan)},
        at=entry.key,
        DependsOn=[key],
    )
    new = {f"{source.name}.UsagePlan": plan, f"{source.name}.ApiKey": key, f"{source.name}.UsagePlanKey": link}
    source.expansion.renamed |= new


def _written(source: SamResource, name: str, key: str) -> list[Made]:
    """The items of a list in a property of a resource that was already added."""
    return list(listed(entries(entries(source.expansion.resources[name])["Properties"]).get(key)))
