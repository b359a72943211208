"""What looks like a secret in user data, and is an option, a reference or a word for one: seen on real code."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

RULE = "ec2-user-data-secrets"
SERVER = """
resource "aws_instance" "it" {
  ami       = "ami-1"
  user_data = <<-EOT
    %s
  EOT
}
"""


@pytest.mark.parametrize(
    "line",
    [
        'MACHINE="amazonec2-metadata-token=required"',
        "registration_token=__TOKEN_FROM_SSM__",
        "GITHUB_TOKEN=%GITHUB_TOKEN%",
        "VAULT_TOKEN=@@VAULT_TOKEN@@",
        r"""kcadm.sh create -s \"config.bindCredential=[\\\"\$password\\\"]\" -s name=ldap""",
        '$key = "-----BEGIN RSA PRIVATE KEY-----`r`n" + (Get-Content key.pem -Raw)',
        'grep -q "-----BEGIN PRIVATE KEY-----" key.pem',
    ],
)
def test_no_secret(tmp_path: Path, line: str) -> None:
    assert verdicts(tmp_path, SERVER.replace("%s", line), "terraform", RULE) == {}


@pytest.mark.parametrize(
    "line",
    [
        "DB_PASSWORD=Tr0ub4dor-and-3",
        r"sh -c \"DB_PASSWORD=Tr0ub4dor-and-3 start\"",
        r'KEY="-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA3fQ8sXk2"',
    ],
)
def test_a_secret(tmp_path: Path, line: str) -> None:
    assert verdicts(tmp_path, SERVER.replace("%s", line), "terraform", RULE) == {"aws_instance.it": "fail"}
