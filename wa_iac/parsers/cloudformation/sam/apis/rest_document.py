"""The OpenAPI document of a REST API that SAM writes: methods, CORS, models, gateway responses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, is_empty, is_true, listed, members, ref, text
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode

from .authorization import Auth, listed_made, resource_policy
from .routes import Routes, SamRoute, allowed_methods, completed_items, path_items

_HEADERS: Final = {
    "AllowHeaders": "Access-Control-Allow-Headers",
    "AllowMethods": "Access-Control-Allow-Methods",
    "AllowOrigin": "Access-Control-Allow-Origin",
    "MaxAge": "Access-Control-Max-Age",
    "AllowCredentials": "Access-Control-Allow-Credentials",
}
_TYPES: Final = {"MaxAge": "integer"}
_VALIDATORS: Final = {
    (True, False): "body-only", (False, True): "params-only", (True, True): "body-and-params", (False, False): "NONE",
}  # fmt: skip


class OpenApiDocument(Protocol):
    """The OpenAPI document of an API."""

    def made(self, at: Entry) -> Made:
        """The whole document, from the API's routes."""

    def completed(self, body: Entry) -> Made:
        """The template's own document with the additions from the API's properties."""


def body_of(source: SamResource, document: OpenApiDocument) -> dict[str, Made]:
    """An API's document: the template's own, completed; the file that it names; or one generated from its routes."""
    written = source.get("DefinitionBody")
    if "DefinitionUri" in source:
        if written is not None and not is_empty(written):
            source.error(f'"{source.name}" accepts a DefinitionBody or a DefinitionUri, not both', written.key)
        file = source.file("DefinitionUri")
        if file is not None:
            return {"Body": file}
        return {"BodyS3Location": source.code("DefinitionUri", "Bucket", "Key", "Version")}
    return {"Body": document.made(source.entry) if written is None else document.completed(written)}


