"""# Secrets Manager secret policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, lets any AWS account read the secret
or replace it, if the policy of its KMS key also lets it. Set `BlockPublicPolicy` (`block_public_policy`), so that Secrets Manager rejects
such a policy.

## What it checks

The rule reads the resource policy of each secret, also of one that is declared elsewhere. It reports an `Allow` statement for any principal, if no condition of it limits who the
caller is.

Without a customer managed key, other accounts cannot decrypt the secret ("Access AWS Secrets Manager secrets from a different account", AWS
Secrets Manager User Guide): the severity is high then, and not critical. So it is for a secret that is declared elsewhere, since its key is
not known.

A statement that only lets others read what describes the secret, such as `secretsmanager:DescribeSecret`, is of low severity.

## What is left out

The rule accepts a statement with a condition on the caller or on where the caller comes from. A `Deny` counts only where it names the secret. A secret without a policy is open to its own
account only, and counts as good.

## Non-compliant

```yaml
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
  Orders:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding: Other accounts cannot decrypt it
            Principal: "*"
            Action: secretsmanager:GetSecretValue
            Resource: "*"
```

```hcl
resource "aws_secretsmanager_secret" "orders" {
  name       = "orders"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding: if the policy of its key lets it
        Effect    = "Allow"
        Principal = "*"
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
      }
    ]
  })
}
```

```yaml
Resources:
  Shared:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shared-a1b2c3
      ResourcePolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: secretsmanager:GetSecretValue
            Resource: "*"
```

A denial for another secret closes nothing:

```hcl
resource "aws_secretsmanager_secret" "orders" {
  name       = "orders"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "secretsmanager:*"
        Resource  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:returns-a1b2c3"
      }
    ]
  })
}
```

## Compliant

```hcl
resource "aws_secretsmanager_secret" "orders" {
  name       = "orders"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "secretsmanager:*"
        Resource  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-*"
      }
    ]
  })
}
```

```yaml
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
  Orders:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: arn:aws:iam::111122223333:role/orders
            Action: secretsmanager:GetSecretValue
            Resource: "*"
```

```hcl
resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      }
    ]
  })
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment, or if a `Deny` names a secret with this name: Secrets Manager adds six
characters to each name.

```hcl
resource "aws_secretsmanager_secret" "orders" {
  name       = "orders"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "secretsmanager:*"
        Resource  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3" # undecided: its ARN, which is known only after deployment
      }
    ]
  })
}
```

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
  Orders:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: secretsmanager:GetSecretValue
            Resource: "*"
```

```hcl
variable "principal" {
  type = string
}

resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.principal } # undecided: var.principal has no default
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
      }
    ]
  })
}
```

## Sources

- [blockPublicPolicy (PutResourcePolicy)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/secretsmanager/aws.sdk.kotlin.services.secretsmanager.model/-put-resource-policy-request/block-public-policy.html), read on 2026-11-29
- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.secretsmanager import Secret, SecretPolicy
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, milder, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.policies.own_resources import SECRET, OfOwners, owner, owners_of
from wa_iac.pillars.judgements.open_policy import judge

_MANAGED: Final = "alias/aws/secretsmanager"
_IN_ACCOUNT: Final = (
    "The statement allows any principal, and no condition limits who: every user and role of this account may use this secret. Other accounts "
    "cannot decrypt it, since it has the key of AWS, but may do whatever else the statement allows."
)

_OPEN: Final = "Any AWS account may use this secret, if the policy of its key lets it: the statement allows any principal, and no condition limits who."


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the role that uses it>",
        tf="Principal = { AWS = <the role that uses it>.arn }",
        decision="Name those who use the secret; all others lose access. Roles of this account need no resource policy, if their own policy allows it.",
    ),
)
def check(holder: Secret | SecretPolicy, graph: Graph) -> Flags:
    if isinstance(holder, SecretPolicy):
        # A secret of the code has this policy itself.
        if not holder.secret.targets:
            scope = OfOwners(graph, owners_of(holder.secret, [], SECRET, Secret.types()))
            yield from milder(judge(holder.document, _OPEN, scope), severity=Severity.HIGH)
        return
    scope = OfOwners(graph, [owner(holder, SECRET, holder.name)])
    if isinstance(holder.key.value, Absent) or holder.key.value == Known(_MANAGED):
        yield from milder(judge(holder.policy, _IN_ACCOUNT, scope), severity=Severity.HIGH)
    else:
        yield from judge(holder.policy, _OPEN, scope)
