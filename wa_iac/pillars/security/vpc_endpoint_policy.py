"""# VPC endpoint lets everything through

## Why

The default policy of a VPC endpoint allows every action of the service, on the resources of every account. A program that an intruder controls
can then copy data through the endpoint to a bucket of the intruder, although the VPC has no way to the internet.

## What it checks

Gateway and interface endpoints for AWS services. The rule reports an endpoint without a policy, and one with a statement that allows every
action on every resource without a condition.

## What is left out

Endpoints for the services of other companies and for Gateway Load Balancers have no such policy. Narrower policies are not judged.

## Non-compliant

```yaml
Resources:
  Storage:  # finding: no policy
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0a1b2c3d
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      RouteTableIds: [rtb-0a1b2c3d]
```

```hcl
resource "aws_vpc_endpoint" "storage" {
  vpc_id       = "vpc-0a1b2c3d"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] # finding: every action
  })
}
```

## Compliant

```yaml
Resources:
  Storage:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0a1b2c3d
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      RouteTableIds: [rtb-0a1b2c3d]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: "*"
            Resource: "*"
            Condition:
              StringEquals: { aws:ResourceOrgID: o-0a1b2c3d4e }
```

```hcl
resource "aws_vpc_endpoint" "storage" {
  vpc_id       = "vpc-0a1b2c3d"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_policy" "storage" {
  vpc_endpoint_id = aws_vpc_endpoint.storage.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::files/*" }]
  })
}
```

## Not applicable

```yaml
Resources:
  Partner:  # not applicable: not a service of AWS
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0a1b2c3d
      VpcEndpointType: Interface
      ServiceName: com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d
```

```hcl
resource "aws_vpc_endpoint" "inspection" { # not applicable: Gateway Load Balancer
  vpc_id            = "vpc-0a1b2c3d"
  vpc_endpoint_type = "GatewayLoadBalancer"
  service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d"
  subnet_ids        = ["subnet-0a1b2c3d"]
}
```

## Undecided

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Storage:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0a1b2c3d
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      PolicyDocument: !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_vpc_endpoint" "storage" {
  vpc_id       = "vpc-0a1b2c3d"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy       = var.policy # undecided: var.policy has no default
}
```

## Sources

- [Control access to VPC endpoints using endpoint policies - Amazon Virtual Private Cloud](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-endpoints-access.html), read on 2026-11-29
- [Access Amazon EC2 using an interface VPC endpoint - Amazon Elastic Compute Cloud](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/interface-vpc-endpoints.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.vpc import VpcEndpoint
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value

_STATEMENT_Y: Final = (
    'PolicyDocument:\n  Statement:\n    - Effect: Allow\n      Principal: "*"\n      Action: "*"\n      Resource: "*"\n'
    "      Condition:\n        StringEquals:\n          aws:ResourceOrgID: <your organization's id>"
)
_STATEMENT_H: Final = (
    'policy = jsonencode({\n  Version = "2012-10-17"\n  Statement = [{\n    Effect    = "Allow"\n    Principal = "*"\n    Action    = "*"\n'
    '    Resource  = "*"\n    Condition = { StringEquals = { "aws:ResourceOrgID" = "<your organization\'s id>" } }\n  }]\n})'
)


@rule(
    practices=["SEC03-BP08", "SEC05-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn=_STATEMENT_Y,
        tf=_STATEMENT_H,
        decision="Services of AWS themselves use the S3 endpoint for their own buckets (packages of Amazon Linux, layers of images): allow these "
        "buckets also.",
    ),
)
def check(endpoint: VpcEndpoint) -> Flags:
    exempt(holds(endpoint.kind, lambda kind: kind == "GatewayLoadBalancer"), "it is for a Gateway Load Balancer")
    all_known(endpoint.service if not [*pieces_of(endpoint.service)] and not endpoint.looked_up.targets else None)
    exempt(not _is_of_aws(endpoint), "it is not a service of AWS, as far as its name shows")
    policy = settled(endpoint.policy)
    if isinstance(policy, Absent):
        yield flag(
            endpoint,
            "This endpoint has no policy: data can be copied through it to the resources of any other account.",
        )
        return
    yield from each_of(statements(policy), _judge)


def _judge(statement: Statement) -> Flags:
    all_known(statement.unknown)
    every = all_of((statement.allows(), _all(statement.actions), _all(statement.resources)))
    accept(statement.conditional or every == Known(False))
    all_known(every)
    yield flag(
        statement.place,
        "This policy allows every action on every resource, as if there were none: data can be copied through the endpoint to the "
        "resources of any other account.",
        instead="Name the actions and the resources that are needed, or add a condition for your own resources (aws:ResourceOrgID, "
        "aws:ResourceAccount).",
    )


def _all(names: tuple[Value[str], ...]) -> Value[bool]:
    return any_of([Known(False), *(holds(each, lambda name: name == "*") for each in names)])


def _is_of_aws(endpoint: VpcEndpoint) -> bool:
    """Whether its service is one of AWS, by the known pieces of its name or a data source that looks it up."""
    if endpoint.looked_up.targets:
        return True
    pieces = [*pieces_of(endpoint.service)]
    return any("amazonaws" in each for each in pieces) and not any(".vpce" in each for each in pieces)
