"""# API method or route asks for no identity

With authorization `NONE` and no API key, whoever finds the address can call the method: nothing says who may, and who did. Methods,
routes and the operations of an OpenAPI document are judged (of SAM's events, of `Body`, of a file that SAM deploys; in Terraform JSON or
YAML), and so is the route that quick create makes of an HTTP API's target. In a document, `security` counts where its scheme is one that
API Gateway checks: an API key, or one with `x-amazon-apigateway-authtype` or `x-amazon-apigateway-authorizer`.

Left out are preflight requests (`OPTIONS`), private APIs, APIs with a resource policy that does not let everybody in, APIs that are
reached by domains with mutual TLS only (the default endpoint is disabled), answers that API Gateway makes up itself (`MOCK`), and
routes of WebSocket APIs other than `$connect`, which is where a connection is authorized. A WebSocket API without that route lets
everybody connect.

Some methods have to be open: signing in, a webhook, a health check. Suppress the finding there, with the reason.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Orders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: NONE  # finding
```

The operations of a document are methods, too:

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info: { title: orders, version: "1" }
        paths:
          /orders:
            post:  # finding
              x-amazon-apigateway-integration: { type: http_proxy, httpMethod: POST, uri: "https://example.com/orders" }
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "orders" { # finding
  api_id    = aws_apigatewayv2_api.orders.id
  route_key = "POST /orders"
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Orders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
  Preflight:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "orders" {
  api_id             = aws_apigatewayv2_api.orders.id
  route_key          = "POST /orders"
  authorization_type = "JWT"
  authorizer_id      = "abc123"
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.apigateway import Api, ApiRoute, Method, RestApi
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.api_access import guard
from wa_iac.knowledge.api_documents import ANY, Operation, document, is_made_up, operations
from wa_iac.knowledge.quick_create import overridden, quick_route

_AUTH = "Auth:\n  DefaultAuthorizer: AWS_IAM"
_IAM_AUTH = "Auth:\n  EnableIamAuthorizer: true\n  DefaultAuthorizer: AWS_IAM"
_ROUTE = 'resource "aws_apigatewayv2_route" "this" {{\n  api_id             = <the API>.id\n  route_key          = "{key}"\n'
_ROUTE += '  authorization_type = "AWS_IAM"\n}}'
_OF_QUICK_CREATE = {
    "cloudformation": "Made:\n  Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides\n  Properties:\n    ApiId: !Ref <the API>\n"
    "    Route:\n      AuthorizationType: AWS_IAM",
    "terraform": "# instead of the target, an integration, a stage and a route of its own\n" + _ROUTE.format(key="$default"),
}
_OF_CONNECTIONS = {
    "cloudformation": "Connect:\n  Type: AWS::ApiGatewayV2::Route\n  Properties:\n    ApiId: !Ref <the API>\n"
    "    RouteKey: $connect\n    AuthorizationType: AWS_IAM",
    "terraform": _ROUTE.format(key="$connect"),
}
_MOST_NAMED = 3


def _in_globals(kind: str, auth: str) -> str:
    return f"Globals:\n  {kind}:\n" + "".join(f"    {line}\n" for line in auth.splitlines()).rstrip("\n")


@rule(
    practices=["SEC03-BP01", "SEC03-BP07", "SEC02-BP01"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="AuthorizationType: AWS_IAM",
        tf='authorization = "AWS_IAM"',
        of={
            "aws_apigatewayv2_route": 'authorization_type = "AWS_IAM"',
            **dict.fromkeys(
                ("aws_api_gateway_rest_api", "aws_apigatewayv2_api", "awscc_apigateway_rest_api", "awscc_apigatewayv2_api"),
                "# in the document, for each operation or for all\nsecurity = [{ sigv4 = [] }]\ncomponents = {\n  securitySchemes = {\n"
                '    sigv4 = { type = "apiKey", name = "Authorization", in = "header", x-amazon-apigateway-authtype = "awsSigv4" }\n'
                "  }\n}",
            ),
            **dict.fromkeys(
                ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"),
                "# in the document, for each operation or for all\nsecurity: [{ sigv4: [] }]\ncomponents:\n  securitySchemes:\n"
                "    sigv4: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }",
            ),
            "AWS::Serverless::Api": _AUTH,
            "AWS::Serverless::HttpApi": _IAM_AUTH,
            "Globals.Api": _in_globals("Api", _AUTH),
            "Globals.HttpApi": _in_globals("HttpApi", _IAM_AUTH),
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70"],
        "trivy": ["AVD-AWS-0004"],
        "cdk_nag": ["AwsSolutions-APIG4", "AwsSolutions-COG4"],
        "guard": ["API_GW_METHOD_AUTHORIZATION_TYPE_RULE"],
        "config": ["API_GWV2_AUTHORIZATION_TYPE_CONFIGURED"],
    },
)
def check(where: Method | ApiRoute | RestApi | Api) -> Iterator[Flag]:
    match where:
        case Method() | ApiRoute():
            yield from _of_method(where)
        case RestApi():
            yield from _of_document(where)
        case Api():
            yield from _of_document(where)
            yield from _of_quick_create(where)
            yield from _of_connections(where)


def _of_method(method: Method | ApiRoute) -> Iterator[Flag]:
    """A method or a route that is a resource of its own."""
    asks = _any(_authorized(method.authorization), method.api_key_required)
    if isinstance(asks, Known) and asks.value:
        return
    exempt = _exempt(method)
    if isinstance(exempt, Known) and exempt.value:
        yield not_applicable(exempt.value)
        return
    for answer in (asks, exempt):
        if isinstance(answer, Unknown):
            yield undecided(answer)
            return
    yield flag(method.authorization, "Whoever finds the address can call this: no identity and no API key is asked for.")


def _authorized(authorization: Value[str]) -> Value[bool]:
    match authorization:
        case Unknown():
            return authorization
        case Known(kind):
            return Known(kind != "NONE")
        case Absent():
            return Known(False)


def _any(*answers: Value[bool]) -> Value[bool]:
    unknown: Unknown | None = None
    for answer in answers:
        if answer == Known(True):
            return answer
        unknown = first_unknown(unknown, answer if isinstance(answer, Unknown) else None)
    return Known(False) if unknown is None else unknown


def _exempt(method: Method | ApiRoute) -> Value[str]:
    """Why this one may be open; empty where it may not."""
    own = _by_itself(method)
    if not isinstance(own, Known) or own.value:
        return own
    if method.api.unknown is not None:
        return method.api.unknown
    asked = method.http_method if isinstance(method, Method) else Absent()
    called = asked.value.upper() if isinstance(asked, Known) else ANY
    for api in method.api.targets:
        found = guard(api, document(api), called, "")
        if not isinstance(found, Known) or found.value:
            return found
        if isinstance(api, Api) and isinstance(method, ApiRoute):
            found = _after_connecting(api, method)
            if not isinstance(found, Known) or found.value:
                return found
    if not method.api.targets:
        origin = method.api.value.origin
        return Unknown(Said("its API is not in this unit: a resource policy may guard it"), ("api of", method.address), origin)
    return Known("")


def _by_itself(method: Method | ApiRoute) -> Value[str]:
    """Why this one may be open, going by itself."""
    match method.http_method if isinstance(method, Method) else method.route_key:
        case Unknown() as value:
            return value
        case Known(text) if text.upper().startswith("OPTIONS"):
            return Known("it answers preflight requests, which carry no identity")
        case _ if isinstance(method, Method) and method.integration == Known("MOCK"):
            return Known("API Gateway makes up the answer itself")
        case _:
            return Known("")


def _after_connecting(api: Api, route: ApiRoute) -> Value[str]:
    match api.protocol, route.route_key:
        case Known("WEBSOCKET"), Known("$connect"):
            return Known("")
        case Known("WEBSOCKET"), _:
            return Known("a WebSocket is authorized when it connects")
        case Unknown() as value, _:
            return value
        case _:
            return Known("")


def _of_document(api: RestApi | Api) -> Iterator[Flag]:
    """The operations of an API's document. Those that stand at one place are one fault: all of a text, for example."""
    whole = document(api)
    open_: dict[Span, list[Operation]] = {}
    for operation in operations(whole):
        match operation if isinstance(operation, Unknown) else _is_open(operation, api, whole):
            case Known(True) if isinstance(operation, Operation):
                open_.setdefault(operation.tree.origin.span, []).append(operation)
            case Unknown() as why:
                yield undecided(why, resource=api)
            case _:
                pass
    for found in open_.values():
        place: Tree = Absent(found[0].tree.origin)
        yield flag(place, f"Whoever finds the address can call {_listed(found)}: no identity and no API key is asked for.")


