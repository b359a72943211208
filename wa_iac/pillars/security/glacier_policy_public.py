"""# Glacier vault policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, lets any AWS account use the vault: upload
archives or, with more actions, retrieve and delete them. CloudFormation has no such vaults.

## What it checks

The rule reads the access policy of a vault. It reports each `Allow` statement for every principal that no condition limits and no `Deny`
takes back.

## What is left out

A policy for named accounts is accepted, even if they are not yours. A vault lock policy is not read.

## Non-compliant

```hcl
resource "aws_glacier_vault" "orders" {
  name = "orders"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "glacier:InitiateJob"
        Resource  = "*"
      }
    ]
  })
}
```

## Compliant

```hcl
resource "aws_glacier_vault" "orders" {
  name = "orders"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/orders" }
        Action    = "glacier:InitiateJob"
        Resource  = "*"
      }
    ]
  })
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment.

```hcl
variable "principal" {
  type = string
}

resource "aws_glacier_vault" "orders" {
  name = "orders"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = var.principal # undecided: var.principal has no default
        Action    = "glacier:InitiateJob"
        Resource  = "*"
      }
    ]
  })
}
```

## Sources

- [Set Vault Access Policy (PUT access-policy) - Amazon Glacier](https://docs.aws.amazon.com/amazonglacier/latest/dev/api-SetVaultAccessPolicy.html), read on 2026-11-29
"""

from wa_iac.aws.glacier import Vault
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.knowledge.policies.own_resources import GLACIER_VAULT, OfOwners, owner
from wa_iac.pillars.judgements.open_policy import judge


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the role that uses it>",
        tf="Principal = { AWS = <the role that uses it>.arn }",
        decision="Name each account and role that uses the vault today: all others are refused from then on.",
    ),
    equivalents={"checkov": ["CKV_AWS_167"]},
)
def check(vault: Vault, graph: Graph) -> Flags:
    yield from judge(
        vault.policy,
        "Any AWS account may use this vault: the statement allows any principal, and no condition limits who.",
        OfOwners(graph, [owner(vault, GLACIER_VAULT, vault.name)]),
    )
