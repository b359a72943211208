"""# KMS key policy allows public access

## Why

A statement that allows `*` in a key policy, without a condition that says who, lets every AWS account in the world use the key.
It can decrypt data that is encrypted with the key or, with `kms:*`, change the key policy and schedule the key's deletion.

Auto Scaling may use a key for the volumes of its instances only if the key's policy names its service-linked role
([required key policy](https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html)). So the remedy
for such a key begins with the statements for this role: without them, no new instance would start.

## What it checks

The rule reads the key policy of each KMS key and replica key. It reports an `Allow` statement for any principal, if no condition of it
limits who the caller is. `kms:ViaService` does not count: it says which service uses the key, for any account. The severity is medium then: other
accounts come to the key only through that service, which keeps what it stores here for this account from them, unless something is shared.

A statement that only lets others read what describes the key, such as `kms:DescribeKey`, is of low severity.

## What is left out

Conditions on the caller, such as `kms:CallerAccount`, `aws:PrincipalOrgID` or `aws:SourceAccount`, are accepted. A key without a policy
gets AWS's default policy, which allows only its own account.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: kms:*
            Resource: "*"
```

```hcl
resource "aws_kms_key" "orders" {
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }
    ]
  })
}
```

Without `kms:CallerAccount`, a condition on the service admits any account through it.

```hcl
resource "aws_kms_key" "orders" {
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding: may use this key through rds
        Effect    = "Allow"
        Principal = "*"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = ["rds.eu-west-1.amazonaws.com"] } }
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
          - Effect: Allow
            Principal:
              AWS: "*"
            Action: kms:Decrypt
            Resource: "*"
            Condition:
              StringEquals:
                kms:CallerAccount: !Ref AWS::AccountId
```

```hcl
resource "aws_kms_key" "orders" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "orders" {
  key_id = aws_kms_key.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment, or if a `Deny` names a key by its ARN.

```hcl
resource "aws_kms_key" "orders" {
  policy = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "kms:*"
        Resource  = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d" # undecided: its ARN, which is known only after deployment
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
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: kms:*
            Resource: "*"
```

```hcl
variable "principal" {
  type = string
}

resource "aws_kms_key" "orders" {
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.principal } # undecided: var.principal has no default
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
```

## Sources

- [Default key policy - AWS Key Management Service](https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html), read on 2026-11-29
- [Examining the key policy (Japanese edition)](https://docs.aws.amazon.com/ja_jp/kms/latest/developerguide/determining-access-key-policy.md), read on 2026-11-29
- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.kms import Key, ReplicaKey
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, milder, rule
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.policies.own_resources import KEY, OfOwners, owner
from wa_iac.pillars.judgements.open_policy import judge
from wa_iac.pillars.judgements.wording import listed

_CFN = "Principal:\n  AWS: !Sub arn:aws:iam::${AWS::AccountId}:root"
_TF = 'Principal = { AWS = "arn:aws:iam::<your account>:root" }'
_TEMPLATES: Final = frozenset({*and_awscc("AWS::EC2::LaunchTemplate", "aws_launch_template"), "module"})
"""What says with which key the volumes of a group's instances are encrypted."""
_ROLE: Final = "AWSServiceRoleForAutoScaling"
_OTHERS: Final = (
    "Identities of the account then need permission for the key by their own policies. Other accounts, and services that use the key in their own "
    "name, need a statement each first."
)

_VIA: Final = "kms:viaservice"
_SERVICE: Final = late(r"[a-z][a-z0-9-]*")
_IS: Final = frozenset({"stringequals", "stringlike", "stringequalsignorecase"})
_OF_THIS_ACCOUNT: Final = Remedy(
    cfn="Condition:\n  StringEquals:\n    kms:CallerAccount: !Ref AWS::AccountId",
    tf='Condition = { StringEquals = { "kms:CallerAccount" = "<your account>" } }',
    decision="Keep the condition on the service, and add one on the account. Other accounts that use the key on purpose need a statement of their own first.",
)


def _given(key: Key | ReplicaKey, graph: Graph) -> Remedy | None:
    """Auto Scaling is among those who use a key of volumes by the open statement: it needs statements of its own first."""
    user = next((each for each in graph.referring(key, _TEMPLATES) if _encrypts(each.body, key, graph)), None)
    if user is None or any(_names_role(each.value) for statement in statements(key.policy) for each in statement.principals):
        return None
    return Remedy(
        cfn=_CFN,
        tf=_TF,
        decision=f"The volumes of {user.address} are encrypted with this key. If Auto Scaling or a node group starts the instances, first "
        f"give its service-linked role ({_ROLE}) two statements: one for kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey* "
        "and kms:DescribeKey, and one for kms:CreateGrant with the condition that kms:GrantIsForAWSResource is true. Without them, no new "
        f"instance starts. {_OTHERS} Then:",
    )


def _names_role(name: Tree) -> bool:
    return isinstance(name, Known) and _ROLE in str(name.value)


def _encrypts(body: Tree, key: Key | ReplicaKey, graph: Graph) -> bool:
    """Whether a volume in a body names the key."""
    return any(graph.refers(each, key) for each in _keys_of_volumes(body, volume=False))


def _keys_of_volumes(body: Tree, *, volume: bool) -> Iterator[Tree]:
    members = body.value if isinstance(body, Known) else None
    if isinstance(members, dict):
        for name, each in members.items():
            if volume and name in ("KmsKeyId", "kms_key_id"):
                yield each
            yield from _keys_of_volumes(each, volume=name in ("Ebs", "ebs"))
    elif isinstance(members, list):
        for each in members:
            yield from _keys_of_volumes(each, volume=volume)


@rule(
    practices=["SEC08-BP01", "SEC03-BP02", "SEC03-BP07"],
    severity=Severity.CRITICAL,
    remedy=Remedy(cfn=_CFN, tf=_TF, decision=_OTHERS, given=_given),
    equivalents={
        "checkov": ["CKV_AWS_33"],
        "guard": ["KMS_NO_WILDCARD_PRINCIPAL"],
        "security_hub": ["KMS.5"],
    },
)
def check(key: Key | ReplicaKey, graph: Graph) -> Flags:
    scope = OfOwners(graph, [owner(key, KEY, Absent())])
    yield from judge(
        key.policy,
        "Any AWS account may use this key: the statement allows any principal, and no condition limits who.",
        scope,
        unless=lambda each: bool(_through(each)),
    )
    found = judge(key.policy, _any_account_through, scope, unless=lambda each: not _through(each))
    yield from milder(found, severity=Severity.MEDIUM, instead=_OF_THIS_ACCOUNT)


def _through(statement: Statement) -> str:
    """The services through which alone a statement lets others use the key; empty if it does not say so."""
    for each in statement.conditions:
        if each.key.lower() == _VIA and each.operator.lower() in _IS:
            values = each.value.value if isinstance(each.value, Known) and isinstance(each.value.value, list) else [each.value]
            # What is known at the beginning of `rds.${var.region}.amazonaws.com` is enough.
            named = [next(pieces_of(value), "").partition(".")[0] for value in values]
            if named and all(map(_SERVICE.fullmatch, named)):
                return listed(list(dict.fromkeys(named)))
    return ""


def _any_account_through(statement: Statement) -> str:
    return (
        f"Any AWS account may use this key through {_through(statement)} (kms:ViaService): no condition limits who. Data that the service keeps is open to others "
        "only if it is shared with them."
    )
