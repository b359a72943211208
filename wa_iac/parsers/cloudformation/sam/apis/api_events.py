"""`Api` and `HttpApi` events: a route of an API, declared by the template or implied, and the permission for it."""

from __future__ import annotations

from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.parsers.cloudformation.sam.events.event import Event
from wa_iac.parsers.cloudformation.sam.events.schedules import put_start_role
from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, get_att, is_true, listed, ref, referred, sub, text
from wa_iac.parsers.cloudformation.text.located import Entry

from .routes import ANY, Apis, SamRoute

REST: Final = "ServerlessRestApi"
HTTP: Final = "ServerlessHttpApi"
REST_TYPE: Final = "AWS::Serverless::Api"
HTTP_TYPE: Final = "AWS::Serverless::HttpApi"

_FUNCTION: Final = "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/{}/invocations"
_EXECUTE: Final = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/"
_PLACE: Final = late(r"\{[^{}]*\}")
_NOT_ALPHANUMERIC: Final = late(r"[^A-Za-z0-9]")


def function_uri(function: str) -> str:
    """The target of an integration, as the text of an `Fn::Sub`; `function` is the place of an ARN."""
    return _FUNCTION.format(function)


def execute_arn(api: Made, path: str) -> Made:
    """The ARN of requests of an API, for a permission."""
    return sub(_EXECUTE + path, __ApiId__=api)


def stage_suffix(stage: Entry | None) -> str:
    """The part of a logical id from a stage's name; empty if a function makes the name."""
    return _NOT_ALPHANUMERIC.sub("", text(stage))


def rest_event(event: Event, apis: Apis) -> list[Made]:
    """Adds a method of a REST API."""
    path, method = event.text("Path"), _method(event)
    if not path or not method:
        event.error(f'Path and Method of the event "{event.name}" must be known before deployment')
        return []
    named = _named(event, apis, "RestApiId", REST)
    name = REST if named is None else referred(named)
    declared = apis.declared.get(name)
    machine = event.target.is_machine
    if named is None or (declared is not None and declared.kind == REST_TYPE):
        operation = _start_execution(event) if machine else _rest_operation(event)
        apis.add(name, SamRoute(path, method, event, operation))
    elif machine:
        put_start_role(event, "apigateway.amazonaws.com")
    if not machine:
        stage = declared.get("StageName") if declared is not None and named is not None else None
        suffix = "Prod" if named is None else stage_suffix(stage) or "Stage"
        api = ref(name) if named is None else named.value
        requested = execute_arn(api, _requested(method, path))
        event.permission("apigateway.amazonaws.com", f"Permission{suffix}", SourceArn=requested)
    return []


def _named(event: Event, apis: Apis, property_: str, implied: str) -> Entry | None:
    """The API that an event names; None for the implied API, which it may also name."""
    entry = event.get(property_)
    return None if referred(entry) == implied and implied not in apis.declared else entry


def _method(event: Event) -> str:
    """The method of an event in an OpenAPI document's spelling; empty if it is not known."""
    method = event.text("Method").lower()
    return ANY if method in ("any", "*", ANY) else method


def _requested(method: str, path: str) -> str:
    """The part of an ARN for the requests of a method and a path."""
    return f"*/{'*' if method == ANY else method.upper()}{_PLACE.sub('*', path)}"


def _rest_operation(event: Event) -> dict[str, Made]:
    integration: dict[str, Made] = {
        "httpMethod": "POST",
        "type": "aws_proxy",
        "uri": sub(function_uri(event.target.in_text)),
        "timeoutInMillis": event.get("TimeoutInMillis"),
    }
    parameters, cached = _request_parameters(event)
    integration["cacheKeyParameters"] = cached or None
    return {
        "x-amazon-apigateway-integration": integration,
        "responses": {},
        "parameters": parameters or None,
    }


_PLACES: Final = {"querystring": "query", "path": "path", "header": "header"}


def _request_parameters(event: Event) -> tuple[list[Made], list[Made]]:
    """The request parameters of a method, and those in the cache key."""
    parameters: list[Made] = []
    cached: list[Made] = []
    for item in listed(event.get("RequestParameters")):
        given = entries(item)
        name, options = next(iter(given.items())) if given else (text(item), None)
        match name.split(".", 3):
            case ["method", "request", place, called] if place in _PLACES:
                pass
            case _:
                event.error(
                    "a request parameter must be named method.request.querystring, .path or .header and its name", item.span
                )
                continue
        flags = {key: is_true(text(value)) for key, value in entries(options).items()}
        required = place == "path" or flags.get("Required", False)
        parameters.append(build({"name": called, "in": _PLACES[place], "required": required, "type": "string"}, item.span))
        if flags.get("Caching", False):
            cached.append(name)
    return parameters, cached


def _start_execution(event: Event) -> dict[str, Made]:
    """A method that starts a state machine."""
    role = put_start_role(event, "apigateway.amazonaws.com")
    unescaped = '.replaceAll("\\\\\'","\'")' if is_true(event.text("UnescapeMappingTemplate")) else ""
    machine = event.target.alias or event.source.name
    template = f'{{"input": "$util.escapeJavaScript($input.json(\'$\')){unescaped}", "stateMachineArn": "${{{machine}}}"}}'
    integration: dict[str, Made] = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"),
        "credentials": get_att(role, "Arn"),
        "requestTemplates": {"application/json": sub(template)},
        "responses": {"200": {"statusCode": "200"}, "400": {"statusCode": "400"}},
    }
    answers: Made = {"200": {"description": "OK"}, "400": {"description": "Bad Request"}}
    return {"x-amazon-apigateway-integration": integration, "responses": answers}


def http_event(event: Event, apis: Apis) -> list[Made]:
    """Adds a route of an HTTP API. Without a path, it is the route of all other requests."""
    path, method = event.get("Path"), event.get("Method")
    if (path is None) is not (method is None):
        event.error(f'the event "{event.name}" of "{event.source.name}" needs both a Path and a Method, or neither')
        return []
    route = event.text("Path") or "$default"
    written = _method(event) or ANY
    named = _named(event, apis, "ApiId", HTTP)
    name = HTTP if named is None else referred(named)
    declared = apis.declared.get(name)
    if named is None or (declared is not None and declared.kind == HTTP_TYPE):
        integration: dict[str, Made] = {
            "httpMethod": "POST",
            "type": "aws_proxy",
            "uri": sub(function_uri(event.target.in_text)),
            "payloadFormatVersion": event.get("PayloadFormatVersion") or "2.0",
            "timeoutInMillis": event.get("TimeoutInMillis"),
        }
        operation: dict[str, Made] = {"x-amazon-apigateway-integration": integration, "responses": {}}
        if route == "$default":
            operation["isDefaultRoute"] = True
        apis.add(name, SamRoute(route, written, event, operation))
    if path is not None and _has_default_route(event):
        return []  # the permission for all other requests also covers these
    requested = "*/*" if route == "$default" else _requested(written, route)
    api = ref(name) if named is None else named.value
    event.permission("apigateway.amazonaws.com", SourceArn=execute_arn(api, requested))
    return []


def _has_default_route(event: Event) -> bool:
    """Whether another event of the function receives all other requests of the same API."""
    api = referred(event.get("ApiId"))
    for other in entries(event.source.get("Events")).values():
        given = entries(entries(other).get("Properties"))
        if text(entries(other).get("Type")) == "HttpApi" and "Path" not in given and referred(given.get("ApiId")) == api:
            return True
    return False
