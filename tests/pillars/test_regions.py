"""A setting of an account holds in one Region: by `region`, by a provider's alias, by the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge

PROVIDERS = """\
variable "somewhere" {}
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
provider "aws" {
  alias = "environment"
}
provider "aws" {
  alias  = "unknown"
  region = var.somewhere
}
"""

SETTINGS = {
    "ebs-encryption": (
        'resource "aws_ebs_encryption_by_default" "on" {\n %s\n}',
        'resource "aws_ebs_volume" "it" {\n %s\n availability_zone = "x"\n size = 1\n}',
    ),
    "ec2-imdsv2": (
        'resource "aws_ec2_instance_metadata_defaults" "on" {\n %s\n http_tokens = "required"\n}',
        'resource "aws_instance" "it" {\n %s\n ami = "ami-1"\n instance_type = "t3.micro"\n}',
    ),
    "ecs-container-insights": (
        'resource "aws_ecs_account_setting_default" "on" {\n %s\n name = "containerInsights"\n value = "enabled"\n}',
        'resource "aws_ecs_cluster" "it" {\n %s\n name = "x"\n}',
    ),
    "ecr-scan-on-push": (
        'resource "aws_ecr_registry_scanning_configuration" "on" {\n %s\n scan_type = "BASIC"\n rule {\n'
        '  scan_frequency = "SCAN_ON_PUSH"\n  repository_filter {\n   filter = "*"\n   filter_type = "WILDCARD"\n  }\n }\n}',
        'resource "aws_ecr_repository" "it" {\n %s\n name = "x"\n image_scanning_configuration {\n  scan_on_push = false\n }\n}',
    ),
}


@pytest.mark.parametrize("slug", SETTINGS)
@pytest.mark.parametrize(
    ("setting", "resource", "verdict"),
    [
        ("", "", set()),
        ("provider = aws.us", "provider = aws.us", set()),
        ("provider = aws.us", "", {"fail"}),
        ('region = "us-east-1"', "", {"fail"}),
        ('region = "us-east-1"', "provider = aws.us", set()),
        ("provider = aws.environment", "provider = aws.environment", set()),
        ("provider = aws.environment", "", {"unknown"}),
        ("provider = aws.unknown", "", {"unknown"}),
        ("provider = aws.unknown", "region = var.somewhere", set()),
    ],
)
def test_a_setting_is_for_its_own_region(tmp_path: Path, slug: str, setting: str, resource: str, verdict: set[str]) -> None:
    one, other = SETTINGS[slug]
    source = "\n".join((PROVIDERS, one % setting, other % resource))

    assert set(by_address(judge(tmp_path, source, "terraform", slug), slug).values()) == verdict


def test_a_provider_without_a_region_is_one_with_all_that_have_none(tmp_path: Path) -> None:
    one, other = SETTINGS["ebs-encryption"]

    assert by_address(judge(tmp_path, "\n".join((one % "", other % "")), "terraform", "ebs-encryption"), "ebs-encryption") == {}


def test_a_setting_under_a_condition_is_undecided(tmp_path: Path) -> None:
    one, other = SETTINGS["ec2-imdsv2"]
    source = "\n".join(('variable "on" { type = bool }', one % "count = var.on ? 1 : 0", other % ""))

    assert by_address(judge(tmp_path, source, "terraform", "ec2-imdsv2"), "ec2-imdsv2") == {"aws_instance.it": "unknown"}


COPIES = """\
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_backup_vault" "copies" {
  name = "copies"
  %s
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    copy_action {
      destination_vault_arn = aws_backup_vault.copies.arn
    }
  }
}
"""


@pytest.mark.parametrize(("where", "verdict"), [("", {"fail"}), ("provider = aws.us", set()), ('region = "us-west-2"', set())])
def test_a_copy_beside_the_backups_is_none(tmp_path: Path, where: str, verdict: set[str]) -> None:
    found = by_address(judge(tmp_path, COPIES % where, "terraform", "backup-cross-region-copy"), "backup-cross-region-copy")

    assert set(found.values()) == verdict
