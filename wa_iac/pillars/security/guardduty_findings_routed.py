"""# Nothing takes the findings of GuardDuty

## Why

GuardDuty writes what it finds into a list in the console. Unless a rule of EventBridge sends the findings on, or Security Hub collects
them, nobody reads that list in time, and an intruder has days where minutes would have been enough.

## What it checks

The rule looks at each detector that is on. It reports one if nothing in the unit takes its findings: no rule of EventBridge with the
source `aws.guardduty` or `aws.securityhub`, and no Security Hub.

## What is left out

Detectors of member accounts, whose findings the administrator's account gets: the unit accepts an invitation, or names an administrator
of the organization.

## Non-compliant

```yaml
Resources:
  Detector:  # finding
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
```

```hcl
resource "aws_guardduty_detector" "this" { # finding
  enable = true
}
```

## Compliant

```yaml
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
  Findings:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.guardduty]
        detail-type: [GuardDuty Finding]
      Targets: [{Id: security, Arn: "arn:aws:sns:eu-west-1:111122223333:security"}]
```

```hcl
resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_securityhub_account" "this" {}
```

## Not applicable

```yaml
Resources:
  Detector:  # not applicable: it is off
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: false
```

```hcl
resource "aws_guardduty_detector" "this" { # not applicable: another account gets its findings
  enable = true
}

resource "aws_guardduty_invite_accepter" "this" {
  detector_id       = aws_guardduty_detector.this.id
  master_account_id = "111122223333"
}
```

## Undecided

The result is undecided if it is not known which events a rule takes.

```yaml
Parameters:
  Source:
    Type: String
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
  Findings:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [!Ref Source]  # undecided: parameter "Source" has no default
      Targets: [{Id: security, Arn: "arn:aws:sns:eu-west-1:111122223333:security"}]
```

```hcl
variable "source_of_events" {
  type = string
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_cloudwatch_event_rule" "findings" {
  event_pattern = jsonencode({
    source = [var.source_of_events] # undecided: var.source_of_events has no default
  })
}
```

## Sources

- [AWS Security Hub events - Amazon EventBridge](https://docs.aws.amazon.com/it_it/eventbridge/latest/ref/events-ref-securityhub.html), read on 2026-11-29
- [class GuardDutyFinding](https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_mixins-preview.aws_guardduty.events.GuardDutyFinding.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.guardduty import Detector
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.knowledge.event_sources import takes

_HUBS: Final = frozenset(
    and_awscc(
        "AWS::SecurityHub::Hub",
        "AWS::SecurityHub::HubV2",
        "aws_securityhub_account",
        "aws_securityhub_account_v2",
        "aws_securityhub_organization_configuration",
    )
)
_ADMINISTRATORS: Final = frozenset(
    and_awscc("AWS::GuardDuty::Master", "aws_guardduty_invite_accepter", "aws_guardduty_organization_admin_account")
)
"""What says that another account gets the findings of this one."""


@rule(
    practices=["SEC04-BP03", "SEC10-BP06", "SEC04-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="Findings:\n  Type: AWS::Events::Rule\n  Properties:\n    EventPattern:\n      source: [aws.guardduty]\n"
        "      detail-type: [GuardDuty Finding]\n    Targets: [{Id: security, Arn: !Ref <an SNS topic>}]",
        tf='resource "aws_cloudwatch_event_rule" "findings" {\n  event_pattern = jsonencode({\n    source      = ["aws.guardduty"]\n'
        '    detail-type = ["GuardDuty Finding"]\n  })\n}\n\nresource "aws_cloudwatch_event_target" "findings" {\n'
        "  rule = aws_cloudwatch_event_rule.findings.name\n  arn  = <an SNS topic>.arn\n}",
    ),
)
def check(detector: Detector, graph: Graph) -> Flags:
    exempt(negate(detector.enable), "it is off")
    exempt(not _ADMINISTRATORS.isdisjoint(graph.types), "another account gets its findings")
    accept(not _HUBS.isdisjoint(graph.types))
    accept(takes(graph, ("aws.guardduty", "aws.securityhub")))
    yield flag(detector, "Nothing here takes the findings of this detector: an intruder may go unnoticed for long.")
