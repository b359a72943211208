"""# OpenSearch domain policy allows public access

## Why

A domain with a public endpoint and a policy that allows everyone lets anyone on the internet read, change and delete its indexes,
without signing a request.

## What it checks

The rule reads the access policy of each domain. It reports an `Allow` statement for any principal, if no condition of it limits who the
caller is.

## What is left out

The rule does not check domains in a VPC, where security groups limit who reaches them, and domains with fine-grained access
control, which checks users itself. AWS recommends an open policy with both ("Identity and Access Management in Amazon OpenSearch
Service", "Fine-grained access control in Amazon OpenSearch Service"). A `Deny` counts only where it names all that is inside the domain.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: orders
      AccessPolicies:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: es:ESHttp*
            Resource: "*"
```

```hcl
resource "aws_opensearch_domain" "orders" {
  domain_name = "orders"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "es:ESHttp*"
        Resource  = "*"
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: orders
      AccessPolicies:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: es:ESHttp*
            Resource: "*"
            Condition:
              IpAddress:
                aws:SourceIp: 203.0.113.0/24
```

```hcl
resource "aws_opensearch_domain" "orders" {
  domain_name = "orders"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/orders" }
        Action    = "es:ESHttp*"
        Resource  = "*"
      }
    ]
  })
}
```

## Not applicable

```yaml
Resources:
  Inside:  # not applicable: it is in a VPC
    Type: AWS::OpenSearchService::Domain
    Properties:
      VPCOptions: {SubnetIds: [subnet-0a1], SecurityGroupIds: [sg-0a1]}
      AccessPolicies:
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "es:*", Resource: "*"}
  Users:  # not applicable: fine-grained access control checks users
    Type: AWS::OpenSearchService::Domain
    Properties:
      AdvancedSecurityOptions: {Enabled: true}
      AccessPolicies:
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "es:*", Resource: "*"}
```

```hcl
resource "aws_opensearch_domain" "inside" { # not applicable: it is in a VPC
  domain_name = "inside"

  vpc_options {
    subnet_ids         = ["subnet-0a1"]
    security_group_ids = ["sg-0a1"]
  }

  access_policies = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "es:*", Resource = "*" }]
  })
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Orders:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: orders
      AccessPolicies:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: es:ESHttp*
            Resource: "*"
```

```hcl
variable "principal" {
  type = string
}

resource "aws_opensearch_domain" "orders" {
  domain_name = "orders"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = var.principal # undecided: var.principal has no default
        Action    = "es:ESHttp*"
        Resource  = "*"
      }
    ]
  })
}
```

## Sources

- [Identity and Access Management in Amazon OpenSearch Service](https://docs.aws.amazon.com/en_gb/opensearch-service/latest/developerguide/ac.md), read on 2026-11-29
- [Fine-grained access control in Amazon OpenSearch Service](https://docs.amazonaws.cn/en_us/opensearch-service/latest/developerguide/fgac.md), read on 2026-11-29
"""

from wa_iac.aws.opensearch import Domain
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, rule
from wa_iac.knowledge.policies.own_resources import DOMAIN, INSIDE, OfOwners, owner
from wa_iac.pillars.judgements.open_policy import judge


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the role that uses it>",
        tf="Principal = { AWS = <the role that uses it>.arn }",
        decision="Clients then have to sign their requests: move them first. A browser needs a sign-in, such as fine-grained access control or Amazon "
        "Cognito, or an address that the policy names in a condition.",
    ),
    equivalents={"cdk_nag": ["AwsSolutions-OS5"]},
)
def check(domain: Domain, graph: Graph) -> Flags:
    exempt(domain.in_vpc(), "it is in a VPC, where security groups limit who reaches it")
    exempt(domain.fine_grained, "fine-grained access control checks users")
    yield from judge(
        domain.policy,
        "Anyone on the internet may use this domain: the statement allows any principal, and no condition limits who.",
        OfOwners(graph, [owner(domain, DOMAIN, domain.name, INSIDE)]),
    )
