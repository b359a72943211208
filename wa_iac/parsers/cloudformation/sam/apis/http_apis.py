"""`AWS::Serverless::HttpApi`, and the API that `HttpApi` events imply: the API, its stage and domain."""

from __future__ import annotations

from wa_iac.parsers.cloudformation.sam.nodes import Made, entries, entry_at, ref, text
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource

from .api_events import stage_suffix
from .authorization import Auth
from .domains import http_domain
from .http_document import HttpDocument, cors_of, tags_of
from .rest_document import body_of
from .routes import ANY, Routes


def expand_http_api(source: SamResource, routes: Routes) -> None:
    """Adds the resources of an HTTP API."""
    name = source.name
    auth = Auth(source)
    tags, is_file = source.get("Tags"), "DefinitionUri" in source
    source.put_itself(
        "AWS::ApiGatewayV2::Api",
        {
            "FailOnWarnings": source.get("FailOnWarnings"),
            # If the document is written in the template, the description is in it.
            "Description": source.get("Description") if is_file else None,
            **body_of(source, HttpDocument(source, routes, auth)),
            # The document has these two as well, but people look here.
            "DisableExecuteApiEndpoint": source.get("DisableExecuteApiEndpoint"),
            "CorsConfiguration": cors_of(source),
        },
    )
    stage_name = source.get("StageName")
    default = stage_name is None or text(stage_name) == "$default"
    made: Made = tags_of(source) if tags is None else entry_at(tags, tags_of(source))
    stage = source.put(
        f"{name}ApiGatewayDefaultStage" if default else f"{name}{stage_suffix(stage_name)}Stage",
        "AWS::ApiGatewayV2::Stage",
        {
            "AccessLogSettings": source.get("AccessLogSettings"),
            "ApiId": ref(name),
            "AutoDeploy": True,
            "DefaultRouteSettings": source.get("DefaultRouteSettings"),
            "RouteSettings": _route_settings(source, routes),
            "StageName": stage_name or "$default",
            "StageVariables": source.get("StageVariables"),
            "Tags": tags if is_file else made,
        },
    )
    auth.put_permissions(http=True)
    source.expansion.renamed[f"{name}.Stage"] = stage
    http_domain(source, stage)


def _route_settings(source: SamResource, routes: Routes) -> Made:
    """The settings of single routes: the API's own, and those of events."""
    entry = source.get("RouteSettings")
    if entry is not None and not entries(entry):
        return entry
    made: dict[str, Made] = dict(entries(entry))
    for route in routes:
        if (settings := route.event.get("RouteSettings")) is not None:
            method = "ANY" if route.method == ANY else route.method.upper()
            made["$default" if route.path == "$default" else f"{method} {route.path}"] = settings
    return (made if entry is None else entry_at(entry, made)) if made else None