class RestDocument:
    """The document of one REST API, made from its routes or from the template's own document."""

    def __init__(self, source: SamResource, routes: list[SamRoute], auth: Auth) -> None:
        self._source = source
        self._routes = routes
        self._auth = auth
        self._third = source.text("OpenApiVersion").startswith("3")
        self._validators: dict[str, Made] = {}

    def made(self, at: Entry) -> Made:
        source = self._source
        version = source.get("OpenApiVersion")
        document: dict[str, Made] = {"openapi": version} if self._third else {"swagger": "2.0"}
        document["info"] = {"version": "1.0", "title": ref("AWS::StackName")}
        groups = self._operations().paths()
        answers: dict[str, dict[str, Made]] = {}
        if (cors := source.get("Cors")) is not None:
            answers = {path: {"options": self._preflight(cors, [each.method for each in of])} for path, of in groups.items()}
        document["paths"] = path_items(source.expansion, source.name, groups, answers)
        document |= self._around()
        models = {key.lower(): entry for key, entry in entries(source.get("Models")).items()}
        if self._third:
            components: dict[str, Made] = {"schemas": models or None, "securitySchemes": self._auth.schemes(http=False) or None}
            document["components"] = components if any(components.values()) else None
        else:
            document["definitions"] = models or None
            document["securityDefinitions"] = self._auth.schemes(http=False) or None
        document["x-amazon-apigateway-request-validators"] = self._validators or None
        return Entry(at.key, build(document, at.key))

    def completed(self, body: Entry) -> Made:
        if not isinstance(body.value, MapNode) or body.value.call:
            return body
        given = entries(body)
        added = {**self._around(), **self._completed_paths(given, body.key), **self._completed_schemes(given)}
        if not any(each is not None for each in added.values()):
            return body
        return Entry(body.key, MapNode({**given, **members(added, body.key)}, body.value.span))

    def _completed_paths(self, given: dict[str, Entry], at: Span) -> dict[str, Made]:
        """The paths of the template's own document, with the events' routes if it is to be merged with them."""
        paths, asked = given.get("paths"), self._auth.by_default()
        if is_true(self._source.text("MergeDefinitions")):
            paths = Entry(at if paths is None else paths.key, build(completed_items(paths, self._operations(), _merged), at))
        if paths is not None and (asked is not None or "Cors" in self._source):
            paths = Entry(paths.key, build(self._answering(paths, asked), paths.key))
        return {} if paths is given.get("paths") else {"paths": paths}

    def _completed_schemes(self, given: dict[str, Entry]) -> dict[str, Made]:
        """The security schemes of the template's own document, and the API's."""
        schemes = self._auth.schemes(http=False) if self._auth.entry is not None else {}
        if not schemes:
            return {}
        if "openapi" not in given:
            return {"securityDefinitions": {**entries(given.get("securityDefinitions")), **schemes}}
        before = entries(given.get("components"))
        return {"components": {**before, "securitySchemes": {**entries(before.get("securitySchemes")), **schemes}}}

    def _operations(self) -> Routes:
        """The routes, with the API's settings for them."""
        return Routes(route._replace(operation=self._operation(route)) for route in self._routes)

    def _around(self) -> dict[str, Made]:
        source = self._source
        disabled = source.get("DisableExecuteApiEndpoint")
        media = source.get("BinaryMediaTypes")
        kinds = [build(text(item).replace("~1", "/"), item.span) for item in listed(media)]
        return {
            "x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": disabled} if disabled else None,
            "x-amazon-apigateway-gateway-responses": _gateway_responses(source),
            "x-amazon-apigateway-policy": resource_policy(self._auth, self._routes),
            "x-amazon-apigateway-binary-media-types": Entry(media.key, build(list(kinds), media.key)) if media else None,
        }

    def _operation(self, route: SamRoute) -> dict[str, Made]:
        asked, authorizer = self._auth.of(route)
        operation = {**route.operation, "security": asked}
        own = entries(route.event.get("Auth"))
        role = own.get("InvokeRole") or self._auth.given.get("InvokeRole")
        integration = route.operation["x-amazon-apigateway-integration"]
        if authorizer == "AWS_IAM" and isinstance(integration, dict) and not route.event.target.is_machine:
            operation["x-amazon-apigateway-integration"] = {**integration, "credentials": _credentials(role)}
        if (model := route.event.get("RequestModel")) is not None:
            self._expect(operation, model)
        return operation

    def _expect(self, operation: dict[str, Made], model: Entry) -> None:
        """The required form of a request's body."""
        given = entries(model)
        name = text(given.get("Model")).lower()
        place = "components/schemas" if self._third else "definitions"
        schema: Made = {"$ref": f"#/{place}/{name}"}
        required = is_true(text(given.get("Required"))) if "Required" in given else None
        if self._third:
            operation["requestBody"] = {"content": {"application/json": {"schema": schema}}, "required": required}
        else:
            before = operation.get("parameters")
            parameter: Made = {"in": "body", "name": name, "schema": schema, "required": required}
            operation["parameters"] = [*(before if isinstance(before, list) else []), parameter]
        flags = [is_true(text(given.get(key))) for key in ("ValidateBody", "ValidateParameters")]
        if "ValidateBody" in given or "ValidateParameters" in given:
            validator = _VALIDATORS[flags[0], flags[1]]
            operation["x-amazon-apigateway-request-validator"] = validator
            self._validators[validator] = {"validateRequestBody": flags[0], "validateRequestParameters": flags[1]}

    def _answering(self, paths: Entry, asked: Made) -> dict[str, Made]:
        """The paths of the template's own document, with the default authorizer and the responses for CORS."""
        cors = self._source.get("Cors")
        made: dict[str, Made] = {}
        for path, item in entries(paths).items():
            operations = {method: self._asking(method, each, asked) for method, each in entries(item).items()}
            if cors is not None and "options" not in operations and operations:
                operations["options"] = self._preflight(cors, operations)
            made[path] = Entry(item.key, build(operations, item.key)) if operations else item
        return made

    def _asking(self, method: str, operation: Entry, asked: Made) -> Made:
        """An operation with the default authorizer, unless it names another one, or calls nothing."""
        given = entries(operation)
        own = listed(given.get("security"))
        named = {name for each in own for name in entries(each)}
        if asked is None or "x-amazon-apigateway-integration" not in given or method.lower() == "options":
            return operation
        if named & {*self._auth.authorizers, "AWS_IAM", "NONE"}:
            return operation
        return Entry(operation.key, build({**given, "security": [*listed_made(asked), *own]}, operation.key))

    def _preflight(self, cors: Entry, methods: Iterable[str]) -> Made:
        """The method that answers preflight requests."""
        given: dict[str, Made] = dict(entries(cors))
        if not given:
            given["AllowOrigin"] = cors
        if "AllowMethods" not in given:
            given["AllowMethods"] = f"'{allowed_methods(methods)}'"
        if "AllowCredentials" in given:
            shown = text(given["AllowCredentials"] if isinstance(given["AllowCredentials"], Entry) else None).lower()
            given["AllowCredentials"] = "'true'" if shown == "true" else None
        named = {name: made for name, made in given.items() if name in _HEADERS and made is not None}
        parameters: dict[str, Made] = {f"method.response.header.{_HEADERS[name]}": made for name, made in named.items()}
        headers: dict[str, Made] = {}
        for name in named:
            kind: dict[str, Made] = {"type": _TYPES.get(name, "string")}
            headers[_HEADERS[name]] = {"schema": kind} if self._third else kind
        integration: Made = {
            "type": "mock",
            "requestTemplates": {"application/json": '{\n  "statusCode" : 200\n}\n'},
            "responses": {
                "default": {
                    "statusCode": "200",
                    "responseParameters": parameters,
                    "responseTemplates": {"application/json": "{}\n"},
                }
            },
        }
        operation: dict[str, Made] = {
            "x-amazon-apigateway-integration": integration,
            "summary": "CORS support",
            "responses": {"200": {"description": "Default response for CORS method", "headers": headers}},
        }
        if not self._third:
            operation |= {"consumes": ["application/json"], "produces": ["application/json"]}
        operation["security"] = self._auth.of_preflight()
        return operation


