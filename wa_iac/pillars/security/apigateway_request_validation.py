"""# API Gateway method declares what requests need, and does not check it

## Why

A model of the body and required parameters are only documentation until a request validator is set. Without one, API Gateway passes every
request on. The code behind it may rely on a check that never happens, and pays for requests that could be refused at once.

## What it checks

Methods of REST APIs with a model in `RequestModels` (other than `Empty`) or a required header or query string in `RequestParameters`,
whose request validator is missing or does not check that part. A finding on headers and query strings alone is advice: clients mostly send what an
integration needs, and it answers those that do not.

## What is left out

Methods that declare nothing: their code checks the requests. Path parameters and the header `Host`, which a request always has. The header or query string that
the method's authorizer reads: API Gateway refuses requests without it. The headers `Content-Type` and `Accept` of methods whose requests have no body
(`GET`, `HEAD`), which are declared so that an integration gets them. Models for other contents than JSON, which API Gateway does not check.
Methods in an OpenAPI document.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestModels:  # finding
        application/json: Order
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "create" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = aws_api_gateway_rest_api.orders.root_resource_id
  http_method   = "POST"
  authorization = "AWS_IAM"
  request_parameters = { # finding
    "method.request.querystring.shop" = true
  }
}
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "create" {
  rest_api_id          = aws_api_gateway_rest_api.orders.id
  resource_id          = aws_api_gateway_rest_api.orders.root_resource_id
  http_method          = "POST"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.all.id
  request_models = { # finding: does not check
    "application/json" = "Order"
  }
}

resource "aws_api_gateway_request_validator" "all" {
  name                        = "all"
  rest_api_id                 = aws_api_gateway_rest_api.orders.id
  validate_request_body       = false
  validate_request_parameters = true
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestValidatorId: !Ref Validator
      RequestModels:
        application/json: Order
  Validator:
    Type: AWS::ApiGateway::RequestValidator
    Properties:
      RestApiId: !Ref Api
      ValidateRequestBody: true
      ValidateRequestParameters: true
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "create" {
  rest_api_id          = aws_api_gateway_rest_api.orders.id
  resource_id          = aws_api_gateway_rest_api.orders.root_resource_id
  http_method          = "POST"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.all.id
  request_models = {
    "application/json" = "Order"
  }
}

resource "aws_api_gateway_request_validator" "all" {
  name                        = "all"
  rest_api_id                 = aws_api_gateway_rest_api.orders.id
  validate_request_body       = true
  validate_request_parameters = true
}
```

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestModels:
        application/json: Empty
```

The authorizer refuses a request without its token:

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_authorizer" "token" {
  name            = "token"
  rest_api_id     = aws_api_gateway_rest_api.orders.id
  authorizer_uri  = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/check/invocations"
  identity_source = "method.request.header.Token"
}

resource "aws_api_gateway_method" "list" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = aws_api_gateway_rest_api.orders.root_resource_id
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.token.id
  request_parameters = {
    "method.request.header.Token"        = true
    "method.request.header.Content-Type" = true
  }
}
```

## Undecided

```yaml
Parameters:
  Body:
    Type: String
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestValidatorId: !Ref Validator
      RequestModels:
        application/json: Order
  Validator:
    Type: AWS::ApiGateway::RequestValidator
    Properties:
      RestApiId: !Ref Api
      ValidateRequestBody: !Ref Body  # undecided: parameter "Body" has no default
      ValidateRequestParameters: true
```

```hcl
variable "body" {
  type = bool
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_method" "create" {
  rest_api_id          = aws_api_gateway_rest_api.orders.id
  resource_id          = aws_api_gateway_rest_api.orders.root_resource_id
  http_method          = "POST"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.all.id
  request_models = { # undecided: Fails when var.body is false
    "application/json" = "Order"
  }
}

resource "aws_api_gateway_request_validator" "all" {
  name                        = "all"
  rest_api_id                 = aws_api_gateway_rest_api.orders.id
  validate_request_body       = var.body
  validate_request_parameters = true
}
```

## Sources

- [Request validation for REST APIs in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html), read on 2026-11-29
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from wa_iac.aws.apigateway import Method, RequestValidator
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.partial import entries_of
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, flag, rule
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.pillars.judgements.redeployed import redeployed

_NEEDED = ("method.request.header.", "method.request.querystring.")
_ALWAYS_THERE = "method.request.header.host"
_OF_BODIES = ("method.request.header.content-type", "method.request.header.accept")
_AUTHORIZATION = "method.request.header.Authorization"
_Part = tuple[str, Tree, Value[bool], Callable[[RequestValidator], Value[bool]]]


_CHECKED = Remedy(
    cfn="RequestValidatorId: !Ref <a request validator that checks bodies and parameters>",
    tf="request_validator_id = <a request validator that checks bodies and parameters>.id",
    decision="Clients whose requests do not keep to the declaration then get the status 400.",
)


_ONE_FIRST = (
    "The API needs a validator of its own for that first (AWS::ApiGateway::RequestValidator, aws_api_gateway_request_validator), which checks bodies, "
    "parameters or both."
)
_VALIDATORS = frozenset(RequestValidator.types())


def _deployed_too(method: Method, graph: Graph) -> Remedy:
    """The remedy for one method, whose stages have to take up the change."""
    words = redeployed(next(iter(method.api), None), graph)
    there = any(graph.referring(api, _VALIDATORS) for api in method.api)
    return replace(_CHECKED, decision=" ".join(filter(None, (_CHECKED.decision, "" if there else _ONE_FIRST, words))))


@rule(
    practices=["SEC05-BP03", "REL03-BP03"],
    severity=Severity.LOW,
    remedy=replace(_CHECKED, given=_deployed_too),
    equivalents={"cdk_nag": ["AwsSolutions-APIG2"]},
)
def check(method: Method, graph: Graph) -> Flags:
    yield from each_of(_declared(method, graph), lambda part: _judge(method, part))


def _declared(method: Method, graph: Graph) -> Iterator[_Part]:
    """What a method may declare: what it is, where, whether it does, and whether a validator checks it."""
    schemas = (model for kind, model in entries_of(method.models).items() if "json" in kind.lower())
    models = any_of(holds(model, lambda name: name != "Empty") for model in schemas)
    yield "a model for the body of its requests", method.models, models, lambda validator: validator.body
    needed = (
        (name.lower(), value) for name, value in entries_of(method.parameters).items() if name.lower().startswith(_NEEDED)
    )
    parameters = any_of(
        all_of((holds(value, lambda each: each in (True, "true")), negate(_is_spared(name, method, graph))))
        for name, value in needed
    )
    yield "required parameters", method.parameters, parameters, lambda validator: validator.parameters


def _is_spared(name: str, method: Method, graph: Graph) -> Value[bool]:
    """Whether a validator has nothing to check for a parameter: each request has it, the authorizer of the method asks for it, or it only
    describes a body that there is not."""
    if name == _ALWAYS_THERE:
        return Known(True)
    without_body = holds(method.http_method, lambda each: name in _OF_BODIES and each.upper() in ("GET", "HEAD"))
    return any_of(
        (without_body, holds(_identity(method, graph), lambda text: name in map(str.strip, str(text).lower().split(","))))
    )


def _identity(method: Method, graph: Graph) -> Value[str]:
    """What the authorizer of a method reads, by AWS's default a header; empty if the method has none."""
    named = value_at(method.declared.body, "AuthorizerId" if method.declared.dialect == "cloudformation" else "authorizer_id")
    if isinstance(named, Absent):
        return Known("")
    found = next((each for each in graph.referred(named) if each.kind == "resource"), None)
    if found is None:
        why = Said(
            "its authorizer is not in this unit, and may ask for the same", "look at the identity source of the authorizer"
        )
        return named if isinstance(named, Unknown) else Unknown(why, ("authorizer of", method.address), named.origin)
    source = value_at(found.body, "IdentitySource" if found.dialect == "cloudformation" else "identity_source")
    return Known(_AUTHORIZATION) if isinstance(source, Absent) else source


def _judge(method: Method, part: _Part) -> Flags:
    what, where, declared, checks = part
    sure = None if where is method.models else Confidence.MEDIUM
    accept(negate(where if isinstance(where, Unknown) and declared != Known(True) else declared))
    if method.validators.targets:
        accept(any_of(checks(each) for each in method.validators))
        yield flag(
            where,
            f"This method declares {what}, but its request validator does not check that: every request is passed on.",
            confidence=sure,
        )
        return
    all_known(method.validators.unknown)
    accept(given(method.request_validator))
    yield flag(
        where,
        f"This method declares {what}, but has no request validator: API Gateway checks nothing, and passes every request on.",
        confidence=sure,
    )
