"""A port for trusted networks in a group that only caches have: none of them has a public address, whoever makes them."""

from pathlib import Path

import pytest

from helpers.reports import judge, only
from wa_iac.core.scales import Severity

GROUP = """
resource "aws_security_group" "cache" {
  ingress {
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
MODULE = """
module "cache" {
  source             = "%s"
  version            = "1.6.0"
  security_group_ids = [aws_security_group.cache.id]
}
"""
OUTPUT = """
output "group" { value = aws_security_group.cache.id }
"""
OF_CACHES, OF_ANYTHING = MODULE % "terraform-aws-modules/elasticache/aws", MODULE % "terraform-aws-modules/app/aws"


@pytest.mark.parametrize(
    ("more", "severity", "told"),
    [
        (OF_CACHES, Severity.MEDIUM, "because nothing that uses it has a public IP address"),
        (OF_CACHES + OUTPUT, Severity.MEDIUM, "The internet reaches nothing that uses the group here"),
        (OF_ANYTHING, Severity.HIGH, "open to the whole internet"),
        (OF_CACHES + OF_ANYTHING.replace('"cache"', '"app"'), Severity.HIGH, "open to the whole internet"),
    ],
)
def test_a_module_of_caches_has_no_public_address(tmp_path: Path, more: str, severity: Severity, told: str) -> None:
    found = only(judge(tmp_path, GROUP + more, "terraform", "vpc-security-group-ingress-ports"))

    assert found.severity is severity
    assert told in found.message
