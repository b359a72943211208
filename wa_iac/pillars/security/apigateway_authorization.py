"""# API Gateway method or route requires no authorization

## Why

With authorization `NONE` and no API key, anyone who finds the URL can call the method. Nothing limits who may call it, or shows
who did.

## What it checks

The rule checks methods, routes, the route that quick create makes for an HTTP API's target, and the operations of OpenAPI documents. It
reads these documents from SAM's events, from `Body` and from files that SAM deploys, and in Terraform as JSON or YAML. In a document,
`security` counts if API Gateway enforces its scheme: an API key, or a scheme with `x-amazon-apigateway-authtype` or
`x-amazon-apigateway-authorizer`. At the root of a REST API's document, an authorizer of OpenAPI 3 counts for all operations, as AWS's tools rely on it; API keys and
Swagger 2.0 count for none, since API Gateway does not use them there. A method or route with an API key or with any authorization other than `NONE`
is accepted.

The finding is advice, of low severity, for a webhook or a callback: by the name or the description of the API, the name of the route, its
path (also one that a service for messages calls: `/slack/events`) or its function, or by a variable of that function which holds the secret of one (`WEBHOOK_SECRET`). Its sender has no identity in
AWS, and the code has to check the sender's signature ("Tutorial: Creating a webhook endpoint using a Lambda function URL", AWS Lambda
Developer Guide). So it is for an OAuth token endpoint (`/token`, `/oauth2/token`), where clients send their own credentials, for paths where
somebody signs in or up (`/login`, `/register`, `/oauth/authorize`), for a health check (`GET /health`, `/ping`), which should say nothing else, for a greeting (`GET /hello`), for a link that people open from a message to decide something (`GET /approve`), for what API Gateway passes on as the answer of a task of Step Functions, if a variable of its function says that the code checks tokens (`JWT_SECRET`), and for what
takes the reports of browsers on a content security policy (`csp`), which have no identity either. It is also advice, of medium severity, if an
event of SAM turns the API's default authorizer off (`Authorizer: NONE`). It is also advice, of medium severity, if
API Gateway passes all paths on to a web server by HTTP: an application there may let its users sign in itself. The severity is medium for other
methods that are passed on by HTTP, if the answers to preflight requests let pages send the header `Authorization`: the application may check it. If the document
asks for a scheme that API Gateway does not check, such as a bearer token without an authorizer, the finding is of medium severity: the
code behind the API may check it. It is advice, of medium severity, if a method says that it needs no API key, and another one of the same API
needs one: the author has chosen for each. So it is if one block with `for_each` makes it and other methods, which ask who calls. So it is where three or more methods or operations that only read (`GET`) are open, and others ask who
calls. So it is for what serves the pages of a site, by its name or that of its API (`frontend`, `website`). So it is where other methods ask who calls, and a path is called `public` or `guest`. So it is where the functions behind it have no variables, and may do nothing but write their logs, with a role that is here and no VPC, or have code in the template that reaches nothing. The severity is medium for a method without an integration in a REST API that nothing here deploys or exports: it has no URL yet. So it is for an API that stands for a real one in tests, by its name or that of its file (mock, stub). The result is
undecided if Terraform ignores changes of the authorization.

## What is left out

The rule does not check:

- preflight requests (`OPTIONS`) and responses that API Gateway generates itself (`MOCK`);
- `GET` of what is public by its purpose: below `/.well-known/` (RFC 8615), and sets of public keys (`jwks.json`);
- private APIs, and APIs with a resource policy that does not allow public access;
- APIs that are reached only through domains with mutual TLS, because the default endpoint is disabled;
- routes of WebSocket APIs other than `$connect`, which authorizes the connection. A WebSocket API without that route lets
  anyone connect.

Some methods have to be open. Suppress the finding there, with a reason.

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
      AuthorizationType: NONE  # finding: can call this
```

The operations of an OpenAPI document are also methods:

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
            post:  # finding: can call POST /orders
              x-amazon-apigateway-integration: { type: http_proxy, httpMethod: POST, uri: "https://example.com/orders" }
```

```hcl
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "orders" { # finding: can call this
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
      Body:
        openapi: 3.0.1
        info: { title: orders, version: "1" }
        security: [{ sigv4: [] }]
        paths:
          /orders:
            post:
              x-amazon-apigateway-integration: { type: http_proxy, httpMethod: POST, uri: "https://example.com/orders" }
        components:
          securitySchemes:
            sigv4: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
```

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

## Not applicable

```yaml
Resources:
  Preflight:  # not applicable: preflight requests
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: a1b2c3
      ResourceId: d4e5f6
      HttpMethod: OPTIONS
      AuthorizationType: NONE
  Health:  # not applicable: generates the response itself
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: a1b2c3
      ResourceId: d4e5f6
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: {Type: MOCK}
  Inside:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: inside
      EndpointConfiguration: {Types: [PRIVATE]}
  Private:  # not applicable: its API is private
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Inside
      ResourceId: !GetAtt Inside.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
```

```hcl
resource "aws_api_gateway_method" "preflight" { # not applicable: preflight requests
  rest_api_id   = "a1b2c3"
  resource_id   = "d4e5f6"
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = "$connect"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_api" "sign_in" {
  name          = "sign-in"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "keys" { # not applicable: public keys
  api_id    = aws_apigatewayv2_api.sign_in.id
  route_key = "GET /.well-known/jwks.json"
}

resource "aws_apigatewayv2_route" "send" { # not applicable: authorized when it connects
  api_id    = aws_apigatewayv2_api.chat.id
  route_key = "send"
}
```

## Undecided

The result is undecided if `AuthorizationType` or `route_key` is not known before deployment.

```yaml
Parameters:
  AuthorizationType:
    Type: String
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
      AuthorizationType: !Ref AuthorizationType  # undecided: parameter "AuthorizationType" has no default
```

```hcl
variable "route_key" {
  type = string
}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.orders.id
  route_key = var.route_key # undecided: var.route_key has no default
}
```

## Sources

- [ApiAuth - AWS Serverless Application Model](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html), read on 2026-11-29
- [Amazon API Gateway important notes](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html), read on 2026-12-01
- [Controlling and managing access to a REST API in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html), read on 2026-11-29
- [Controlling and managing access to an HTTP API in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.apigateway import Api, ApiRoute, Method, RestApi
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, is_set
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    accept,
    flag,
    flags_of,
    milder,
    rule,
    written,
)
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.api_access import guard
from wa_iac.knowledge.api_documents import ANY, document
from wa_iac.knowledge.api_fronts import is_origin
from wa_iac.knowledge.lambda_use import only_answers
from wa_iac.knowledge.purposes import stands_in_by_any_name
from wa_iac.knowledge.quick_create import overridden, quick_route
from wa_iac.pillars.judgements.open_apis import (
    BEHIND_CLOUDFRONT,
    BY_CHOICE,
    OF_SAM,
    OPEN_ANSWERS,
    SIGNED,
    SIGV4,
    STANDS_IN,
    authorized,
)
from wa_iac.pillars.judgements.open_methods import judge_method
from wa_iac.pillars.judgements.open_operations import judge_document, preflights
from wa_iac.pillars.judgements.redeployed import OF_QUICK_CREATE, redeployed
from wa_iac.pillars.judgements.wording import listed

_ROUTE = 'resource "aws_apigatewayv2_route" "this" {{\n  api_id             = <this API>.id\n  route_key          = "{key}"\n'
_ROUTE += '  authorization_type = "AWS_IAM"\n}}'
_OF_QUICK_CREATE = Remedy(
    cfn="Made:\n  Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides\n  Properties:\n    ApiId: !Ref <this API>\n"
    "    Route:\n      AuthorizationType: AWS_IAM",
    tf="# instead of the target, an integration, a stage and a route of its own\n" + _ROUTE.format(key="$default"),
    decision=f"{SIGNED} {OF_QUICK_CREATE}",
)
_OF_CONNECTIONS = Remedy(
    cfn="Connect:\n  Type: AWS::ApiGatewayV2::Route\n  Properties:\n    ApiId: !Ref <this API>\n"
    "    RouteKey: $connect\n    AuthorizationType: AWS_IAM",
    tf=_ROUTE.format(key="$connect"),
    decision=SIGNED,
)
_AUTHORIZERS = frozenset(
    and_awscc(
        *(
            "AWS::ApiGateway::Authorizer",
            "aws_api_gateway_authorizer",
            "AWS::ApiGatewayV2::Authorizer",
            "aws_apigatewayv2_authorizer",
        ),
    )
)


def _in_globals(kind: str, auth: str) -> str:
    return f"Globals:\n  {kind}:\n" + "".join(f"    {line}\n" for line in auth.splitlines()).rstrip("\n")


def _of_resource(where: Method | ApiRoute | RestApi | Api, graph: Graph) -> Remedy | None:
    """The remedy for a method or a route: what else the change needs there."""
    if not isinstance(where, Method | ApiRoute):
        needs = [each for each in (preflights(document(where)), redeployed(where, graph)) if each]
        return replace(_REMEDY, decision=" ".join((SIGNED, *needs))) if needs else None
    apis: list[RestApi | Api] = [*where.api]
    if any(is_origin(each, graph) for each in apis):
        return BEHIND_CLOUDFRONT
    found = _authorizers(apis, graph)
    words = [SIGNED]
    if found:
        words = [
            f"The API has {listed(found)} already: use it here too, by the type and the id of the authorizer. The callers have to sign in first, or "
            "they are refused."
        ]
        if _is_of_cognito(apis, graph):
            words.append(
                "If they send access tokens, name the scopes too: without scopes, Cognito's authorizer takes ID tokens only."
            )
    if _answers_preflights(where):
        words.append(
            "If pages of other sites call it, their browsers ask first (OPTIONS), without an identity: give these requests a method or a route "
            "of their own."
        )
    if isinstance(where, Method) or apis:
        words.append(redeployed(apis[0] if apis else None, graph))
    decision = " ".join(filter(None, words))
    return Remedy(decision=decision) if found else replace(_REMEDY, decision=decision)


def _is_of_cognito(apis: list[RestApi | Api], graph: Graph) -> bool:
    """Whether a REST API has an authorizer of Cognito ("Integrate a REST API with an Amazon Cognito user pool", API Gateway Developer Guide)."""
    return any(
        Known("COGNITO_USER_POOLS") in (value_at(each.body, "Type"), value_at(each.body, "type"))
        for api in apis
        for each in graph.referring(api, _AUTHORIZERS)
    )


def _authorizers(apis: list[RestApi | Api], graph: Graph) -> list[str]:
    """The authorizers that an API has already."""
    return [each.address for api in apis for each in graph.referring(api, _AUTHORIZERS)]


def _answers_preflights(where: Method | ApiRoute) -> bool:
    """Whether it gets the preflight requests of browsers too: it takes any method, and nothing of its API takes these."""
    name = where.http_method if isinstance(where, Method) else where.route_key
    if not isinstance(name, Known) or not name.value.upper().startswith(("ANY", "$DEFAULT")):
        return False
    keys = [
        each
        for api in where.api
        for each in (
            (method.http_method for method in api.methods)
            if isinstance(api, RestApi)
            else (route.route_key for route in api.routes)
        )
    ]
    return not any(isinstance(each, Known) and each.value.upper().startswith("OPTIONS") for each in keys)


_REMEDY = Remedy(
    cfn="AuthorizationType: AWS_IAM",
    tf='authorization = "AWS_IAM"',
    of={
        "aws_apigatewayv2_route": 'authorization_type = "AWS_IAM"',
        **dict.fromkeys(
            ("aws_api_gateway_rest_api", "aws_apigatewayv2_api", "awscc_apigateway_rest_api", "awscc_apigatewayv2_api"),
            "# in the document, the security in each of these operations\nsecurity = [{ sigv4 = [] }]\ncomponents = {\n  securitySchemes = {\n"
            '    sigv4 = { type = "apiKey", name = "Authorization", in = "header", x-amazon-apigateway-authtype = "awsSigv4" }\n'
            "  }\n}",
        ),
        **dict.fromkeys(
            ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"),
            f"# in the document, the security in each of these operations\nsecurity: [{{ sigv4: [] }}]\ncomponents:\n  securitySchemes:\n    {SIGV4}",
        ),
        **OF_SAM,
        "Globals.Api": _in_globals("Api", OF_SAM["AWS::Serverless::Api"]),
        "Globals.HttpApi": _in_globals("HttpApi", OF_SAM["AWS::Serverless::HttpApi"]),
    },
    decision=SIGNED,
)


@rule(
    practices=["SEC03-BP01", "SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=replace(_REMEDY, given=_of_resource),
    equivalents={
        "checkov": ["CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70"],
        "trivy": ["AVD-AWS-0004"],
        "cdk_nag": ["AwsSolutions-APIG4", "AwsSolutions-COG4"],
        "guard": ["API_GW_METHOD_AUTHORIZATION_TYPE_RULE"],
        "config": ["API_GWV2_AUTHORIZATION_TYPE_CONFIGURED"],
        "cfn_nag": ["W59"],
        "security_hub": ["APIGateway.8"],
    },
)
def check(where: Method | ApiRoute | RestApi | Api, graph: Graph) -> Flags:
    apis = where.api if isinstance(where, Method | ApiRoute) else ()
    if any(map(stands_in_by_any_name, (where, *apis))):
        yield from milder(flags_of(_judge(where, graph)), severity=Severity.MEDIUM, confidence=Confidence.LOW, more=STANDS_IN)
    else:
        yield from _judge(where, graph)


def _judge(where: Method | ApiRoute | RestApi | Api, graph: Graph) -> Flags:
    if isinstance(where, Method | ApiRoute):
        yield from judge_method(where, graph)
        return
    yield from judge_document(where, graph)
    if isinstance(where, Api):
        yield from flags_of(_judge_quick_route(where, graph))
        yield from flags_of(_judge_connections(where))


def _judge_quick_route(api: Api, graph: Graph) -> Flags:
    """The route that API Gateway makes itself for an HTTP API with a target."""
    route = written(quick_route(api))
    asks = overridden(api, lambda override: authorized(override.authorization))
    accept(any_of((asks, is_set(guard(api, Absent(), ANY, "")))))
    if only_answers(graph.referred(api.target), graph):
        yield flag(api.target, OPEN_ANSWERS, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=BY_CHOICE)
        return
    yield flag(
        api.target,
        f"Anyone who finds the URL can call the route {route.value} created with this API: no identity is required.",
        instead=_OF_QUICK_CREATE,
    )


def _judge_connections(api: Api) -> Flags:
    """A WebSocket API whose routes are all here, and none of them is the one that could ask who connects."""
    if api.protocol != Known("WEBSOCKET") or not api.routes.targets or api.routes.unknown is not None:
        return
    others = all(holds(route.route_key, lambda key: key != "$connect") == Known(True) for route in api.routes)
    if others and isinstance(guard(api, Absent(), ANY, ""), Absent):
        yield flag(
            api,
            "Anyone who finds the URL can connect: this API has no route $connect, the only one that could require an identity.",
            instead=_OF_CONNECTIONS,
        )
