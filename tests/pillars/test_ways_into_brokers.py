"""Brokers: what closes one already, and what has to come before a way in is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.scales import Severity

QUEUE = """
resource "aws_security_group" "orders" {
  ingress {
    from_port   = 61617
    to_port     = 61617
    protocol    = "tcp"
    cidr_blocks = ["%s"]
  }
}

resource "aws_mq_broker" "orders" {
  broker_name         = "orders"
  engine_type         = "ActiveMQ"
  publicly_accessible = true
  security_groups     = [aws_security_group.orders.id]
}
"""
KAFKA = """
resource "aws_msk_cluster" "orders" {
  client_authentication {
    unauthenticated = true
%s
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "%s"
    }
  }
}
"""


@pytest.mark.parametrize(("addresses", "severity"), [("10.0.0.0/16", Severity.MEDIUM), ("0.0.0.0/0", Severity.HIGH)])
def test_security_groups_may_close_a_public_broker(tmp_path: Path, addresses: str, severity: Severity) -> None:
    assert only_fault(tmp_path, QUEUE % addresses, "terraform", "mq-public-access").severity is severity


def test_logs_of_active_mq_need_a_policy(tmp_path: Path) -> None:
    assert "allow mq.amazonaws.com to write" in only_remedy(judge(tmp_path, QUEUE % "10.0.0.0/16", "terraform", "mq-logging"))


@pytest.mark.parametrize(
    ("way", "encryption", "said", "code"),
    [
        ("", "TLS", "First turn on IAM beside it", "iam"),
        ("", "TLS_PLAINTEXT", "IAM needs TLS for all clients", "iam"),
        ("    sasl {\n      scram = true\n    }", "TLS", "by the way that is on beside it", ""),
    ],
)
def test_clients_sign_in_first(tmp_path: Path, way: str, encryption: str, said: str, code: str) -> None:
    text = only_remedy(judge(tmp_path, KAFKA % (way, encryption), "terraform", "msk-unauthenticated-access"))

    assert said in text
    assert ("iam = true" in text) is bool(code)


def test_a_port_for_tls_comes_before_clients_move(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, KAFKA % ("", "PLAINTEXT"), "terraform", "msk-encryption"))

    assert "First let the cluster accept both" in text
