"""# Resource policy lets any AWS account in

## Why

A policy of a resource that allows every principal, without a condition on who they are, opens the resource to each AWS account in the
world: strangers read and write a stream, publish packages that your builds download, send mail in your name, or fill your logs.

## What it checks

The rule reads the policies of these resources, and reports an `Allow` statement for any principal that no condition limits and no `Deny`
takes back:

- streams of Kinesis, and clusters of Amazon MSK,
- destinations and resource policies of CloudWatch Logs,
- domains and repositories of CodeArtifact, and the registry of ECR,
- registries of EventBridge Schemas,
- in Terraform: the Data Catalog of Glue, identities of SES, namespaces of Redshift, and access points of S3.

## What is left out

A statement with a condition on the caller counts as good: on the organization, on the account, or on where the request comes from. Buckets,
queues, topics, keys, secrets, functions, repositories of ECR, file systems, vaults, domains of OpenSearch, event buses and private APIs have
rules of their own. A `Deny` counts only where it names the resource that has the policy, or everything if it is the policy of an account.

## Non-compliant

```yaml
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties:
      DomainName: shop
      RepositoryName: packages
      PermissionsPolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: codeartifact:ReadFromRepository
            Resource: "*"
```

```hcl
resource "aws_kinesis_resource_policy" "orders" {
  resource_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = ["kinesis:PutRecord", "kinesis:PutRecords"]
        Resource  = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties:
      DomainName: shop
      RepositoryName: packages
      PermissionsPolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: codeartifact:ReadFromRepository
            Resource: "*"
            Condition:
              StringEquals:
                aws:PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_cloudwatch_log_resource_policy" "events" {
  policy_name = "events"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = ["events.amazonaws.com", "delivery.logs.amazonaws.com"] }
        Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource  = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/*:*"
      }
    ]
  })
}
```

## Undecided

The result is undecided if the principal is not known before deployment.

```yaml
Parameters:
  Reader:
    Type: String
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties:
      DomainName: shop
      RepositoryName: packages
      PermissionsPolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref Reader  # undecided: parameter "Reader" has no default
            Action: codeartifact:ReadFromRepository
            Resource: "*"
```

```hcl
variable "policy" {
  type = string
}

resource "aws_kinesis_resource_policy" "orders" {
  resource_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
  policy       = var.policy # undecided: var.policy has no default
}
```

## Sources

- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.resource_policies import ResourcePolicy
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.policies.own_resources import (
    ACCOUNT,
    DATA_CATALOG,
    IDENTITY,
    LOG_DESTINATION,
    PACKAGE_DOMAIN,
    PACKAGE_REPOSITORY,
    SCHEMA_REGISTRY,
    OfOwners,
    Owner,
    owner_elsewhere,
)
from wa_iac.pillars.judgements.open_policy import judge

_OF_CATALOGS: Final = "aws_glue_resource_policy"


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the account or role that uses it>",
        tf="Principal = { AWS = <the account or role that uses it> }",
        decision="Name those who use it; all others lose access. Roles of this account mostly need no such policy, if their own policy allows it.",
    ),
    equivalents={"checkov": ["CKV_AWS_283"]},
)
def check(policy: ResourcePolicy, graph: Graph) -> Flags:
    yield from judge(
        policy.document,
        "Any AWS account may do this: the statement allows any principal, and no condition limits who.",
        OfOwners(graph, [_owner(policy)]),
    )


def _owner(policy: ResourcePolicy) -> Owner:
    """What has the policy: a resource that it names, or all of a kind that the account has."""
    named: list[tuple[Value[str], str, list[Value[str]]]] = [
        (policy.arn, "{}", []),
        (policy.destination, LOG_DESTINATION, []),
        (policy.repository, PACKAGE_REPOSITORY, [policy.domain]),
        (policy.domain, PACKAGE_DOMAIN, []),
        (policy.registry, SCHEMA_REGISTRY, []),
        (policy.identity, IDENTITY, []),
    ]
    for value, arn, before in named:
        if not isinstance(value, Absent):
            return owner_elsewhere(value, arn, *before)
    return owner_elsewhere(Known(DATA_CATALOG)) if policy.declared.type == _OF_CATALOGS else ACCOUNT
