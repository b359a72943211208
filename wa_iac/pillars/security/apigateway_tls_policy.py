"""# API Gateway domain or REST API accepts TLS 1.0

## Why

The security policy `TLS_1_0`, on a custom domain or on a REST API's own endpoint, lets clients negotiate TLS 1.0 and 1.1. Their
ciphers can be broken, so traffic can be read or changed on the way. The newer policies (`SecurityPolicy_...`) all require at
least TLS 1.2 ([security policies for REST
APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html)).

## What it checks

The rule checks custom domains of REST, HTTP and WebSocket APIs, and REST APIs with a security policy of their own. It reports a policy
that accepts a version older than TLS 1.2.

## What is left out

AWS does not document which policy applies if none is set, so the rule does not report that case.

## Non-compliant

```yaml
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.example.com
      RegionalCertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/a1b2
      SecurityPolicy: TLS_1_0  # finding
```

```hcl
resource "aws_api_gateway_domain_name" "api" {
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/a1b2"
  security_policy = "TLS_1_0" # finding
}
```

## Compliant

```yaml
Resources:
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.example.com
      DomainNameConfigurations:
        - CertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/a1b2
          EndpointType: REGIONAL
          SecurityPolicy: TLS_1_2
```

```hcl
resource "aws_api_gateway_domain_name" "api" {
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/a1b2"
  security_policy = "TLS_1_2"
}
```

## Not applicable

```yaml
Resources:
  Domain:  # not applicable: no security policy is set
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.example.com
      CertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/0a1
```

```hcl
resource "aws_api_gateway_domain_name" "api" { # not applicable: no security policy is set
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0a1"
}
```

## Undecided

The result is undecided if `SecurityPolicy` or `security_policy` is not known before deployment.

```yaml
Parameters:
  SecurityPolicy:
    Type: String
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.example.com
      RegionalCertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/a1b2
      SecurityPolicy: !Ref SecurityPolicy  # undecided: parameter "SecurityPolicy" has no default
```

```hcl
variable "security_policy" {
  type = string
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/a1b2"
  security_policy = var.security_policy # undecided: var.security_policy has no default
}
```

## Sources

- [Choose a security policy for your custom domain in API Gateway - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.apigateway import ApiDomainName, DomainName, RestApi
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, each_of, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Value
from wa_iac.knowledge.dated import facts

_POLICIES: Final = facts("apigateway_tls_policies")
_WEAK: Final = frozenset(_POLICIES["weak"])
_RECOMMENDED: Final[str] = _POLICIES["recommended"]


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_206"],
        "trivy": ["AVD-AWS-0005", "AVD-AWS-0112"],
        "guard": ["API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC"],
    },
    fix=Recipe(
        cfn={"SecurityPolicy": _RECOMMENDED},
        tf={"security_policy": _RECOMMENDED},
        types={
            "AWS::ApiGatewayV2::DomainName": {"DomainNameConfigurations[]": {"SecurityPolicy": _RECOMMENDED}},
            "aws_apigatewayv2_domain_name": {"domain_name_configuration": {"security_policy": _RECOMMENDED}},
        },
        unsafe_because="clients that do not support TLS 1.2 can no longer connect",
    ),
)
def check(domain: DomainName | ApiDomainName | RestApi) -> Flags:
    name = "API" if isinstance(domain, RestApi) else "domain"
    message = f"Clients may connect to this {name} with TLS 1.0, which has known weaknesses."
    places = domain.configurations if isinstance(domain, ApiDomainName) else [domain]
    yield from each_of(places, lambda place: _judge(place.security_policy, message))


def _judge(policy: Value[str], message: str) -> Flags:
    found = settled(policy)
    if isinstance(found, Absent):
        yield not_applicable("no security policy is set, and AWS does not document which one it then uses")
    elif found.value in _WEAK:
        yield flag(policy, message)
