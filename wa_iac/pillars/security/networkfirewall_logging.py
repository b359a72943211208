"""# Network Firewall keeps no logs

## Why

Without logs, nobody sees what a firewall blocked or what its rules warned of. An attack goes unnoticed, and a team whose traffic is blocked
cannot find out why.

## What it checks

The rule looks for the logging configuration of each firewall. If there is none, it reports the firewall. If there is one that keeps no
alerts (`ALERT`), the finding is of low severity: the log of flows shows that traffic came, but not what the rules said of it.

## What is left out

Firewalls that AWS Firewall Manager makes are not in the code. Where the logs go is not for this rule to say.

## Non-compliant

```yaml
Resources:
  Firewall:  # finding
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:
        - SubnetId: subnet-0a1b2c3d
        - SubnetId: subnet-0a1b2c3e
```

```hcl
resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3e"
  }
}

resource "aws_networkfirewall_logging_configuration" "egress" { # finding: no alerts
  firewall_arn = aws_networkfirewall_firewall.egress.arn
  logging_configuration {
    log_destination_config {
      log_type             = "FLOW"
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "/firewall/flow" }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:
        - SubnetId: subnet-0a1b2c3d
        - SubnetId: subnet-0a1b2c3e
  Logs:
    Type: AWS::NetworkFirewall::LoggingConfiguration
    Properties:
      FirewallArn: !Ref Firewall
      LoggingConfiguration:
        LogDestinationConfigs:
          - LogType: ALERT
            LogDestinationType: CloudWatchLogs
            LogDestination: { logGroup: /firewall/alert }
```

```hcl
resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3e"
  }
}

resource "aws_networkfirewall_logging_configuration" "egress" {
  firewall_arn = aws_networkfirewall_firewall.egress.arn
  logging_configuration {
    log_destination_config {
      log_type             = "ALERT"
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "/firewall/alert" }
    }
  }
}
```

## Undecided

The result is undecided if it is not known which firewall a logging configuration is for.

```yaml
Parameters:
  FirewallArn:
    Type: String
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:
        - SubnetId: subnet-0a1b2c3d
        - SubnetId: subnet-0a1b2c3e
  Logs:
    Type: AWS::NetworkFirewall::LoggingConfiguration
    Properties:
      FirewallArn: !Ref FirewallArn  # undecided: parameter "FirewallArn" has no default
      LoggingConfiguration:
        LogDestinationConfigs:
          - LogType: ALERT
            LogDestinationType: CloudWatchLogs
            LogDestination: { logGroup: /firewall/alert }
```

```hcl
variable "firewall_arn" {
  type = string
}

resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3e"
  }
}

resource "aws_networkfirewall_logging_configuration" "egress" {
  firewall_arn = var.firewall_arn # undecided: var.firewall_arn has no default
  logging_configuration {
    log_destination_config {
      log_type             = "ALERT"
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "/firewall/alert" }
    }
  }
}
```

## Sources

- [netfw-logging-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/netfw-logging-enabled.html), read on 2026-11-29
"""

from wa_iac.aws.networkfirewall import Firewall
from wa_iac.core.logic import any_of, first_unknown, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule

_ALERTS_Y = "- LogType: ALERT\n  LogDestinationType: CloudWatchLogs\n  LogDestination:\n    logGroup: <the name of a log group that is declared too>"
_ALERTS_H = (
    'log_destination_config {\n  log_type             = "ALERT"\n  log_destination_type = "CloudWatchLogs"\n'
    "  log_destination = {\n    logGroup = <the name of a log group that is declared too>\n  }\n}"
)


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.split("\n"))


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Logs:\n  Type: AWS::NetworkFirewall::LoggingConfiguration\n  Properties:\n    FirewallArn: !Ref <this firewall>\n"
        f"    LoggingConfiguration:\n      LogDestinationConfigs:\n{_indented(_ALERTS_Y, '        ')}",
        tf='resource "aws_networkfirewall_logging_configuration" "this" {\n  firewall_arn = <this firewall>.arn\n'
        f"  logging_configuration {{\n{_indented(_ALERTS_H, '    ')}\n  }}\n}}",
        decision="Alerts come from stateful rules, and the logs cost by their size.",
    ),
    equivalents={
        "config": ["NETFW_LOGGING_ENABLED"],
        "security_hub": ["NetworkFirewall.2"],
    },
)
def check(firewall: Firewall) -> Flags:
    logs = firewall.loggings
    kinds = [each for log in logs for each in log.destinations]
    doubt = first_unknown(logs.unknown, *(each.unknown for each in kinds))
    accept(logs.unknown is None and any_of(holds(each.kind, lambda kind: kind.upper() == "ALERT") for each in kinds))
    all_known(doubt, *(each.kind for each in kinds))
    if logs.targets:
        yield flag(
            logs.targets[0],
            "The logs of this firewall have no alerts: nobody sees what its rules blocked or warned of.",
            resource=logs.targets[0],
            instead="Add one more destination to this configuration, with the log type ALERT.",
            severity=Severity.LOW,
        )
        return
    yield flag(firewall, "This firewall keeps no logs: nobody sees what it blocked, or what its rules warned of.")
