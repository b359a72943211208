"""What is open to everybody: methods, routes, operations of documents and routes that are made with an API; and what guards them all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import judge, verdicts
from wa_iac.core.declared import Dialect
from wa_iac.report.listing import remedy

RULE = "apigateway-authorization"
CALL = {"type": "http_proxy", "httpMethod": "POST", "uri": "https://example.com/orders"}
SIGNED = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}
BEARER = {"type": "http", "scheme": "bearer"}


def document(operation: dict[str, Any] | None = None, **around: Any) -> dict[str, Any]:
    made = {"x-amazon-apigateway-integration": CALL, **(operation or {})}
    return {"openapi": "3.0.1", "info": {"title": "orders", "version": "1"}, "paths": {"/orders": {"post": made}}, **around}


def schemes(**named: dict[str, Any]) -> dict[str, Any]:
    return {"components": {"securitySchemes": named}}


def of_template(
    tmp_path: Path, body: dict[str, Any], kind: str = "AWS::ApiGateway::RestApi", **properties: Any
) -> dict[str, str]:
    source = {"Resources": {"Api": {"Type": kind, "Properties": {"Body": body, **properties}}}}
    return verdicts(tmp_path, json.dumps(source), "cloudformation", RULE)


FOR_ALL = {"security": [{"sigv4": []}], **schemes(sigv4=SIGNED)}


@pytest.mark.parametrize(
    "body",
    [
        document(),
        document({"security": []}, **FOR_ALL),
        document({"security": [{"NONE": []}]}, **FOR_ALL),
        document({"security": [{"bearer": []}]}, **schemes(bearer=BEARER)),
        document({"x-amazon-apigateway-auth": {"type": "NONE"}}),
    ],
)
def test_an_operation_that_asks_for_nothing_that_is_checked_is_open(tmp_path: Path, body: dict[str, Any]) -> None:
    assert of_template(tmp_path / "rest", body) == {"Api": "fail"}
    assert of_template(tmp_path / "http", body, "AWS::ApiGatewayV2::Api") == {"Api": "fail"}


@pytest.mark.parametrize(
    "body",
    [
        document({"security": [{"sigv4": []}]}, **schemes(sigv4=SIGNED)),
        document({"security": [{"key": []}]}, securityDefinitions={"key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}),
        document({"security": [{"jwt": ["read"]}]}, **schemes(jwt={"type": "oauth2", "x-amazon-apigateway-authorizer": {"type": "jwt"}})),
        document({"security": [{"bearer": []}, {"sigv4": []}]}, **schemes(bearer=BEARER, sigv4=SIGNED)),
        document({"security": [{"of_another_file": []}]}),
        document({"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}),
        document({"x-amazon-apigateway-integration": {"type": "MOCK"}}),
        document({"x-amazon-apigateway-integration": {"$ref": "#/components/x-amazon-apigateway-integrations/made"}},
                 components={"x-amazon-apigateway-integrations": {"made": {"type": "mock"}}}),
        {**document(), "paths": {"/orders": {"options": {"x-amazon-apigateway-integration": CALL}, "parameters": []}}},
        {**document(), "paths": {}},
    ],
)  # fmt: skip
def test_an_operation_that_asks_or_gives_nothing_away_is_not(tmp_path: Path, body: dict[str, Any]) -> None:
    assert of_template(tmp_path, body) == {}


KEY = {"type": "apiKey", "name": "x-api-key", "in": "header"}
OF_SWAGGER = {"swagger": "2.0", "info": {"title": "orders", "version": "1"}}


@pytest.mark.parametrize(
    ("around", "verdict"),
    [
        (FOR_ALL, ""),
        ({"security": [{"key": []}, {"sigv4": []}], **schemes(sigv4=SIGNED, key=KEY)}, ""),
        ({"security": [{"of_another_file": []}]}, ""),
        ({"security": [{"key": []}], **schemes(key=KEY)}, "fail"),
        ({"security": [{"sigv4": []}], "securityDefinitions": {"sigv4": SIGNED}, **OF_SWAGGER}, "fail"),
        ({"security": [{"of_another_file": []}], **OF_SWAGGER}, "fail"),
    ],
)
def test_what_the_root_of_a_document_asks_holds_for_the_operations_of_a_rest_api_only_as_an_authorizer_of_openapi_3(
    tmp_path: Path, around: dict[str, Any], verdict: str
) -> None:
    guarded = {"Types": ["PRIVATE"]}
    own = document({"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}, **around)

    assert of_template(tmp_path / "rest", document(**around)) == ({"Api": verdict} if verdict else {})
    assert of_template(tmp_path / "http", document(**around), "AWS::ApiGatewayV2::Api") == {}
    assert of_template(tmp_path / "private", document(**around), EndpointConfiguration=guarded) == {}
    assert of_template(tmp_path / "own", own) == {}


def test_operations_that_rely_on_the_root_of_a_document_are_one_fault(tmp_path: Path) -> None:
    paths = {f"/orders/{number}": {"post": {"x-amazon-apigateway-integration": CALL}} for number in range(5)}
    body = {**OF_SWAGGER, "security": [{"key": []}], "securityDefinitions": {"key": KEY}, "paths": paths}
    source = {"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}}}

    [found] = judge(tmp_path, json.dumps(source, indent=1), "cloudformation", RULE).failing()

    assert "/orders/2 and 2 more: only this security at the root" in found.message
    assert (found.confidence.name, found.severity.name) == ("MEDIUM", "HIGH")
    assert json.dumps(source, indent=1).splitlines()[found.span.start_line - 1].strip() == '"security": ['
    assert "Write this security in each operation" in remedy(found)


EVERYBODY = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
OTHERS = {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.mark.parametrize(
    ("statements", "open_"),
    [
        ([EVERYBODY], True),
        ([EVERYBODY | {"Resource": "arn:aws:execute-api:eu-west-1:111122223333:a1b2/*"}], True),
        ([EVERYBODY | {"Resource": "execute-api:/*/POST/orders"}], True),
        ([EVERYBODY | {"Resource": "execute-api:/live/*/*"}], True),
        ([EVERYBODY | {"Resource": "execute-api:/*/GET/*"}], False),
        ([EVERYBODY | {"Resource": "execute-api:/*/POST/public/*"}], False),
        ([EVERYBODY | {"Action": "execute-api:ManageConnections"}], False),
        ([EVERYBODY | {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}], False),
        ([EVERYBODY | {"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}], False),
        ([EVERYBODY, OTHERS | {"Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}], False),
        ([EVERYBODY, OTHERS | {"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}}}], False),
        ([EVERYBODY, OTHERS | {"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}], True),
        ([EVERYBODY, OTHERS | {"Condition": {"Bool": {"aws:SecureTransport": "false"}}}], True),
        ([OTHERS], False),
        (
            [EVERYBODY, OTHERS | {"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}}, "Action": "execute-api:*"}],
            False,
        ),
        ([EVERYBODY, OTHERS | {"Resource": "execute-api:/*/GET/*"}], True),
        ([EVERYBODY, OTHERS | {"Resource": "execute-api:/*/POST/*"}], False),
        ([EVERYBODY, OTHERS | {"Resource": "execute-api:/*/POST/orders"}], False),
        ([EVERYBODY, OTHERS | {"NotResource": "execute-api:/*/POST/orders"}], True),
        ([EVERYBODY, OTHERS | {"Principal": {"AWS": "111122223333"}}], True),
        ([EVERYBODY | {"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}}}], True),
    ],
)
def test_a_resource_policy_guards_what_it_does_not_open_to_everybody(
    tmp_path: Path, statements: list[dict[str, Any]], open_: bool
) -> None:
    found = {"Api": "fail"} if open_ else {}

    assert of_template(tmp_path / "beside", document(), Policy=policy(*statements)) == found
    assert of_template(tmp_path / "inside", document(**{"x-amazon-apigateway-policy": policy(*statements)})) == found


@pytest.mark.parametrize(
    ("stages", "denied", "verdict"),
    [
        (["live"], "execute-api:/live/*", None),
        (["live"], "execute-api:/test/*", "fail"),
        (["live", "test"], "execute-api:/live/*", "fail"),
        (["live", "test"], "execute-api:/*", None),
        ([], "execute-api:/live/*", "unknown"),
        ([], "execute-api:/*", None),
    ],
)
def test_a_denial_at_one_stage_leaves_the_others_open(
    tmp_path: Path, stages: list[str], denied: str, verdict: str | None
) -> None:
    listed = {
        name: {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "Api"}, "StageName": name}}
        for name in stages
    }
    api = {
        "Type": "AWS::ApiGateway::RestApi",
        "Properties": {"Body": document(), "Policy": policy(EVERYBODY, OTHERS | {"Resource": denied})},
    }
    found = verdicts(tmp_path, json.dumps({"Resources": {"Api": api, **listed}}), "cloudformation", RULE)

    assert found == ({"Api": verdict} if verdict else {})


OTHER_API = """
resource "aws_api_gateway_rest_api" "other" { name = "other" }
resource "aws_api_gateway_rest_api" "api" {
  name = "orders"
  endpoint_configuration { types = ["KIND"] }
}
resource "aws_api_gateway_method" "post" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  http_method   = "POST"
  authorization = "NONE"
}
resource "aws_api_gateway_rest_api_policy" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = ALLOWED },
    { Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = DENIED },
  ] })
}
"""
BY_ID = '"arn:aws:execute-api:eu-west-1:111122223333:%s/*"'


@pytest.mark.parametrize(
    ("allowed", "denied", "verdict"),
    [
        ('"*"', '"execute-api:/*"', ""),
        ('"*"', '"${aws_api_gateway_rest_api.api.execution_arn}/*"', ""),
        ('"*"', '"${aws_api_gateway_rest_api.other.execution_arn}/*"', "fail"),
        ('"*"', BY_ID % "${aws_api_gateway_rest_api.api.id}", ""),
        ('"*"', BY_ID % "${aws_api_gateway_rest_api.other.id}", "fail"),
        ('"*"', BY_ID % "a1b2c3", "unknown"),
        (BY_ID % "a1b2c3", BY_ID % "a1b2c3", ""),
        (BY_ID % "a1b2c3", BY_ID % "*", ""),
        ('"execute-api:/*"', '"execute-api:/*/GET/*"', "fail"),
        ('"execute-api:/*/POST/*"', '"execute-api:/*/POST/*"', ""),
    ],
)
def test_a_denial_for_another_api_leaves_this_one_open(tmp_path: Path, allowed: str, denied: str, verdict: str) -> None:
    source = OTHER_API.replace("ALLOWED", allowed).replace("DENIED", denied)
    expected = [verdict] if verdict else []

    for kind, rule in (("REGIONAL", RULE), ("PRIVATE", "apigateway-private-policy")):
        assert [*verdicts(tmp_path / rule, source.replace("KIND", kind), "terraform", rule).values()] == expected


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"StringEqualsIfExists": {"aws:SourceVpce": "vpce-0a1"}}, {}),
        ({"StringLikeIfExists": {"aws:SourceVpce": "vpce-*"}}, {"Api": "fail"}),
        ({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}}, {"Api": "fail"}),
        ({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, {}),
        ({"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}, {"Api": "fail"}),
    ],
)
def test_each_request_to_a_private_api_names_an_endpoint_and_no_address(
    tmp_path: Path, condition: dict[str, Any], found: dict[str, str]
) -> None:
    properties = {"EndpointConfiguration": {"Types": ["PRIVATE"]}, "Policy": policy(EVERYBODY | {"Condition": condition})}
    source = {"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": properties}}}

    assert verdicts(tmp_path, json.dumps(source), "cloudformation", "apigateway-private-policy") == found


def test_an_empty_policy_is_none(tmp_path: Path) -> None:
    assert of_template(tmp_path, document(), Policy="") == {"Api": "fail"}


def test_a_policy_that_opens_some_paths_leaves_a_method_undecided_whose_path_is_not_known(tmp_path: Path) -> None:
    source = """
