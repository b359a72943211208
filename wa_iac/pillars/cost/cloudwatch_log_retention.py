"""# CloudWatch log group has no retention period

## Why

By default, CloudWatch Logs keeps everything indefinitely and charges for it every month. Set how long you need the logs: some
weeks for debugging, a year or more for audit logs.

## What it checks

The rule checks log groups. It reports a group without a retention period, one with a period of 0 days, and one whose period is outside
the limits in your settings.
The finding is advice in a file of a workshop, a demonstration or an example, by its path.

## What is left out

The logs of a trail, or those that are for audits by their name, are for a year or more: the remedy says so.

A period of 0 days that is written at the log group is a decision to keep the logs: the finding is then advice. So it is for a group without a name of its
own that nothing here refers to: probably nothing writes to it, and it is to be deleted. So it is for that of a function that only CloudFormation
calls, as a custom resource: some lines for each deployment cost nothing.
The rule does not check log groups of the class `DELIVERY`, which keep logs in transit for one day. The rule does not know the log groups
that services create by themselves.

## Non-compliant

```yaml
Resources:
  Application:  # finding
    Type: AWS::Logs::LogGroup
```

```hcl
resource "aws_cloudwatch_log_group" "application" {
  retention_in_days = 0 # finding
}
```

## Compliant

```yaml
Resources:
  Application:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 90
```

```hcl
resource "aws_cloudwatch_log_group" "application" {
  retention_in_days = 90
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: deleted after a day
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupClass: DELIVERY
```

```hcl
resource "aws_cloudwatch_log_group" "orders" { # not applicable: deleted after a day
  log_group_class = "DELIVERY"
}
```

## Undecided

The result is undecided if `RetentionInDays` or `retention_in_days` is not known before deployment.

```yaml
Parameters:
  RetentionInDays:
    Type: Number
Resources:
  Application:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: !Ref RetentionInDays  # undecided: parameter "RetentionInDays" has no default
```

```hcl
variable "retention_in_days" {
  type = number
}

resource "aws_cloudwatch_log_group" "application" {
  retention_in_days = var.retention_in_days # undecided: var.retention_in_days has no default
}
```

## Sources

- [PutRetentionPolicy - Amazon CloudWatch Logs](https://docs.aws.amazon.com/goto/WebAPI/logs/PutRetentionPolicy), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from pydantic import Field

from wa_iac.aws.logs import LogGroup
from wa_iac.core.awscc import and_awscc
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.called import words_of
from wa_iac.pillars.judgements.workshops import where_it_lasts

ACCEPTED = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""The retentions that CloudWatch Logs accepts, in days."""


class Retention(Options):
    """How long logs must be kept."""

    minimum_days: int = Field(1, ge=1, description="The minimum number of days for which logs are kept.")
    maximum_days: int = Field(
        3653,
        ge=1,
        description="The maximum number of days for which logs are kept; 3653 is the longest retention of CloudWatch Logs.",
    )

    def nearest(self, to: int) -> int:
        """A retention to write: of those that CloudWatch Logs accepts, the one within the limits that is nearest to some days."""
        within = [each for each in ACCEPTED if self.minimum_days <= each <= self.maximum_days]
        return min(within or ACCEPTED, key=lambda each: abs(each - to))


_DEBUGGING: Final = 90
_AUDITS: Final = 365
"""Days after which logs are hardly read any longer: those of programs, and those of a trail, which an audit asks for."""
_TRAILS: Final = frozenset(and_awscc("AWS::CloudTrail::Trail", "aws_cloudtrail"))
_FUNCTIONS: Final = frozenset(and_awscc("AWS::Lambda::Function", "AWS::Serverless::Function", "aws_lambda_function"))
_OF_AUDITS: Final = late(r"\b(?:cloud ?trail|audits?)\b")
_UNUSED: Final = " Nothing here refers to it: if nothing writes to it, delete it instead."
_OF_TRAIL: Final = "CloudWatch then deletes what is older. These are audit logs: keep them for as long as your auditors ask for, such as a year or more."


def _kept(wanted: Retention) -> Recipe:
    days = wanted.nearest(_DEBUGGING)
    return Recipe(
        cfn={"RetentionInDays": days}, tf={"retention_in_days": days}, unsafe_because=f"logs older than {days} days are deleted"
    )


def _is_unused(group: LogGroup, graph: Graph) -> bool:
    """Whether nothing here knows the name of a log group, which AWS or Terraform makes up."""
    return isinstance(group.name, Absent) and not graph.referring(group, graph.types)


def _of_deployments(group: LogGroup, graph: Graph) -> bool:
    """Whether a log group has the name of a function that runs only while a stack is deployed."""
    functions = [each for each in graph.referred(group.name) if each.type in _FUNCTIONS]
    if not functions:
        return False
    # Imported here, since most log groups have a retention period.
    from wa_iac.aws.lambda_function import Function
    from wa_iac.knowledge.lambda_use import runs_at_deployment

    return all(runs_at_deployment(graph.typed(each, Function), graph) for each in functions)


def _of_trail(group: LogGroup, graph: Graph, wanted: Retention) -> Remedy | str:
    """The remedy for the logs of a trail, or of audits by their name; empty for others."""
    named = any(_OF_AUDITS.search(words_of(name)) for name in (group.declared.name, *group.names()))
    if not named and not graph.referring(group, _TRAILS):
        return ""
    days = wanted.nearest(_AUDITS)
    return Remedy(cfn={"RetentionInDays": days}, tf={"retention_in_days": days}, decision=_OF_TRAIL)


@rule(
    practices=["COST04-BP05", "SUS04-BP03", "SEC04-BP01", "SEC07-BP04"],
    severity=Severity.LOW,
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_66"],
        "cdk_nag": ["CloudWatchLogGroupRetentionPeriod", "Serverless-CloudWatchLogGroupRetentionPeriod"],
        "guard": ["CW_LOGGROUP_RETENTION_PERIOD_CHECK"],
        "config": ["CW_LOGGROUP_RETENTION_PERIOD_CHECK"],
        "cfn_nag": ["W86"],
    },
    remedy=lambda wanted: replace(
        Remedy.of_recipe(_kept(wanted)),
        decision="CloudWatch then deletes what is older: choose as many days as you may need, such as a year or more for audit logs.",
    ),
    fix=_kept,
)
def check(group: LogGroup, graph: Graph, wanted: Retention) -> Flags:
    yield from where_it_lasts(group, _judge(group, graph, wanted))


def _judge(group: LogGroup, graph: Graph, wanted: Retention) -> Flags:
    exempt(group.log_class == Known("DELIVERY"), "logs of this class are deleted after a day")
    kept = group.retention_days
    match settled(kept):
        case Known(0) | Absent() as value:
            chosen = isinstance(value, Known) and value.origin.how == "explicit"
            unused = _is_unused(group, graph)
            mild = unused or chosen or _of_deployments(group, graph)
            yield flag(
                kept,
                f"This log group has no retention period: its logs are kept, and paid for, forever.{_UNUSED if unused else ''}",
                confidence=Confidence.MEDIUM if mild else None,
                instead=_of_trail(group, graph, wanted),
            )
        case Known(days) if days < wanted.minimum_days:
            yield flag(kept, f"These logs are kept for {days} days: at least {wanted.minimum_days} are required.")
        case Known(days) if days > wanted.maximum_days:
            yield flag(kept, f"These logs are kept, and paid for, for {days} days: at most {wanted.maximum_days} are allowed.")
        case Known():
            return
