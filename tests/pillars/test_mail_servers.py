"""A server that receives mail lets in everybody on port 25."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

SLUG = "vpc-security-group-ingress-ports"


def group(label: str, *, name: str = "x", description: str = "y", first: int = 25, last: int = 25) -> str:
    return f"""
variable "prefix" {{ type = string }}
resource "aws_security_group" "{label}" {{
  name        = "{name}"
  description = "{description}"
  ingress {{
    protocol    = "tcp"
    from_port   = {first}
    to_port     = {last}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"""


@pytest.mark.parametrize(
    ("source", "reported"),
    [
        pytest.param(group("web"), True, id="nothing says mail"),
        pytest.param(group("incoming_email"), False, id="its label"),
        pytest.param(group("it", name="${var.prefix}-mx1"), False, id="a part of its name"),
        pytest.param(group("it", description="Postfix receives mail"), False, id="its description"),
        pytest.param(group("mailbox_index"), True, id="another word"),
        pytest.param(group("mail", last=3306), True, id="a range with other ports"),
        pytest.param(group("mail", first=3306, last=3306), True, id="another port"),
        pytest.param(
            'resource "aws_security_group_rule" "smtp" {\n  type = "ingress"\n  security_group_id = "sg-1"\n  protocol = "tcp"\n'
            '  from_port = 25\n  to_port = 25\n  cidr_blocks = ["0.0.0.0/0"]\n}\n',
            False,
            id="a rule beside a group that is not known",
        ),
    ],
)
def test_a_mail_server_is_open_to_everybody(tmp_path: Path, source: str, reported: bool) -> None:
    assert bool(judge(tmp_path, source, "terraform", SLUG).failing()) == reported
