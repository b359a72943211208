"""# GuardDuty detector is suspended

## Why

GuardDuty looks for signs of an attack in the logs of the account: stolen credentials, mining, contacts with known attackers. A
suspended detector sees nothing, and there is only one in each Region.

## What it checks

Detectors of this code that are turned off.

## What is left out

An account without a detector is not reported: the administrator of an organization may have turned GuardDuty on. The optional
protection plans are charged separately, and are not checked.

## Non-compliant

```yaml
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: false  # finding
```

```hcl
resource "aws_guardduty_detector" "main" {
  enable = false # finding
}
```

## Compliant

```yaml
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
```

```hcl
resource "aws_guardduty_detector" "main" {
  enable = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Watch:
    Type: String
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: !Ref Watch  # undecided: parameter "Watch" has no default
```

```hcl
variable "watch" { # undecided: Fails when var.watch is false
  type = bool
}

resource "aws_guardduty_detector" "main" {
  enable = var.watch
}
```

## Sources

- [CreateDetector](https://docs.aws.amazon.com/sdk-for-sap-abap/v1/api/latest/gdy/operation/CREATEDETECTOR.html), read on 2026-11-29
- [aws.guardduty.Detector](https://www.pulumi.com/docs/reference/pkg/aws/guardduty/detector), read on 2026-11-29
"""

from wa_iac.aws.guardduty import Detector
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["SEC04-BP03", "SEC04-BP01", "SEC06-BP05"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_238"],
        "config": ["GUARDDUTY_ENABLED_CENTRALIZED"],
        "security_hub": ["GuardDuty.1"],
    },
    fix=Recipe(cfn={"Enable": True}, tf={"enable": True}, unsafe_because="GuardDuty charges for the events that it looks at"),
)
def check(detector: Detector) -> Flags:
    yield from refuse(detector.enable, False, "This detector is suspended: GuardDuty looks for no attack in this Region.")
