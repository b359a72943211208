"""# KMS key policy allows public access

A statement that allows `*` in a key policy, without a condition that says who, lets every AWS account in the world use the key.
It can decrypt data that is encrypted with the key or, with `kms:*`, change the key policy and schedule the key's deletion.

Conditions on the caller, such as `kms:CallerAccount`, `aws:PrincipalOrgID` or `aws:SourceAccount`, are accepted.
`kms:ViaService` is not: it says which service uses the key, for any account. A key without a policy gets AWS's default policy, which allows only its own account.

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

The result is undecided if `Principal` is not known before deployment.

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
"""

from wa_iac.aws.kms import Key, ReplicaKey
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.pillars.judgements.open_policy import judge


@rule(
    practices=["SEC08-BP01", "SEC03-BP02", "SEC03-BP07"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        cfn="Principal:\n  AWS: !Sub arn:aws:iam::${AWS::AccountId}:root",
        tf='Principal = { AWS = "arn:aws:iam::<your account>:root" }',
    ),
    equivalents={"checkov": ["CKV_AWS_33"], "guard": ["KMS_NO_WILDCARD_PRINCIPAL"]},
)
def check(key: Key | ReplicaKey) -> Flags:
    yield from judge(
        key.policy, "Any AWS account may use this key: the statement allows any principal, and no condition limits who."
    )
