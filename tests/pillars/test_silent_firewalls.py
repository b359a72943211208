"""A firewall whose rules only let traffic pass writes no alerts: the remedy says which log is filled, or what makes alerts."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy

SLUG = "networkfirewall-logging"
FIREWALL = """
resource "aws_networkfirewall_firewall" "egress" {{
  name                = "egress"
  firewall_policy_arn = aws_networkfirewall_firewall_policy.egress.arn
}}

resource "aws_networkfirewall_firewall_policy" "egress" {{
  name = "egress"
  firewall_policy {{
    stateful_default_actions = {defaults}
    stateful_rule_group_reference {{
      resource_arn = aws_networkfirewall_rule_group.egress.arn
    }}
  }}
}}

resource "aws_networkfirewall_rule_group" "egress" {{
  name = "egress"
  type = "STATEFUL"
  rule_group {{
    rules_source {{
      {rules}
    }}
  }}
}}
"""
LOGS = """
resource "aws_networkfirewall_logging_configuration" "egress" {
  firewall_arn = aws_networkfirewall_firewall.egress.arn
  logging_configuration {
    log_destination_config {
      log_type             = "FLOW"
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "flows" }
    }
  }
}
"""
PASSES = 'rules_string = "# drop later\\npass ip any any -> any any (sid:1;)"'
OBJECTS = 'stateful_rule {\n action = "PASS"\n }'
DROPS = 'rules_string = "pass ip any any -> any any (sid:1;)\\ndrop ip any any -> any any (sid:2;)"'
DOMAINS = (
    'rules_source_list {\n generated_rules_type = "ALLOWLIST"\n targets = ["example.com"]\n target_types = ["TLS_SNI"]\n }'
)


@pytest.mark.parametrize(
    ("defaults", "rules", "added", "kind"),
    [
        ('["aws:drop_strict"]', PASSES, "add aws:alert_strict to its stateful_default_actions", "ALERT"),
        ('["aws:drop_established"]', OBJECTS, "add aws:alert_established to its stateful_default_actions", "ALERT"),
        ('["aws:drop_strict", "aws:alert_strict"]', PASSES, "", "ALERT"),
        ("null", PASSES, "only let traffic pass", "FLOW"),
        ("null", DROPS, "", "ALERT"),
        ("null", DOMAINS, "", "ALERT"),
        ("null", "rules_string = file(var.rules)", "", "ALERT"),
    ],
)
def test_the_log_is_one_that_the_policy_fills(tmp_path: Path, defaults: str, rules: str, added: str, kind: str) -> None:
    said = only_remedy(judge(tmp_path, FIREWALL.format(defaults=defaults, rules=rules), "terraform", SLUG))

    assert added in said
    assert bool(added) != said.startswith("Alerts come only from stateful rules")
    assert f'"{kind}"' in said


def test_the_flows_are_enough_where_nothing_is_blocked(tmp_path: Path) -> None:
    source = FIREWALL.format(defaults="null", rules=PASSES) + LOGS

    assert judge(tmp_path, source, "terraform", SLUG).failing() == []


def test_what_a_default_action_drops_needs_an_alert_beside_the_flows(tmp_path: Path) -> None:
    source = FIREWALL.format(defaults='["aws:drop_strict"]', rules=PASSES) + LOGS

    assert "no alerts" in only_fault(tmp_path, source, "terraform", SLUG).message
    assert "add aws:alert_strict" in only_remedy(judge(tmp_path, source, "terraform", SLUG))


@pytest.mark.parametrize(("action", "unseen"), [("aws:pass", True), ("aws:forward_to_sfe", False)])
def test_packets_that_pass_before_the_stateful_rules_are_in_no_log(tmp_path: Path, action: str, unseen: bool) -> None:
    source = FIREWALL.format(defaults="[]", rules=DROPS).replace(
        "firewall_policy {\n", f'firewall_policy {{\n    stateless_default_actions = ["{action}"]\n', 1
    )
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))

    assert ("First let aws_networkfirewall_firewall_policy.egress forward packets" in text) is unseen
