"""A newer family is cheaper for the same work only where it has a type of the same size."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.report.remedy import remedy

DOMAIN = """
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  cluster_config {
    instance_type = "SIZE.search"
  }
  ebs_options {
    ebs_enabled = true
  }
}
"""


@pytest.mark.parametrize(("size", "advice"), [("m3.medium", True), ("r3.8xlarge", True), ("m4.large", False)])
def test_without_a_type_of_the_same_size_it_is_advice(tmp_path: Path, size: str, *, advice: bool) -> None:
    found = only_fault(tmp_path, DOMAIN.replace("SIZE", size), "terraform", "opensearch-previous-generation")

    assert found.is_advice == advice
    assert ("has no type of its size" in found.message) == advice
    assert ("a larger type costs more" in remedy(found).text) == advice


@pytest.mark.parametrize(
    ("engine", "old", "new"),
    [
        ("sqlserver-ex", "t2.micro", "t3.small"),
        ("sqlserver-web", "t2.medium", "t3.medium"),
        ("sqlserver-se", "m3.medium", "m6i.large"),
        ("sqlserver-ee", "t2.small", "m6i.xlarge"),
        ("sqlserver-ee", "r4.2xlarge", "r6i.2xlarge"),
        ("oracle-se2", "t2.micro", "t3.small"),
        ("mysql", "t2.micro", "t4g.micro"),
    ],
)
def test_the_class_of_a_database_is_one_that_its_edition_runs_on(tmp_path: Path, engine: str, old: str, new: str) -> None:
    database = f'resource "aws_db_instance" "orders" {{\n  engine         = "{engine}"\n  instance_class = "db.{old}"\n}}\n'

    assert f'"db.{new}"' in remedy(only_fault(tmp_path, database, "terraform", "rds-previous-generation")).text
