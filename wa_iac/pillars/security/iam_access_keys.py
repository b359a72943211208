"""# Long-term access key

An access key works from anywhere until someone deletes it, and this one's secret also ends in the stack's outputs or in Terraform's
state. A role gives credentials that are gone within hours: to machines through an instance profile or a task role, to a pipeline
through OpenID Connect.

## Non-compliant

```yaml
Resources:
  Key:  # finding
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: deployer
```

```hcl
resource "aws_iam_access_key" "key" { # finding
  user = "deployer"
}
```

## Compliant

```yaml
Resources:
  Key:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: deployer
      Status: Inactive
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

from wa_iac.aws.iam import AccessKey
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["SEC02-BP02", "SEC02-BP05"],
    severity=Severity.HIGH,
    remedy=Remedy(cfn="Type: AWS::IAM::Role", tf='resource "aws_iam_role" "this" {}'),
    equivalents={"trivy": ["AVD-AWS-0144", "AVD-AWS-0146"], "config": ["ACCESS_KEYS_ROTATED"]},
)
def check(key: AccessKey) -> Iterator[Flag]:
    match key.status:
        case Known("Inactive"):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent():
            yield flag(key, "This key works from anywhere until it is deleted; a role's credentials are gone within hours.")
