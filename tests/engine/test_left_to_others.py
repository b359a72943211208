"""What is not written and left to others by `ignore_changes` is undecided. What is written wrongly is wrong at creation."""

from pathlib import Path

import pytest

from helpers.reports import judge

BALANCER = """\
resource "aws_lb" "front" {{
  load_balancer_type = "application"
  subnets            = ["subnet-0a1", "subnet-0b2"]
{more}
  lifecycle {{
    ignore_changes = [{ignored}]
  }}
}}
"""


@pytest.mark.parametrize(
    ("ignored", "more", "verdict"),
    [
        ("access_logs", "", "unknown"),
        ("access_logs, tags", "", "unknown"),
        ("tags", "", "fail"),
        ("access_logs", '  access_logs {\n    bucket  = "logs"\n    enabled = false\n  }', "fail"),
    ],
)
def test_an_argument_that_terraform_ignores_is_somebody_elses(tmp_path: Path, ignored: str, more: str, verdict: str) -> None:
    report = judge(tmp_path, BALANCER.format(ignored=ignored, more=more), "terraform", "elb-access-logging")
    (found,) = report.findings

    assert found.verdict == verdict
    if verdict == "unknown":
        assert found.message == (
            "Cannot be decided: Terraform ignores changes of `access_logs` (`lifecycle.ignore_changes`), so something else may set "
            "it; look at what sets it."
        )


def test_a_remedy_that_depends_on_the_resource_is_asked_for_it(tmp_path: Path) -> None:
    source = """
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
  lifecycle {
    ignore_changes = [enabled_cloudwatch_logs_exports]
  }
}
"""
    (found,) = judge(tmp_path, source, "terraform", "rds-logging").findings

    assert found.verdict == "unknown"