resource "aws_api_gateway_rest_api" "api" { name = "orders" }
resource "aws_api_gateway_rest_api_policy" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  policy = jsonencode({ Statement = [{
    Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "${aws_api_gateway_rest_api.api.execution_arn}/*/GET/public"
  }] })
}
resource "aws_api_gateway_method" "get" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_method" "post" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  http_method   = "POST"
  authorization = "NONE"
}
"""

    assert verdicts(tmp_path, source, "terraform", RULE) == {"aws_api_gateway_method.get": "unknown"}


def test_a_private_api_is_guarded_whatever_its_methods_ask(tmp_path: Path) -> None:
    endpoint = {"x-amazon-apigateway-endpoint-configuration": {"vpcEndpointIds": ["vpce-0a1"]}}

    assert of_template(tmp_path / "beside", document(), EndpointConfiguration={"Types": ["PRIVATE"]}) == {}
    assert of_template(tmp_path / "inside", document(**endpoint)) == {}


def test_what_is_unknown_does_not_matter_to_a_private_api(tmp_path: Path) -> None:
    source = """
variable "kind" {}
resource "aws_api_gateway_rest_api" "inner" {
  name = "inner"
  endpoint_configuration { types = ["PRIVATE"] }
}
resource "aws_api_gateway_method" "inner" {
  rest_api_id   = aws_api_gateway_rest_api.inner.id
  http_method   = "GET"
  authorization = var.kind
}
resource "aws_api_gateway_method" "keyed" {
  rest_api_id      = "a1b2c3"
  http_method      = "GET"
  authorization    = var.kind
  api_key_required = true
}
"""

    assert verdicts(tmp_path, source, "terraform", RULE) == {}


MUTUAL = """
resource "aws_apigatewayv2_domain_name" "strict" {
  domain_name = "api.example.com"
  domain_name_configuration {
    security_policy = "TLS_1_2"
  }
  mutual_tls_authentication { truststore_uri = "s3://trust/ca.pem" }
}
resource "aws_apigatewayv2_domain_name" "plain" {
  domain_name = "www.example.com"
  domain_name_configuration {
    security_policy = "TLS_1_2"
  }
}
resource "aws_apigatewayv2_api" "api" {
  name                         = "orders"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = DISABLED
}
resource "aws_apigatewayv2_route" "api" {
  api_id    = aws_apigatewayv2_api.api.id
  route_key = "POST /orders"
}
"""
MAPPING = """
resource "aws_apigatewayv2_api_mapping" "DOMAIN" {
  api_id      = aws_apigatewayv2_api.api.id
  domain_name = aws_apigatewayv2_domain_name.DOMAIN.id
  stage       = "$default"
}
"""


@pytest.mark.parametrize(
    ("disabled", "domains", "found"),
    [
        ("true", ("strict",), []),
        ("false", ("strict",), ["fail"]),
        ("true", ("strict", "plain"), ["fail"]),
        ("true", (), ["fail"]),
        ("var.disabled", ("strict",), ["unknown"]),
        ("var.disabled", (), ["fail"]),
    ],
)
def test_mutual_tls_guards_an_api_that_is_reached_in_no_other_way(
    tmp_path: Path, disabled: str, domains: tuple[str, ...], found: list[str]
) -> None:
    source = 'variable "disabled" {}' + MUTUAL.replace("DISABLED", disabled)
    source += "".join(MAPPING.replace("DOMAIN", domain) for domain in domains)

    assert list(verdicts(tmp_path, source, "terraform", RULE).values()) == found


def test_a_domain_of_a_rest_api_guards_it_as_well(tmp_path: Path) -> None:
    def source(disabled: str) -> str:
        return f"""
