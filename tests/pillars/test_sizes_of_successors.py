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
