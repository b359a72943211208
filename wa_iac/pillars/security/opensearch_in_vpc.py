"""# OpenSearch domain has a public endpoint

## Why

The endpoint of this domain is on the internet. Then only its access policy, and its users if it has any, keep strangers out, and one mistake in them is
enough. In a VPC, security groups also decide who reaches it.

## What it checks

The rule reports a domain without subnets (`VPCOptions.SubnetIds`, `vpc_options`). An existing domain cannot be moved into a VPC.

## What is left out

A domain whose policy lets anyone in is reported by opensearch-policy-public, with a higher severity, and not here too. The finding is
milder with fine-grained access control, which checks each user, and if every request has to be signed: the policy names principals only, or
there is none. It is advice if a name of the domain or the path of a file says that it is public (`non_vpc`), and if a rule of AWS IoT writes to it. The policy of a domain in a VPC cannot name addresses.

## Non-compliant

```yaml
Resources:
  Search:  # finding: only the signature
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
```

```hcl
resource "aws_opensearch_domain" "search" { # finding: only its access policy
  domain_name = "search"
  access_policies = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "es:*"
      Resource  = "*"
      Condition = { IpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }
    }]
  })
}
```

```hcl
resource "aws_opensearch_domain" "non_vpc" { # finding: probably on purpose
  domain_name = "search"
  access_policies = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "es:*"
      Resource  = "*"
      Condition = { IpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }
    }]
  })
}
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      VPCOptions:
        SubnetIds:
          - subnet-0a1b2c3d
        SecurityGroupIds:
          - sg-0a1b2c3d
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }
}
```

## Not applicable

```yaml
Resources:
  Search:  # not applicable: its policy lets anyone in
    Type: AWS::OpenSearchService::Domain
    Properties:
      AccessPolicies:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: es:*
            Resource: "*"
```

```hcl
resource "aws_opensearch_domain" "search" { # not applicable: its policy lets anyone in
  domain_name = "search"
  access_policies = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "es:*", Resource = "*" }]
  })
}
```

## Undecided

The result is undecided if it is not known before deployment whether there are subnets.

```yaml
Parameters:
  Subnet:
    Type: String
Conditions:
  Inside: !Not [!Equals [!Ref Subnet, ""]]
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      VPCOptions:
        Fn::If:
          - Inside
          - SubnetIds:
              - !Ref Subnet
          - !Ref AWS::NoValue  # undecided: Fails when Subnet is
```

```hcl
variable "private" {
  type = bool
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  dynamic "vpc_options" { # undecided: Fails when var.private is false
    for_each = var.private ? [1] : []

    content {
      subnet_ids = ["subnet-0a1b2c3d"]
    }
  }
}
```

## Sources

- [VPCOptions - Amazon OpenSearch Service](https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_VPCOptions.md), read on 2026-11-29
- [elasticsearch-in-vpc-only - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/elasticsearch-in-vpc-only.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.policies.own_resources import DOMAIN, INSIDE, OfOwners, owner
from wa_iac.knowledge.workshops import named_in_the_open
from wa_iac.pillars.judgements.open_policy import lets_anyone_in

_RULES: Final = frozenset(and_awscc("AWS::IoT::TopicRule", "aws_iot_topic_rule"))
_BY_ADDRESS_TOO: Final = "A policy with the addresses of clients is refused there: let a security group name them."
_MOVED: Final = (
    "A domain cannot move into a VPC: this replaces it by an empty one. Take a snapshot first, and restore it there. Clients outside of the VPC "
    "then need another way in. The account needs OpenSearch's service-linked role, and a domain with zone awareness one subnet for each zone."
)


_IN_VPC: Final = Remedy(
    cfn="VPCOptions:\n  SubnetIds:\n    - <a private subnet>\n  SecurityGroupIds:\n    - <a security group>",
    tf="vpc_options {\n  subnet_ids         = [<a private subnet>.id]\n  security_group_ids = [<a security group>.id]\n}",
    replaces=True,
    decision=_MOVED,
)
_BY_ADDRESS: Final = replace(_IN_VPC, decision=f"{_MOVED} {_BY_ADDRESS_TOO}")


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=_IN_VPC,
    equivalents={
        "checkov": ["CKV_AWS_137"],
        "cdk_nag": ["AwsSolutions-OS1"],
        "guard": ["OPENSEARCH_IN_VPC_ONLY", "ELASTICSEARCH_IN_VPC_ONLY"],
        "config": ["OPENSEARCH_IN_VPC_ONLY", "ELASTICSEARCH_IN_VPC_ONLY"],
        "security_hub": ["Opensearch.2", "ES.2"],
    },
)
def check(domain: Domain, graph: Graph) -> Flags:
    accept(domain.in_vpc())
    if domain.fine_grained != Known(True):
        exempt(
            lets_anyone_in(domain.policy, OfOwners(graph, [owner(domain, DOMAIN, domain.name, INSIDE)])),
            "its policy lets anyone in, which is reported there",
        )
    if domain.fine_grained == Known(True):
        yield flag(
            domain.subnets,
            "The endpoint of this domain is on the internet: only its access policy and the sign-in of its users keep strangers out.",
            severity=Severity.LOW,
        )
        return
    match _lets_in_by_address(domain):
        case Known(False):
            yield flag(
                domain.subnets,
                "The endpoint of this domain is on the internet: only the signature that its access policy asks for keeps strangers out.",
                severity=Severity.LOW,
            )
        case by_address:
            chosen = named_in_the_open(domain) or _written_by_rules(domain, graph)
            yield flag(
                domain.subnets,
                f"The endpoint of this domain is on the internet: only its access policy keeps strangers out. {chosen}".rstrip(),
                instead=_BY_ADDRESS if by_address == Known(True) else "",
                confidence=Confidence.LOW if chosen else None,
            )


def _written_by_rules(domain: Domain, graph: Graph) -> str:
    """A sentence on a rule of AWS IoT that writes to a domain: its action names an endpoint only ("OpenSearch", AWS IoT Core Developer Guide)."""
    rule_ = next(iter(graph.referring(domain, _RULES)), None)
    if rule_ is None:
        return ""
    return f"{rule_.address} writes to it from AWS IoT, which has no way into a VPC for this: first let a function or Firehose do so."


def _lets_in_by_address(domain: Domain) -> Value[bool]:
    """Whether its policy lets in requests without a signature under a condition, such as their address."""
    if isinstance(domain.policy, Absent):
        return Known(False)
    return any_of(all_of((each.allows(), each.names_anyone())) for each in statements(domain.policy))
