"""# API with mutual TLS can be reached without it

## Why

The domain name of this API asks clients for a certificate. The default endpoint of the API (`execute-api`) does not. Anyone who knows the id of
the API can call it there, without any certificate.

## What it checks

REST, HTTP and WebSocket APIs that a domain name with mutual TLS is mapped to, and whose default endpoint is not disabled.

## What is left out

Private APIs, which the internet does not reach. Whether the methods ask for an identity besides: `apigateway-authorization` reports those
that do not.

## Non-compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      DisableExecuteApiEndpoint: false  # finding
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: orders.example.com
      MutualTlsAuthentication:
        TruststoreUri: s3://example-trust/clients.pem
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties:
      ApiId: !Ref Api
      DomainName: !Ref Domain
      Stage: $default
```

```hcl
resource "aws_api_gateway_rest_api" "orders" { # finding
  name = "orders"
}

resource "aws_api_gateway_domain_name" "orders" {
  domain_name              = "orders.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  mutual_tls_authentication {
    truststore_uri = "s3://example-trust/clients.pem"
  }
}

resource "aws_api_gateway_base_path_mapping" "orders" {
  api_id      = aws_api_gateway_rest_api.orders.id
  stage_name  = "production"
  domain_name = aws_api_gateway_domain_name.orders.domain_name
}
```

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      DisableExecuteApiEndpoint: true
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: orders.example.com
      MutualTlsAuthentication:
        TruststoreUri: s3://example-trust/clients.pem
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties:
      ApiId: !Ref Api
      DomainName: !Ref Domain
      Stage: $default
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name                         = "orders"
  disable_execute_api_endpoint = true
}

resource "aws_api_gateway_domain_name" "orders" {
  domain_name              = "orders.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  mutual_tls_authentication {
    truststore_uri = "s3://example-trust/clients.pem"
  }
}

resource "aws_api_gateway_base_path_mapping" "orders" {
  api_id      = aws_api_gateway_rest_api.orders.id
  stage_name  = "production"
  domain_name = aws_api_gateway_domain_name.orders.domain_name
}
```

## Not applicable

```yaml
Resources:
  Api:  # not applicable: a private API
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [PRIVATE]
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: orders.example.com
      MutualTlsAuthentication:
        TruststoreUri: s3://example-trust/clients.pem
  Mapping:
    Type: AWS::ApiGateway::BasePathMapping
    Properties:
      RestApiId: !Ref Api
      DomainName: !Ref Domain
```

## Undecided

```yaml
Parameters:
  Disabled:
    Type: String
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      DisableExecuteApiEndpoint: !Ref Disabled  # undecided: parameter "Disabled" has no default
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: orders.example.com
      MutualTlsAuthentication:
        TruststoreUri: s3://example-trust/clients.pem
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties:
      ApiId: !Ref Api
      DomainName: !Ref Domain
      Stage: $default
```

```hcl
variable "truststore" {
  type = string
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_domain_name" "orders" {
  domain_name              = "orders.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  mutual_tls_authentication {
    truststore_uri = var.truststore # undecided: var.truststore has no default
  }
}

resource "aws_api_gateway_base_path_mapping" "orders" {
  api_id      = aws_api_gateway_rest_api.orders.id
  stage_name  = "production"
  domain_name = aws_api_gateway_domain_name.orders.domain_name
}
```

## Sources

- [Disable the default endpoint for REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html), read on 2026-11-29
- [Amazon API Gateway now supports disabling the default REST API endpoint](https://aws.amazon.com/about-aws/whats-new/2020/10/amazon-api-gateway-now-supports-disabling-the-default-rest-api-endpoint/), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.pillars.judgements.redeployed import redeployed

_OFF: Final = Remedy(
    cfn={"DisableExecuteApiEndpoint": True},
    tf={"disable_execute_api_endpoint": True},
    decision="Clients that use the default endpoint are cut off: let them use the domain name first.",
)


def _deployed_too(api: RestApi | Api, graph: Graph) -> Remedy:
    """The remedy for one API, whose stages have to take up the change."""
    return replace(_OFF, decision=f"{_OFF.decision} {redeployed(api, graph)}".rstrip())


@rule(
    practices=["SEC09-BP03"],
    severity=Severity.MEDIUM,
    fix=Recipe(
        cfn={"DisableExecuteApiEndpoint": True},
        tf={"disable_execute_api_endpoint": True},
        unsafe_because="clients that use the default endpoint are cut off",
    ),
    remedy=replace(_OFF, given=_deployed_too),
)
def check(api: RestApi | Api) -> Flags:
    accept(api.default_endpoint_disabled == Known(True))
    answers = [given(domain.mutual_tls) for mapping in api.mappings for domain in mapping.domain]
    doubts = [
        link.unknown for link in (api.mappings, *(mapping.domain for mapping in api.mappings)) if link.unknown is not None
    ]
    asked = any_of((*answers, *doubts))
    accept(asked in (Known(False), Absent()))
    if isinstance(api, RestApi):
        exempt(api.is_private(), "it is a private API")
    settled(asked)
    settled(api.default_endpoint_disabled)
    yield flag(
        api.default_endpoint_disabled,
        "The domain name of this API asks clients for a certificate, but the default endpoint of the API does not: callers can go around it.",
    )
