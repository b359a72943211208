"""`AWS::Serverless::HttpApi`, and the API that `HttpApi` events imply."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.located import Entry, MapNode

from .api_events import stage_suffix
from .domains import http_domain
from .nodes import Made, at_entry, build, entries, members, ref, text
from .routes import ANY, Route, path_items
from .security import Auth
from .source import Source

_MARK: Final = "httpapi:createdBy"


def expand_http_api(source: Source, routes: list[Route]) -> None:
    """Puts the resources of an HTTP API."""
    name = source.name
    auth = Auth(source)
    body, location = source.get("DefinitionBody"), source.code("DefinitionUri", "Bucket", "Key", "Version")
    made: dict[str, Made] = {"FailOnWarnings": source.get("FailOnWarnings")}
    if body is not None:
        made["Body"] = _completed(source, auth, body)
    elif location is not None:
        made["BodyS3Location"] = location
        made["Description"] = source.get("Description")
    else:
        made["Body"] = _document(source, auth, routes)
    # Where the document says it, it stands here too: this is where everyone looks.
    made["DisableExecuteApiEndpoint"] = source.get("DisableExecuteApiEndpoint")
    made["CorsConfiguration"] = _cors_configuration(source)
    source.put_itself("AWS::ApiGatewayV2::Api", made)
    stage_name = source.get("StageName")
    literal = stage_suffix(stage_name)
    default = stage_name is None or text(stage_name) == "$default"
    stage = source.put(
        f"{name}ApiGatewayDefaultStage" if default else f"{name}{literal}Stage",
        "AWS::ApiGatewayV2::Stage",
        {
            "AccessLogSettings": source.get("AccessLogSettings"),
            "ApiId": ref(name),
            "AutoDeploy": True,
            "DefaultRouteSettings": source.get("DefaultRouteSettings"),
            "RouteSettings": _route_settings(source, routes),
            "StageName": stage_name or "$default",
            "StageVariables": source.get("StageVariables"),
            "Tags": _tags(source) if location is None else None,
        },
    )
    auth.put_permissions(http=True)
    source.expansion.renamed[f"{name}.Stage"] = stage
    http_domain(source, stage)


def _tags(source: Source) -> Made:
    """The tags of a stage."""
    entry = source.get("Tags")
    made: dict[str, Made] = {**entries(entry), _MARK: "SAM"}
    return made if entry is None else at_entry(entry, made)


def _document_tags(source: Source) -> Made:
    tags: list[Made] = [
        build({"name": key, "x-amazon-apigateway-tag-value": entry.value}, entry.key)
        for key, entry in entries(source.get("Tags")).items()
    ]
    return [*tags, {"name": _MARK, "x-amazon-apigateway-tag-value": "SAM"}]


def _route_settings(source: Source, routes: list[Route]) -> Made:
    """The settings of single routes: the API's own, and those of events."""
    entry = source.get("RouteSettings")
    made: dict[str, Made] = dict(entries(entry))
    for route in routes:
        settings = route.event.get("RouteSettings")
        if settings is not None:
            method = "ANY" if route.method == ANY else route.method.upper()
            made["$default" if route.path == "$default" else f"{method} {route.path}"] = settings
    if entry is not None and not entries(entry):
        return entry
    return (made if entry is None else at_entry(entry, made)) if made else None


def _document(source: Source, auth: Auth, routes: list[Route]) -> Made:
    groups: dict[str, list[Route]] = {}
    for route in routes:
        operation = {**route.operation, "security": auth.of(route)[0]}
        groups.setdefault(route.path, []).append(route._replace(operation=operation))
    document: dict[str, Made] = {
        "openapi": "3.0.1",
        "info": {
            "version": "1.0",
            "title": source.get("Name") or ref("AWS::StackName"),
            "description": source.get("Description"),
        },
        "paths": path_items(source.expansion, source.name, groups, {}),
        **_around(source),
    }
    schemes = auth.schemes(http=True)
    document["components"] = {"securitySchemes": schemes} if schemes else None
    return build(document, source.at)


def _completed(source: Source, auth: Auth, body: Entry) -> Made:
    """A document of the template's with what the API's properties add to it."""
    if not isinstance(body.value, MapNode) or body.value.call:
        return body
    added = _around(source)
    schemes = auth.schemes(http=True)
    if schemes:
        before = entries(entries(body).get("components"))
        added["components"] = {**before, "securitySchemes": {**entries(before.get("securitySchemes")), **schemes}}
    if "tags" in entries(body):
        added.pop("tags")
    return Entry(body.key, MapNode({**entries(body), **members(added, body.key)}, body.value.span))


def _around(source: Source) -> dict[str, Made]:
    disabled = source.get("DisableExecuteApiEndpoint")
    endpoint: Made = {"disableExecuteApiEndpoint": disabled} if disabled is not None else None
    return {
        "tags": _document_tags(source),
        "x-amazon-apigateway-cors": _cors(source),
        "x-amazon-apigateway-endpoint-configuration": endpoint,
    }


def _cors(source: Source) -> Made:
    entry = source.get("CorsConfiguration")
    if entry is None or text(entry).lower() == "false":
        return None
    if text(entry).lower() == "true":
        return at_entry(entry, {"allowOrigins": ["*"]})
    lower: dict[str, Made] = {key[:1].lower() + key[1:]: each for key, each in entries(entry).items()}
    return at_entry(entry, lower) if lower else entry


def _cors_configuration(source: Source) -> Made:
    entry = source.get("CorsConfiguration")
    if entry is None or text(entry).lower() == "false":
        return None
    return at_entry(entry, {"AllowOrigins": ["*"]}) if text(entry).lower() == "true" else entry