def _credentials(role: Entry | None) -> Made:
    written = text(role)
    if written.upper() == "NONE":
        return None
    return "arn:aws:iam::*:user/*" if role is None or written.upper() == "CALLER_CREDENTIALS" else role


def _merged(written: Entry | None, made: dict[str, Made]) -> Made:
    """An operation of the document combined with an event's, which wins; it has the requirements of both."""
    asked = [*listed_made(made.get("security")), *listed(entries(written).get("security"))]
    said = {name: each for name, each in made.items() if each is not None}
    return {**entries(written), **said, "security": asked or None}


def _gateway_responses(source: SamResource) -> Made:
    """The gateway's own responses, by kind."""
    made: dict[str, Made] = {}
    for name, entry in entries(source.get("GatewayResponses")).items():
        given = entries(entry)
        parameters: dict[str, Made] = {}
        for place, each in entries(given.get("ResponseParameters")).items():
            word = {"Headers": "header", "Paths": "path", "QueryStrings": "querystring"}.get(place, place.lower())
            parameters |= {f"gatewayresponse.{word}.{key}": value for key, value in entries(each).items()}
        status = given.get("StatusCode")
        response: dict[str, Made] = {
            "responseParameters": parameters or None,
            "responseTemplates": given.get("ResponseTemplates") or {},
            "statusCode": Entry(status.key, build(text(status), status.value.span)) if status is not None else None,
        }
        made[name] = Entry(entry.key, build(response, entry.key))
    return made or None
