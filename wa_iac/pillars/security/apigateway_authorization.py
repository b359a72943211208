"""# API method or route asks for no identity

With authorization `NONE` and no API key, whoever finds the address can call the method: nothing says who may, and who did. Left
out are preflight requests (`OPTIONS`), private APIs, APIs with a resource policy, answers that API Gateway makes up itself
(`MOCK`), and routes of WebSocket APIs other than `$connect`, which is where a connection is authorized.

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

from wa_iac.aws.apigateway import Api, ApiDomainName, ApiRoute, DomainName, Method, RestApi
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["SEC03-BP01", "SEC03-BP07", "SEC02-BP01"],
    severity=Severity.HIGH,
    remedy=Remedy(cfn="AuthorizationType: AWS_IAM", tf='authorization = "AWS_IAM"'),
    equivalents={
        "checkov": ["CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70"],
        "trivy": ["AVD-AWS-0004"],
        "cdk_nag": ["AwsSolutions-APIG4", "AwsSolutions-COG4"],
        "guard": ["API_GW_METHOD_AUTHORIZATION_TYPE_RULE"],
        "config": ["API_GWV2_AUTHORIZATION_TYPE_CONFIGURED"],
    },
)
def check(method: Method | ApiRoute, graph: Graph) -> Iterator[Flag]:
    match method.authorization:
        case Known("NONE") | Absent():
            pass
        case Unknown() as value:
            yield undecided(value)
            return
        case Known():
            return
    match method.api_key_required:
        case Known(True):
            return
        case Unknown() as value:
            yield undecided(value)
            return
        case Known() | Absent():
            pass
    for exemption in (_of_method(method), _of_api(method, graph)):
        match exemption:
            case Unknown():
                yield undecided(exemption)
                return
            case str() if exemption:
                yield not_applicable(exemption)
                return
            case _:
                pass
    yield flag(method.authorization, "Whoever finds the address can call this: no identity and no API key is asked for.")


def _of_method(method: Method | ApiRoute) -> str | Unknown:
    """Why this one may be open, going by itself; empty where it may not."""
    match method.http_method if isinstance(method, Method) else method.route_key:
        case Unknown() as value:
            return value
        case Known(text) if text.upper().startswith("OPTIONS"):
            return "it answers preflight requests, which carry no identity"
        case _ if isinstance(method, Method) and method.integration == Known("MOCK"):
            return "API Gateway makes up the answer itself"
        case _:
            return ""


def _of_api(method: Method | ApiRoute, graph: Graph) -> str | Unknown:
    """Why this one may be open, going by its API; unknown where the API is not in this unit."""
    if _mutual_tls(graph):
        return "clients of its domain show a certificate"
    if method.api.unknown is not None:
        return method.api.unknown
    for api in method.api.targets:
        found = _of_rest_api(api) if isinstance(api, RestApi) else _of_second_version(api, method)
        if isinstance(found, Unknown) or found:
            return found
    if not method.api.targets:
        origin = method.api.value.origin
        return Unknown("its API is not in this unit: a resource policy may guard it", ("api of", method.address), origin)
    return ""


def _of_rest_api(api: RestApi) -> str | Unknown:
    match api.endpoint_types:
        case Known(types) if any(each == Known("PRIVATE") for each in types):
            return "its API is private"
        case Unknown() as value:
            return value
        case _:
            pass
    if isinstance(api.policy, Unknown) and not api.policy.origin.references and not api.policy.parts:
        return api.policy
    return "" if isinstance(api.policy, Absent) else "a resource policy guards its API"


def _of_second_version(api: Api, method: Method | ApiRoute) -> str | Unknown:
    match api.protocol:
        case Known("WEBSOCKET") if isinstance(method, ApiRoute) and method.route_key != Known("$connect"):
            return "a WebSocket is authorized when it connects"
        case Unknown() as value:
            return value
        case _:
            return ""


def _mutual_tls(graph: Graph) -> bool:
    domains: list[DomainName | ApiDomainName] = [*graph.of(DomainName), *graph.of(ApiDomainName)]
    return any(not isinstance(domain.mutual_tls, Absent) for domain in domains)
