"""What looks like a password in user data, and holds none."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

SERVER = """
resource "aws_launch_template" "worker" {
  image_id  = "ami-0a1b2c3d"
  user_data = <<-EOT
    #!/bin/bash
    %s
  EOT
}
"""


@pytest.mark.parametrize(
    "line",
    [
        'docker-machine create --amazonec2-metadata-token=required "$NAME"',
        "runner_registration_token=__TOKEN_FROM_PARAMETER_STORE__",
        r'kcadm.sh create components -s "config.bindCredential=[\\\"$service_password\\\"]"',
        "db = connect(password=os.environ['DB'])",
        'query = find("login", name=name, secret=passwd)',
        "grep -q -- '-----BEGIN RSA PRIVATE KEY-----' /etc/ssl/host.pem",
    ],
)
def test_switches_placeholders_quotes_and_searches_are_no_passwords(tmp_path: Path, line: str) -> None:
    assert not judge(tmp_path, SERVER % line, "terraform", "ec2-user-data-secrets").failing()


@pytest.mark.parametrize(
    "line",
    [
        "export DB_PASSWORD=k3tqz91xw",
        "$(setup --db-password=k3tqz91xw)",
        'sign_in(password="k3tqz91xw")',
        "echo '-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqh' > /etc/key",
    ],
)
def test_a_password_or_a_key_that_is_written_out_is_reported(tmp_path: Path, line: str) -> None:
    assert judge(tmp_path, SERVER % line, "terraform", "ec2-user-data-secrets").failing()