def _is_open(operation: Operation, api: RestApi | Api, whole: Tree) -> Value[bool]:
    if operation.asks == Known(True) or operation.method == "OPTIONS" or is_made_up(operation, whole):
        return Known(False)
    match guard(api, whole, operation.method, operation.path), operation.asks:
        case Known(reason), _ if reason:
            return Known(False)
        case (_, Unknown() as why) | (Unknown() as why, _):
            return why
        case _:
            return Known(True)


def _listed(found: list[Operation]) -> str:
    names = [each.name for each in found]
    more = len(names) - _MOST_NAMED
    if more > 0:
        return f"{', '.join(names[:_MOST_NAMED])} and {more} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _of_quick_create(api: Api) -> Iterator[Flag]:
    """The route that API Gateway makes itself for an HTTP API with a target."""
    match quick_route(api):
        case Unknown() as why:
            yield undecided(why, resource=api)
        case Known(route):
            asks = overridden(api, lambda each: _authorized(each.authorization))
            guarded = guard(api, Absent(), ANY, "")
            if asks == Known(True) or (isinstance(guarded, Known) and guarded.value):
                return
            for answer in (asks, guarded):
                if isinstance(answer, Unknown):
                    yield undecided(answer, resource=api)
                    return
            yield flag(
                api.target,
                f"Whoever finds the address can call the route {route} that is made with this API: no identity is asked for.",
                instead=_OF_QUICK_CREATE[api.dialect],
            )
        case Absent():
            return


def _of_connections(api: Api) -> Iterator[Flag]:
    """A WebSocket API whose routes are all here, and none of them is the one that could ask who connects."""
    if api.protocol != Known("WEBSOCKET") or not api.routes.targets or api.routes.unknown is not None:
        return
    keys = [each.route_key for each in api.routes]
    if not all(isinstance(each, Known) and each.value != "$connect" for each in keys):
        return
    guarded = guard(api, Absent(), ANY, "")
    if isinstance(guarded, Known) and not guarded.value:
        yield flag(
            api,
            "Whoever finds the address can connect: this API has no route $connect, which alone could ask who it is.",
            instead=_OF_CONNECTIONS[api.dialect],
        )
