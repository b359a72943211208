"""What an older AWS provider refuses needs a newer one first, and the remedy says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.report.remedy import remedy

BOUND = """
terraform {{
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "{version}"
    }}
  }}
}}
"""
INSTANCE = """
resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.large"
  root_block_device {
    volume_type = "gp2"
  }
}
"""
DOMAIN = """
resource "aws_elasticsearch_domain" "logs" {
  cluster_config {
    instance_type = "r5.large.elasticsearch"
  }
  ebs_options {
    ebs_enabled = true
    volume_type = "gp2"
    volume_size = 100
  }
}
"""


@pytest.mark.parametrize(
    ("body", "slug", "version", "first"),
    [
        (INSTANCE, "ebs-gp3", "~> 2.70", True),
        (INSTANCE, "ebs-gp3", "~> 3.75", False),
        (INSTANCE, "ebs-gp3", ">= 2.70", False),
        (DOMAIN, "opensearch-gp3", "~> 3.75", True),
        (DOMAIN, "opensearch-gp3", "~> 5.31", False),
    ],
)
def test_a_volume_type_that_the_provider_refuses_needs_a_newer_one_first(
    tmp_path: Path, body: str, slug: str, version: str, first: bool
) -> None:
    found = only_fault(tmp_path, BOUND.format(version=version) + body, "terraform", slug)

    assert ("upgrade it first" in remedy(found).text) is first


RESOURCES = """
resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.large"
  root_block_device {
    volume_type = "gp2"
  }
  tags {
    Name = "web"
  }
}
"""


def test_a_map_that_is_written_as_a_block_tells_of_an_old_provider(tmp_path: Path) -> None:
    found = only_fault(tmp_path, RESOURCES, "terraform", "ebs-gp3")

    assert "allows none after version 2" in remedy(found).text


DISKS = """
resource "{type}" "web" {{
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.large"
  {disk}
}}
"""
OF_A_CONFIGURATION = 'root_block_device {\n    volume_type = "io1"\n    iops        = 2000\n  }'
OF_A_TEMPLATE = 'block_device_mappings {\n    ebs {\n      volume_type = "io1"\n      iops        = 2000\n    }\n  }'


@pytest.mark.parametrize(
    ("type_", "disk", "faults"),
    [("aws_launch_configuration", OF_A_CONFIGURATION, 0), ("aws_launch_template", OF_A_TEMPLATE, 1)],
)
def test_a_launch_configuration_takes_no_io2(tmp_path: Path, type_: str, disk: str, faults: int) -> None:
    found = judge(tmp_path, DISKS.format(type=type_, disk=disk), "terraform", "ebs-gp3").failing()

    assert ["costs less than either" in remedy(each).text for each in found] == [True] * faults


UNBOUND = """
terraform {{
  required_providers {{
    aws = {{
      source = "hashicorp/aws"
    }}
  }}
}}
provider "aws" {{}}
resource "aws_sns_topic" "orders" {{}}
{body}
"""


@pytest.mark.parametrize(
    ("body", "constraint", "why"),
    [
        ('data "aws_subnet_ids" "all" {\n  vpc_id = "vpc-0a1b2c3d"\n}', "~> 4.0", "no longer has data.aws_subnet_ids"),
        (
            'data "aws_iam_policy_document" "all" {\n  source_json = "{}"\n}',
            "~> 4.0",
            "data.aws_iam_policy_document.source_json",
        ),
        ('resource "aws_simpledb_domain" "all" {\n  name = "all"\n}', "~> 5.0", "no longer has aws_simpledb_domain"),
        ('data "aws_subnets" "all" {}', "~> 6.0", ""),
    ],
)
def test_a_constraint_fits_the_types_that_a_configuration_uses(tmp_path: Path, body: str, constraint: str, why: str) -> None:
    text = remedy(only_fault(tmp_path, UNBOUND.format(body=body), "terraform", "terraform-versions-pinned")).text

    assert (constraint in text, why in text) == (True, True)


SERVICE = """
resource "aws_ecs_service" "orders" {
  name            = "orders"
  task_definition = "orders:1"
  desired_count   = 2
}
"""


@pytest.mark.parametrize(("version", "needed"), [("~> 2.70", True), ("~> 3.75", False)])
def test_a_circuit_breaker_is_younger_than_version_2(tmp_path: Path, version: str, needed: bool) -> None:
    found = only_fault(tmp_path, BOUND.format(version=version) + SERVICE, "terraform", "ecs-deployment-circuit-breaker")

    assert ("This needs version 3 of the AWS provider" in remedy(found).text) is needed
