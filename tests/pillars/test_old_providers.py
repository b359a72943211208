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


IN_A_NETWORK = """
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"
  desired_count   = 2
  network_configuration = {
    subnets = ["subnet-1"]
  }
  load_balancer {
    container_name = "web"
    container_port = 80
  }
}
"""


def test_a_block_that_is_written_as_a_map_does_too(tmp_path: Path) -> None:
    found = only_fault(tmp_path, IN_A_NETWORK, "terraform", "ecs-deployment-circuit-breaker")

    assert "allows none after version 2, since it is written for Terraform 0.11." in remedy(found).text


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


ACTION = """
resource "aws_codepipeline" "site" {
  name     = "site"
  role_arn = "arn:aws:iam::123456789012:role/site"
  artifact_store {
    location = "artifacts"
    type     = "S3"
  }
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "ThirdParty"
      provider         = "GitHub"
      version          = "1"
      output_artifacts = ["source"]
      configuration = {
        Owner      = "example"
        Repo       = "site"
        Branch     = "main"
        OAuthToken = "secret"
      }
    }
  }
  stage {
    name = "Build"
    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration = {
        ProjectName = "site"
      }
    }
  }
}
"""
BY_PROVIDER = 'provider "aws" {{\n  version = "{version}"\n}}\n'


@pytest.mark.parametrize(
    ("bound", "version", "place"),
    [
        (BOUND, "~> 4.0", "~> 4.0 (main.tf:6)"),
        (BOUND, ">= 2.42, < 4.0.0", ">= 2.42, < 4.0.0 (main.tf:6)"),
        (BY_PROVIDER, "~> 3.0", "~> 3.0 (main.tf:2)"),
        (BOUND, "~> 5.0", ""),
        (BOUND, ">= 3.0", ""),
    ],
)
def test_a_remedy_ends_with_the_limit_of_an_old_provider(tmp_path: Path, bound: str, version: str, place: str) -> None:
    found = only_fault(tmp_path, bound.format(version=version) + ACTION, "terraform", "codepipeline-github-oauth")

    text = remedy(found).text.replace(f"{tmp_path.as_posix()}/", "")

    assert text.partition("The AWS provider is limited to ")[2].startswith(f"{place}: a version" if place else "")
    assert ("is limited to" in text) is bool(place)


def test_a_remedy_that_speaks_of_the_provider_does_not_do_so_twice(tmp_path: Path) -> None:
    found = only_fault(tmp_path, BOUND.format(version="~> 2.70") + INSTANCE, "terraform", "ebs-gp3")

    assert remedy(found).held == ""