Resources:
  Domain: {{Type: AWS::ApiGateway::DomainName, Properties: {{DomainName: api.example.com, MutualTlsAuthentication: {{TruststoreUri: "s3://trust/ca.pem"}}}}}}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {{Body: {json.dumps(document())}, DisableExecuteApiEndpoint: {disabled}}}
  Mapping: {{Type: AWS::ApiGateway::BasePathMapping, Properties: {{DomainName: api.example.com, RestApiId: !Ref Api}}}}
"""

    assert verdicts(tmp_path / "closed", source("true"), "cloudformation", RULE) == {}
    assert verdicts(tmp_path / "open", source("false"), "cloudformation", RULE) == {"Api": "fail"}


QUICK = 'resource "aws_apigatewayv2_api" "api" {\n  name          = "orders"\n  protocol_type = "HTTP"\n  TARGET\n}\n'


def test_a_target_makes_a_route_and_a_stage_that_nobody_set_up(tmp_path: Path) -> None:
    source = QUICK.replace("TARGET", 'target = "arn:aws:lambda:eu-west-1:111122223333:function:orders"')
    rules = (RULE, "apigateway-access-logging", "apigateway-throttling")

    assert [verdicts(tmp_path / "quick", source, "terraform", rule) for rule in rules] == 3 * [
        {"aws_apigatewayv2_api.api": "fail"}
    ]
    assert [verdicts(tmp_path / "bare", QUICK.replace("TARGET", ""), "terraform", rule) for rule in rules] == 3 * [{}]


def test_a_route_and_a_stage_that_were_taken_over_are_judged_themselves(tmp_path: Path) -> None:
    source = (
        QUICK.replace("TARGET", 'target = "arn:aws:lambda:eu-west-1:111122223333:function:orders"')
        + """
