"""# Log group keeps its logs forever

CloudWatch Logs keeps everything until told otherwise, and charges for it every month. Say how long the logs are of use: some weeks for
debugging, a year or more for audit logs.

A group of the class `DELIVERY` is left out: it keeps what is on its way for a day.

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
"""

from collections.abc import Iterator

from wa_iac.aws.logs import LogGroup
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["COST04-BP05", "SUS04-BP03", "SEC04-BP01", "SEC07-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="RetentionInDays: 90", tf="retention_in_days = 90"),
    equivalents={
        "checkov": ["CKV_AWS_66"],
        "cdk_nag": ["CloudWatchLogGroupRetentionPeriod", "Serverless-CloudWatchLogGroupRetentionPeriod"],
        "guard": ["CW_LOGGROUP_RETENTION_PERIOD_CHECK"],
        "config": ["CW_LOGGROUP_RETENTION_PERIOD_CHECK"],
    },
    fix=Recipe(
        cfn={"RetentionInDays": 90},
        tf={"retention_in_days": 90},
        unsafe_because="logs older than 90 days are deleted",
    ),
)
def check(group: LogGroup) -> Iterator[Flag]:
    if group.log_class == Known("DELIVERY"):
        yield not_applicable("this class keeps nothing beyond a day")
        return
    match group.retention_days:
        case Known(0) | Absent() as value:
            yield flag(value, "These logs are kept, and paid for, forever.")
        case Unknown() as value:
            yield undecided(value)
        case Known():
            return
