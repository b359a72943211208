"""# Log group is not encrypted with a customer managed key

## Why

CloudWatch Logs always encrypts logs, with its own key. With a customer managed key, readers need a second permission, which the
key's policy can give to a few, and taking it away closes all logs at once. Logs often hold more than their authors think.

## What it checks

Log groups without a KMS key.

## What is left out

The rule is off by default, since logs are encrypted anyway. A class `DELIVERY` keeps logs for a day only.

## Non-compliant

```yaml
Resources:
  Application:  # finding
    Type: AWS::Logs::LogGroup
```

```hcl
resource "aws_cloudwatch_log_group" "application" { # finding
  name = "application"
}
```

## Compliant

```yaml
Resources:
  Application:
    Type: AWS::Logs::LogGroup
    Properties:
      KmsKeyId: arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555
```

```hcl
resource "aws_cloudwatch_log_group" "application" {
  name       = "application"
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}
```

## Not applicable

```yaml
Resources:
  Transit:  # not applicable: for a day
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupClass: DELIVERY
```

## Undecided

The result is undecided if the key is not known before deployment.

```yaml
Parameters:
  Key:
    Type: String
Resources:
  Application:
    Type: AWS::Logs::LogGroup
    Properties:
      KmsKeyId: !Ref Key  # undecided: parameter "Key" has no default
```

```hcl
variable "key" {
  type = string
}

resource "aws_cloudwatch_log_group" "application" {
  name       = "application"
  kms_key_id = var.key # undecided: var.key has no default
}
```

## Sources

- [cloudwatch-log-group-encrypted - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/cloudwatch-log-group-encrypted.html), read on 2026-11-29
"""

from wa_iac.aws.logs import LogGroup
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, require, rule


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="KmsKeyId: !GetAtt <a key>.Arn",
        tf="kms_key_id = <a key>.arn",
        decision="The policy of the key must allow logs.<region>.amazonaws.com to use it.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_158"],
        "trivy": ["AVD-AWS-0017"],
        "cdk_nag": ["CloudWatchLogGroupEncrypted"],
        "guard": ["CLOUDWATCH_LOG_GROUP_ENCRYPTED"],
        "config": ["CLOUDWATCH_LOG_GROUP_ENCRYPTED"],
        "cfn_nag": ["W84"],
    },
)
def check(group: LogGroup) -> Flags:
    for found in require(
        group.key.presence, "These logs have no customer managed key: everyone who may read log groups can read them.", at=group
    ):
        exempt(holds(group.log_class, "DELIVERY".__eq__), "it keeps logs for a day only")
        yield found
