"""# Network Firewall keeps no logs

## Why

Without logs, nobody sees what a firewall blocked or what its rules warned of. An attack goes unnoticed, and a team whose traffic is blocked
cannot find out why.

## What it checks

The rule looks for the logging configuration of each firewall. If there is none, it reports the firewall. If there is one that keeps no
alerts (`ALERT`), the finding is of low severity: the log of flows shows that traffic came, but not what the rules said of it.

An alert comes from a rule that alerts, drops or rejects, or from the default actions `aws:alert_strict` and `aws:alert_established` of the
policy; what a default action drops is not logged by itself. If the policy is here and none of its rules and defaults does that, the remedy
says what has to be added to the policy.

## What is left out

Firewalls that AWS Firewall Manager makes are not in the code. Where the logs go is not for this rule to say. A firewall whose flows are
logged needs no log of alerts if its policy only lets traffic pass.

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

- [Actions for stateful rules - AWS Network Firewall](https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-action.html), read on 2026-11-30
- [netfw-logging-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/netfw-logging-enabled.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.networkfirewall import Firewall, FirewallPolicy, RuleGroup
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, first_unknown, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Absent, Known, Value

_ALERTS_Y = "- LogType: ALERT\n  LogDestinationType: CloudWatchLogs\n  LogDestination:\n    logGroup: <the name of a log group that is declared too>"
_ALERTS_H = (
    'log_destination_config {\n  log_type             = "ALERT"\n  log_destination_type = "CloudWatchLogs"\n'
    "  log_destination = {\n    logGroup = <the name of a log group that is declared too>\n  }\n}"
)


_DECISION: Final = (
    "Alerts come only from stateful rules that alert, drop or reject, and from default actions with alert in their name: if the policy has neither, log FLOW "
    "instead. The logs cost by their size."
)
_FLOWS: Final = "The rules of {policy} only let traffic pass, which writes no alerts: the log of the flows shows what came. It costs by its size."
_ADDED: Final = (
    "No rule of {policy} alerts, and what its default actions drop is not logged by itself: add {action} to its {argument} also, or the log of the "
    "alerts stays empty. It costs by its size."
)
_ALERTING: Final = late(r"(?im)^[ \t]*(?:alert|drop|reject\w*)\b|^\s*include\b|[$]\{")
"""The beginning of a rule of Suricata that writes an alert ("Actions for stateful rules", AWS Network Firewall Developer Guide)."""


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.split("\n"))


_ALERTS: Final = Remedy(
    cfn="Logs:\n  Type: AWS::NetworkFirewall::LoggingConfiguration\n  Properties:\n    FirewallArn: !Ref <this firewall>\n"
    f"    LoggingConfiguration:\n      LogDestinationConfigs:\n{_indented(_ALERTS_Y, '        ')}",
    tf='resource "aws_networkfirewall_logging_configuration" "this" {\n  firewall_arn = <this firewall>.arn\n'
    f"  logging_configuration {{\n{_indented(_ALERTS_H, '    ')}\n  }}\n}}",
    decision=_DECISION,
)


def _logs(firewall: Firewall, graph: Graph) -> Remedy:
    """The kind of log that the policy of a firewall fills, and what it lacks for alerts."""
    del graph
    if unseen := _unseen(firewall):
        return replace(_ALERTS, decision=f"{unseen} {_DECISION}")
    policy = _silent_policy(firewall)
    if policy is None:
        return _ALERTS
    if action := _missing(policy):
        return replace(_ALERTS, decision=_added(policy, action))
    cfn, tf = (str(each).replace("ALERT", "FLOW") for each in (_ALERTS.cfn, _ALERTS.tf))
    return replace(_ALERTS, cfn=cfn, tf=tf, decision=_FLOWS.format(policy=policy.address))


def _unseen(firewall: Firewall) -> str:
    """What comes first where a policy lets every packet pass before its stateful rules; empty for any other policy. Only what these see is logged
    ("Logging network traffic from AWS Network Firewall")."""
    policies = firewall.policy.targets
    if len(policies) != 1 or firewall.policy.unknown is not None:
        return ""
    (policy,) = policies
    passes = isinstance(policy.default_actions, Known) and Known("aws:pass") in policy.default_actions.value
    if not passes or policy.stateless_groups:
        return ""
    return f"First let {policy.address} forward packets to its stateful rules (aws:forward_to_sfe): only what these see is logged, and today that is nothing."


def _added(policy: FirewallPolicy, action: str) -> str:
    argument = "StatefulDefaultActions" if policy.as_cloudformation else "stateful_default_actions"
    return _ADDED.format(policy=policy.address, action=action, argument=argument)


def _silent_policy(firewall: Firewall) -> FirewallPolicy | None:
    """The policy of a firewall, if certainly none of its rules and default actions writes an alert."""
    policies = firewall.policy.targets
    if len(policies) != 1 or firewall.policy.unknown is not None:
        return None
    (policy,) = policies
    match policy.stateful_default_actions:
        case Known(actions) if all(isinstance(each, Known) and "alert" not in each.value for each in actions):
            pass
        case Absent():
            pass
        case _:
            return None
    if not policy.stateful_groups or any(each.unknown is not None for each in policy.stateful_groups):
        return None
    groups = [each.declared_group for each in policy.stateful_groups]
    return policy if all(link.targets and all(map(_only_passes, link.targets)) for link in groups) else None


def _only_passes(group: RuleGroup) -> bool:
    """Whether a group of stateful rules certainly has nothing but rules that let traffic pass."""
    if not isinstance(group.domains, Absent):
        return False
    if group.rules:
        return all(each.unknown is None and _passes(each.action) for each in group.rules)
    return isinstance(group.text, Known) and not _ALERTING.search(group.text.value)


def _passes(action: Value[str]) -> bool:
    return isinstance(action, Known) and action.value.upper() == "PASS"


def _missing(policy: FirewallPolicy) -> str:
    """The default action that makes what the others drop visible; empty if they drop nothing."""
    written = policy.stateful_default_actions
    dropped = (
        [each.value for each in written.value if isinstance(each, Known) and "drop" in each.value]
        if isinstance(written, Known)
        else []
    )
    return dropped[0].replace("drop", "alert") if dropped else ""


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_ALERTS, given=_logs),
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
        policy = _silent_policy(firewall)
        missing = "" if policy is None else _missing(policy)
        # Nothing in the policy blocks or warns: the log of flows is all there is.
        accept(policy is not None and not missing and Known("FLOW") in [each.kind for each in kinds])
        more = "" if policy is None or not missing else f" {_added(policy, missing)}"
        yield flag(
            logs.targets[0],
            "The logs of this firewall have no alerts, which would show what its rules blocked or warned of.",
            resource=logs.targets[0],
            instead="Add one more destination to this configuration, with the log type ALERT." + more,
            severity=Severity.LOW,
        )
        return
    yield flag(firewall, "This firewall keeps no logs, which would show what it blocked, or what its rules warned of.")