resource "aws_apigatewayv2_route" "made" {
  api_id             = aws_apigatewayv2_api.api.id
  route_key          = "$default"
  authorization_type = "AWS_IAM"
}
resource "aws_apigatewayv2_stage" "made" {
  api_id = aws_apigatewayv2_api.api.id
  name   = "$default"
  default_route_settings { throttling_rate_limit = 100 }
  access_log_settings { destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:orders" }
}
"""
    )

    for rule in (RULE, "apigateway-access-logging", "apigateway-throttling"):
        assert verdicts(tmp_path, source, "terraform", rule) == {}


def test_a_template_may_override_what_is_made(tmp_path: Path) -> None:
    api = """
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: orders, ProtocolType: HTTP, Target: "arn:aws:lambda:eu-west-1:111122223333:function:f"}}
"""
    overrides = """
  Made:
    Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides
    Properties:
      ApiId: !Ref Api
      Route: {AuthorizationType: AWS_IAM}
      Stage:
        AccessLogSettings: {DestinationArn: "arn:aws:logs:eu-west-1:111122223333:log-group:orders"}
        DefaultRouteSettings: {ThrottlingRateLimit: 100}
"""

    for rule in (RULE, "apigateway-access-logging", "apigateway-throttling"):
        assert verdicts(tmp_path / "made", api, "cloudformation", rule) == {"Api": "fail"}
        assert verdicts(tmp_path / "overridden", api + overrides, "cloudformation", rule) == {}


SOCKET = """
resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "WEBSOCKET"
}
resource "aws_apigatewayv2_route" "send" {
  api_id    = aws_apigatewayv2_api.chat.id
  route_key = "send"
}
"""
CONNECT = """
resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = KEY
  authorization_type = "AWS_IAM"
}
"""


def test_without_a_route_for_connections_everybody_connects(tmp_path: Path) -> None:
    given = 'variable "key" {}\n' + SOCKET + CONNECT.replace("KEY", "var.key")

    assert verdicts(tmp_path / "open", SOCKET, "terraform", RULE) == {"aws_apigatewayv2_api.chat": "fail"}
    assert verdicts(tmp_path / "closed", SOCKET + CONNECT.replace("KEY", '"$connect"'), "terraform", RULE) == {}
    assert verdicts(tmp_path / "given", given, "terraform", RULE) == {}
    assert verdicts(tmp_path / "elsewhere", SOCKET.partition('resource "aws_apigatewayv2_route"')[0], "terraform", RULE) == {}


@pytest.mark.parametrize(
    ("source", "dialect", "said"),
    [
        (QUICK.replace("TARGET", 'target = "arn:aws:lambda:eu-west-1:111122223333:function:f"'), "terraform", "aws_apigatewayv2_route"),
        (SOCKET, "terraform", "$connect"),
        ("Resources: {A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, Target: 'arn:f'}}}", "cloudformation", "ManagedOverrides"),
        (json.dumps({"Resources": {"A": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": document()}}}}), "cloudformation", "securitySchemes"),
    ],
)  # fmt: skip
def test_a_remedy_speaks_of_what_is_open(tmp_path: Path, source: str, dialect: Dialect, said: str) -> None:
    [finding] = judge(tmp_path, source, dialect, RULE).findings

    assert said in remedy(finding)


@pytest.mark.parametrize("path", ["/", "/orders"])
def test_a_list_of_networks_of_sam_closes_a_private_api(tmp_path: Path, path: str) -> None:
    source = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      EndpointConfiguration: {{Type: PRIVATE}}
      Auth: {{ResourcePolicy: {{SourceVpcWhitelist: [vpc-0a1b2c3d]}}}}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: x
      Events:
        Call: {{Type: Api, Properties: {{RestApiId: !Ref Api, Path: {path}, Method: get}}}}
"""

    assert verdicts(tmp_path, source, "cloudformation", "apigateway-private-policy") == {}
