"""# IAM user instead of a role or federation

A user has credentials of its own that do not expire: a password that is reused, a key that ends in a repository. People sign in through
IAM Identity Center, programs take a role; both get credentials that are gone within hours.

## Non-compliant

```yaml
Resources:
  Alice:  # finding
    Type: AWS::IAM::User
```

```hcl
resource "aws_iam_user" "alice" { # finding
  name = "alice"
}
```

## Compliant

```yaml
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: codebuild.amazonaws.com }
            Action: sts:AssumeRole
```

```hcl
resource "aws_iam_role" "deployer" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "codebuild.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.iam import User
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule


@rule(
    practices=["SEC02-BP04", "SEC02-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="Type: AWS::IAM::Role", tf='resource "aws_iam_role" "this" {}'),
    equivalents={"checkov": ["CKV_AWS_273"]},
)
def check(user: User) -> Iterator[Flag]:
    yield flag(user, "This user's credentials never expire: once they leak, they work until someone notices.")
