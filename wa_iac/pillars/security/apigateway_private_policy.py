"""# Private API can be called from any VPC

## Why

A private API of API Gateway is reached through interface endpoints for `execute-api`, and such an endpoint can be in the VPC of any AWS
account. Only the API's resource policy says whose endpoints may be used. If it allows everybody, a stranger needs no more than an endpoint
in the same Region, and the API is not private.

## What it checks

The rule reads the resource policy of each private REST API, also the one in its OpenAPI document. It reports a statement that allows any principal, if no condition names a
VPC, an endpoint, an account or an organization, and no other statement denies all others.

The finding is of low severity if each method of the API asks for an identity.

## What is left out

APIs that are not private: `apigateway-authorization` checks who may call them. A private API without a policy accepts no call at all.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [PRIVATE]
      Policy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: execute-api:Invoke
            Resource: execute-api:/*
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_rest_api_policy" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [PRIVATE]
      Policy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: execute-api:Invoke
            Resource: execute-api:/*
          - Effect: Deny
            Principal: "*"
            Action: execute-api:Invoke
            Resource: execute-api:/*
            Condition:
              StringNotEquals:
                aws:SourceVpc: vpc-0a1b2c3d
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"

  endpoint_configuration {
    types = ["PRIVATE"]
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
        Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d" } }
      }
    ]
  })
}
```

## Not applicable

```yaml
Resources:
  Shop:  # not applicable: not private
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: shop
```

## Undecided

The result is undecided if the policy is not known before deployment.

```yaml
Parameters:
  Vpcs:
    Type: CommaDelimitedList
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [PRIVATE]
      Policy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: execute-api:Invoke
            Resource: execute-api:/*
            Condition:
              StringLike:
                aws:SourceVpc: !Ref Vpcs  # undecided: parameter "Vpcs" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"

  endpoint_configuration {
    types = ["PRIVATE"]
  }

  policy = var.policy # undecided: var.policy has no default
}
```

## Sources

- [Control access to a REST API with API Gateway resource policies - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html), read on 2026-11-29
- [API Gateway resource policy examples - Amazon API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.apigateway import RestApi
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds, negate
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, milder, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.api_access import PrivateCalls, resource_policy
from wa_iac.knowledge.api_documents import document
from wa_iac.pillars.judgements.open_policy import judge
from wa_iac.pillars.judgements.redeployed import redeployed

_NAMED: Final = Remedy(
    decision="Callers through other endpoints are refused.",
    cfn="Condition:\n  StringEquals:\n    aws:SourceVpce: <the VPC endpoint>",
    tf='Condition = { StringEquals = { "aws:SourceVpce" = <the VPC endpoint>.id } }',
    of={
        "AWS::Serverless::Api": "# in the open statement of CustomStatements\nCondition:\n  StringEquals:\n    aws:SourceVpce: <the VPC endpoint>"
    },
)
_OF_LISTS: Final = "If the policy has no CustomStatements, name the VPC or its endpoint in SourceVpcWhitelist instead."
"""SAM makes the denial of such a list only for the paths that it sees, and statements beside it go on allowing the others."""


def _deployed_too(api: RestApi, graph: Graph) -> Remedy:
    """The remedy for one API, whose stages have to take up the change."""
    of_lists = _OF_LISTS if api.declared.made_from else ""
    return replace(_NAMED, decision=" ".join(filter(None, (_NAMED.decision, of_lists, redeployed(api, graph)))))


@rule(
    practices=["SEC03-BP07", "SEC05-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_NAMED, given=_deployed_too),
)
def check(api: RestApi) -> Flags:
    private = api.is_private()
    exempt(negate(private) == Known(True), "it is not private, and other rules check who may call it")
    policy = resource_policy(api, document(api))
    accept(isinstance(policy, Absent))
    settled(private)
    found = judge(
        policy,
        "Anyone with an interface endpoint for API Gateway in this Region may call this private API: no condition names the VPCs or endpoints.",
        PrivateCalls(api),
    )
    methods = list(api.methods)
    signed = [holds(each.authorization, lambda kind: kind != "NONE") for each in methods]
    if methods and all(each == Known(True) for each in signed):
        yield from milder(found, severity=Severity.LOW, more="Each of its methods asks for an identity.")
    else:
        yield from found
