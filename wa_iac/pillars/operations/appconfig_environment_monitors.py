"""# AppConfig environment rolls nothing back

## Why

A change of configuration breaks a service as surely as a change of code. AppConfig can watch alarms while it deploys a configuration, and
go back to the last one by itself. Without an alarm, a wrong flag stays until somebody finds it.

## What it checks

The rule reports an environment of AppConfig without a monitor.

## What is left out

Environments whose name says that they are for development or tests.

## Non-compliant

```yaml
Resources:
  Production:  # finding
    Type: AWS::AppConfig::Environment
    Properties:
      ApplicationId: abc1234
      Name: production
```

```hcl
resource "aws_appconfig_environment" "production" { # finding
  application_id = "abc1234"
  name           = "production"
}
```

## Compliant

```yaml
Resources:
  Production:
    Type: AWS::AppConfig::Environment
    Properties:
      ApplicationId: abc1234
      Name: production
      Monitors:
        - AlarmArn: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors
          AlarmRoleArn: arn:aws:iam::111122223333:role/appconfig
```

```hcl
resource "aws_appconfig_environment" "production" {
  application_id = "abc1234"
  name           = "production"

  monitor {
    alarm_arn      = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors"
    alarm_role_arn = "arn:aws:iam::111122223333:role/appconfig"
  }
}
```

## Not applicable

```yaml
Resources:
  Development:  # not applicable: not for production
    Type: AWS::AppConfig::Environment
    Properties:
      ApplicationId: abc1234
      Name: dev
```

## Undecided

The result is undecided if it is not known whether there are monitors.

```yaml
Parameters:
  Watch:
    Type: String
Conditions:
  Watched: !Equals [!Ref Watch, "true"]
Resources:
  Production:
    Type: AWS::AppConfig::Environment
    Properties:
      ApplicationId: abc1234
      Name: production
      Monitors:
        Fn::If:
          - Watched
          - - AlarmArn: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors
              AlarmRoleArn: arn:aws:iam::111122223333:role/appconfig
          - !Ref AWS::NoValue  # undecided: Fails when
```

```hcl
variable "watch" {
  type = bool
}

resource "aws_appconfig_environment" "production" {
  application_id = "abc1234"
  name           = "production"

  dynamic "monitor" { # undecided: Fails when var.watch is false
    for_each = var.watch ? ["errors"] : []
    content {
      alarm_arn      = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${monitor.value}"
      alarm_role_arn = "arn:aws:iam::111122223333:role/appconfig"
    }
  }
}
```

## Sources

- [Monitoring deployments for automatic rollback - AWS AppConfig](https://docs.aws.amazon.com/en_us/appconfig/latest/userguide/monitoring-deployments.html), read on 2026-11-29
- [Creating environments for your application in AWS AppConfig](https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-environment.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.appconfig import Environment
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known

_NOT_PRODUCTION: Final = late(r"(?i)(?:^|[-_ ])(?:dev|development|test|testing|qa|sandbox|beta|staging|local)(?:$|[-_ ])")


@rule(
    practices=["OPS06-BP04"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn="Monitors:\n  - AlarmArn: <the alarm's ARN>\n    AlarmRoleArn: <the role's ARN>",
        tf='monitor {\n  alarm_arn      = "<the alarm\'s ARN>"\n  alarm_role_arn = "<the role\'s ARN>"\n}',
        decision="The role lets AppConfig read the state of the alarm (cloudwatch:DescribeAlarms).",
    ),
)
def check(environment: Environment) -> Flags:
    exempt(
        holds(environment.name, lambda name: _NOT_PRODUCTION.search(name) is not None), "it is not for production, by its name"
    )
    accept(given(environment.monitors))
    found = environment.monitors
    yield flag(
        Absent(found.origin) if not isinstance(found, Known) else found,
        "AppConfig watches no alarm while it deploys to this environment: a configuration that breaks the service is not rolled back.",
    )
