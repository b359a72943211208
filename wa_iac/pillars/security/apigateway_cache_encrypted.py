"""# API Gateway caches responses without encryption

## Why

API Gateway keeps cached responses on the disk of a cache instance. They hold the same data as the source behind the API, which is probably
encrypted. Without `CacheDataEncrypted`, they are not.

## What it checks

Settings of a stage that turn on caching without encryption, on a stage with a cache cluster.

## What is left out

Stages without a cache cluster, where the settings have no effect. Settings for the path `/` alone are advice where all methods of the API are here
and none of them has that path.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      CacheClusterEnabled: true
      CacheClusterSize: "0.5"
      MethodSettings:
        - HttpMethod: "*"  # finding
          ResourcePath: /*
          CachingEnabled: true
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id           = aws_api_gateway_rest_api.orders.id
  deployment_id         = "abc123"
  stage_name            = "production"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    caching_enabled      = true
    cache_data_encrypted = false # finding
  }
}
```

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties:
      RestApiId: !Ref Api
      ParentId: !GetAtt Api.RootResourceId
      PathPart: orders
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: GET
      AuthorizationType: AWS_IAM
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      CacheClusterEnabled: true
      CacheClusterSize: "0.5"
      MethodSettings:
        - HttpMethod: GET  # finding: caches nothing yet
          ResourcePath: /
          CachingEnabled: true
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      CacheClusterEnabled: true
      CacheClusterSize: "0.5"
      MethodSettings:
        - HttpMethod: "*"
          ResourcePath: /*
          CachingEnabled: true
          CacheDataEncrypted: true
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id           = aws_api_gateway_rest_api.orders.id
  deployment_id         = "abc123"
  stage_name            = "production"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    caching_enabled      = true
    cache_data_encrypted = true
  }
}
```

## Not applicable

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:  # not applicable: no cache cluster
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      MethodSettings:
        - HttpMethod: "*"
          ResourcePath: /*
          CachingEnabled: true
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" { # not applicable: no cache cluster
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    caching_enabled = true
  }
}
```

## Undecided

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Production:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: abc123
      StageName: production
      CacheClusterEnabled: true
      CacheClusterSize: "0.5"
      MethodSettings:
        - HttpMethod: "*"
          ResourcePath: /*
          CachingEnabled: true
          CacheDataEncrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id           = aws_api_gateway_rest_api.orders.id
  deployment_id         = "abc123"
  stage_name            = "production"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.production.stage_name
  method_path = "*/*"
  settings {
    caching_enabled      = true
    cache_data_encrypted = var.encrypted
  }
}
```

## Sources

- [Cache settings for REST APIs in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.apigateway import Method, MethodSettings, Stage
from wa_iac.core.awscc import and_awscc
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Severity, accept, each_of, exempt, expect, milder, rule
from wa_iac.core.value import Absent, Known

_PATHS: Final = frozenset(and_awscc("AWS::ApiGateway::Resource", "aws_api_gateway_resource"))
_NO_METHOD: Final = "No method here has the path / of this setting, so it caches nothing yet: the methods have other paths."


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_308"],
        "trivy": ["AVD-AWS-0002"],
        "cdk_nag": ["APIGWCacheEnabledAndEncrypted"],
        "guard": ["API_GW_CACHE_ENABLED_AND_ENCRYPTED"],
        "config": ["API_GW_CACHE_ENABLED_AND_ENCRYPTED"],
        "security_hub": ["APIGateway.5"],
    },
    fix=Recipe(
        cfn={"MethodSettings[]": {"CacheDataEncrypted": True}},
        tf={},
        types={"aws_api_gateway_method_settings": {"settings": {"cache_data_encrypted": True}}},
        unsafe_because="the cache may be emptied, so that all requests reach the source for a while",
    ),
)
def check(stage: Stage, graph: Graph) -> Flags:
    exempt(negate(stage.cache_cluster), "it has no cache cluster")
    for each in stage.settings:
        found = each_of([each], _judge)
        idle = each.path == Known("/") and _has_no_method_at_root(stage, graph)
        yield from milder(found, more=_NO_METHOD, severity=Severity.LOW, confidence=Confidence.LOW) if idle else found


def _has_no_method_at_root(stage: Stage, graph: Graph) -> bool:
    """Whether all methods of its API are surely here, and all of them have a path of their own."""
    return bool(stage.api.targets) and all(
        isinstance(api.body, Absent)
        and isinstance(api.text, Absent)
        and isinstance(api.body_elsewhere, Absent)
        and bool(api.methods.targets)
        and not api.methods.elsewhere
        and all(_has_own_path(each, graph) for each in api.methods)
        for api in stage.api
    )


def _has_own_path(method: Method, graph: Graph) -> bool:
    return any(each.type in _PATHS for each in graph.referred(method.resource))


def _judge(settings: MethodSettings) -> Flags:
    accept(settings.cache_encrypted == Known(True))
    accept(negate(settings.caching))
    yield from expect(
        settings.cache_encrypted,
        True,
        "Responses are cached without encryption: the data of the source lies on the disk in plain form.",
    )
