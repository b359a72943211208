"""# Response plan engages nobody

## Why

Incident Manager opens an incident, and nobody is called: the plan names no contact, no chat channel and no topic. The minutes that the
plan was to save are lost.

## What it checks

The rule reports a response plan without engagements, without a chat channel, without PagerDuty and without a topic that is notified.

## What is left out

The automation of the plan is not looked at.

## Non-compliant

```yaml
Resources:
  Outage:  # finding
    Type: AWS::SSMIncidents::ResponsePlan
    Properties:
      Name: outage
      IncidentTemplate:
        Title: The shop is down
        Impact: 1
```

```hcl
resource "aws_ssmincidents_response_plan" "outage" { # finding
  name = "outage"

  incident_template {
    title  = "The shop is down"
    impact = 1
  }
}
```

## Compliant

```yaml
Resources:
  Outage:
    Type: AWS::SSMIncidents::ResponsePlan
    Properties:
      Name: outage
      IncidentTemplate:
        Title: The shop is down
        Impact: 1
      Engagements: [arn:aws:ssm-contacts:eu-west-1:111122223333:contact/on-call]
```

```hcl
resource "aws_ssmincidents_response_plan" "outage" {
  name = "outage"

  incident_template {
    title  = "The shop is down"
    impact = 1
  }

  engagements = ["arn:aws:ssm-contacts:eu-west-1:111122223333:contact/on-call"]
}
```

## Undecided

The result is undecided if it is not known whether anybody is engaged.

```yaml
Parameters:
  OnCall:
    Type: CommaDelimitedList
Resources:
  Outage:
    Type: AWS::SSMIncidents::ResponsePlan
    Properties:
      Name: outage
      IncidentTemplate:
        Title: The shop is down
        Impact: 1
      Engagements: !Ref OnCall  # undecided: parameter "OnCall" has no default
```

```hcl
variable "on_call" {
  type = list(string)
}

resource "aws_ssmincidents_response_plan" "outage" {
  name = "outage"

  incident_template {
    title  = "The shop is down"
    impact = 1
  }

  engagements = var.on_call # undecided: var.on_call has no default
}
```

## Sources

- [CreateResponsePlan - AWS Systems Manager Incident Manager](https://docs.aws.amazon.com/goto/WebAPI/ssm-incidents/CreateResponsePlan), read on 2026-11-29
"""

from wa_iac.aws.ssmincidents import ResponsePlan
from wa_iac.core.logic import any_of, holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, flag, rule


@rule(
    practices=["OPS10-BP01", "OPS10-BP04", "REL12-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="Engagements: [<the contact's ARN>]", tf='engagements = ["<the contact\'s ARN>"]'),
)
def check(plan: ResponsePlan) -> Flags:
    accept(any_of(holds(each, bool) for each in (plan.engagements, plan.chat, plan.integrations, plan.notifications)))
    yield flag(plan, "This plan names no contact, no chat channel and no topic: when an incident begins, it calls nobody.")
