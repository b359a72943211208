"""# Network Firewall lets packets pass without inspection

## Why

A firewall policy says what happens to a packet that no stateless rule matches. With `aws:pass`, the packet goes to its destination, and the
stateful rules never see it. The firewall costs money and looks like protection, but it does not inspect this traffic.

## What it checks

The stateless default action of each firewall policy, for whole packets and for fragments of UDP packets. The rule reports `aws:pass`. If
both pass, it reports the whole packets only.

## What is left out

`aws:drop` blocks the packet, and `aws:forward_to_sfe` gives it to the stateful rules. Whether these rules block enough is not for this
rule to say. `networkfirewall-rules-present` reports a policy without rules.

## Non-compliant

```yaml
Resources:
  Policy:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicyName: egress
      FirewallPolicy:
        StatelessDefaultActions: ["aws:pass"]  # finding: the stateful rules never see any
        StatelessFragmentDefaultActions: ["aws:drop"]
        StatefulRuleGroupReferences:
          - ResourceArn: arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/domains
  Fragments:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicyName: fragments
      FirewallPolicy:
        StatelessDefaultActions: ["aws:forward_to_sfe"]
        StatelessFragmentDefaultActions: ["aws:pass"]  # finding: Fragments of UDP packets
        StatefulRuleGroupReferences:
          - ResourceArn: arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/domains
```

```hcl
resource "aws_networkfirewall_firewall_policy" "egress" {
  name = "egress"
  firewall_policy {
    stateless_default_actions          = ["aws:pass"] # finding: inspects nothing
    stateless_fragment_default_actions = ["aws:pass"]
  }
}
```

## Compliant

```yaml
Resources:
  Policy:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicyName: egress
      FirewallPolicy:
        StatelessDefaultActions: ["aws:forward_to_sfe"]
        StatelessFragmentDefaultActions: ["aws:drop"]
        StatefulRuleGroupReferences:
          - ResourceArn: arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/domains
```

```hcl
resource "aws_networkfirewall_firewall_policy" "egress" {
  name = "egress"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_rule_group_reference {
      resource_arn = "arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/domains"
    }
  }
}
```

## Undecided

```yaml
Parameters:
  Action:
    Type: String
Resources:
  Policy:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicyName: egress
      FirewallPolicy:
        StatelessDefaultActions:
          - !Ref Action  # undecided: parameter "Action" has no default
        StatelessFragmentDefaultActions: ["aws:drop"]
        StatefulRuleGroupReferences:
          - ResourceArn: arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/domains
```

```hcl
variable "actions" {
  type = list(string)
}

resource "aws_networkfirewall_firewall_policy" "egress" {
  name = "egress"
  firewall_policy {
    stateless_default_actions          = var.actions # undecided: var.actions has no default
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_rule_group_reference {
      resource_arn = "arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/domains"
    }
  }
}
```

## Sources

- [Defining rule actions in AWS Network Firewall](https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-action.html), read on 2026-11-29
- [AWS Network Firewall controls](https://docs.aws.amazon.com/controltower/latest/controlreference/network-firewall-rules.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.networkfirewall import FirewallPolicy
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, flag, rule
from wa_iac.core.value import Known, Unknown, Value

_LOOK = "and may block what passes today: look at them first. They have to see both directions of a connection: route both through the same endpoint."
_EMPTY = "Add stateful rule groups with it: without any, the packets pass as today."
_FORWARD = Remedy(
    cfn='StatelessDefaultActions: ["aws:forward_to_sfe"]',
    tf='stateless_default_actions = ["aws:forward_to_sfe"]',
    decision=f"The stateful rules then see this traffic, {_LOOK}",
)
_FRAGMENTS = Remedy(
    cfn='StatelessFragmentDefaultActions: ["aws:forward_to_sfe"]',
    tf='stateless_fragment_default_actions = ["aws:forward_to_sfe"]',
    decision=f"The stateful rules then see these fragments, {_LOOK}",
)


@rule(
    practices=["SEC05-BP03"],
    severity=Severity.MEDIUM,
    remedy=_FORWARD,
    equivalents={
        "config": ["NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS", "NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS"],
        "security_hub": ["NetworkFirewall.4", "NetworkFirewall.5"],
    },
)
def check(policy: FirewallPolicy) -> Flags:
    if _passes(policy.default_actions):
        empty = not policy.stateless_groups and not policy.stateful_groups
        yield flag(policy.default_actions, _message(policy), instead=replace(_FORWARD, decision=_EMPTY) if empty else "")
        return
    if _passes(policy.fragment_actions):
        message = "Fragments of UDP packets pass this firewall without inspection: splitting packets is a way around its rules."
        yield flag(policy.fragment_actions, message, instead=_FRAGMENTS)
    all_known(_doubt(policy.default_actions), _doubt(policy.fragment_actions))


def _message(policy: FirewallPolicy) -> str:
    if policy.stateless_groups:
        return "Packets that no stateless rule matches pass this firewall, and never reach the stateful rules."
    if policy.stateful_groups:
        return "Every packet passes this firewall: no stateless rule forwards one, so the stateful rules never see any."
    return "Every packet passes this firewall: its policy has no rules, and inspects nothing."


def _passes(actions: Value[list[Value[str]]]) -> bool:
    return isinstance(actions, Known) and Known("aws:pass") in actions.value


def _doubt(actions: Value[list[Value[str]]]) -> Unknown | None:
    """Why it is not known whether the standard action is to pass: there is exactly one, beside any actions of one's own."""
    if not isinstance(actions, Known):
        return first_unknown(actions)
    named = any(isinstance(each, Known) and each.value.startswith("aws:") for each in actions.value)
    return None if named else first_unknown(*actions.value)
