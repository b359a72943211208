"""A search domain with security groups is in a VPC, whatever subnets its module gets."""

from pathlib import Path

import pytest

from helpers.reports import judge

MODULE = """
variable "subnets" {{ default = [] }}
resource "aws_elasticsearch_domain" "search" {{
  domain_name     = "search"
  access_policies = jsonencode({{
    Statement = [{{ Effect = "Allow", Principal = "*", Action = "es:*", Resource = "*" }}]
  }})
  {}
}}
"""
IN_VPC = 'vpc_options {\n    subnet_ids = var.subnets\n    security_group_ids = ["sg-1"]\n  }'


@pytest.mark.parametrize(("where", "faults"), [(IN_VPC, 0), ("", 1)], ids=["security groups", "the internet"])
def test_only_a_domain_on_the_internet_is_open_to_it(tmp_path: Path, where: str, faults: int) -> None:
    found = judge(tmp_path, MODULE.format(where), "terraform", "opensearch-policy-public").failing()
    assert len(found) == faults
