"""The version of the provider that a remedy proposes knows every argument in the code, and fits a root module or one for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.fixes import after
from helpers.reports import judge_files
from wa_iac.report.listing import remedy

RULE = "terraform-versions-pinned"
BUCKET = 'terraform {\n  required_version = ">= 1.9"\n}\nresource "aws_s3_bucket" "it" {}\n'
ADDRESS = 'resource "aws_eip" "it" {\n  vpc = true\n}\n'
PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.94.1"\n  constraints = "~> 5.0"\n  hashes = ["h1:x"]\n}\n'


def required(constraint: str) -> str:
    return f'terraform {{\n  required_providers {{\n    aws = "{constraint}"\n  }}\n}}\n'


def advised(tmp_path: Path, source: str, lock: str = "") -> str:
    files = {"main.tf": source} | ({".terraform.lock.hcl": lock} if lock else {})
    (finding,) = judge_files(tmp_path, files, RULE).failing()
    return remedy(finding)


@pytest.mark.parametrize(
    ("source", "lock", "version"),
    [
        (BUCKET + PROVIDER, "", '"~> 6.0"'),
        (BUCKET + PROVIDER + ADDRESS, "", '"~> 5.0"'),
        (BUCKET + PROVIDER + ADDRESS, LOCK, '"~> 5.94"'),
        (BUCKET + PROVIDER, LOCK, '"~> 5.94"'),
        (BUCKET, "", '">= 6.0"'),
        (BUCKET + ADDRESS, "", '">= 5.0, < 6.0"'),
        (BUCKET.replace("terraform {", 'terraform {\n  backend "s3" {}\n'), "", '"~> 6.0"'),
    ],
)
def test_the_version_fits_the_code(tmp_path: Path, source: str, lock: str, version: str) -> None:
    assert f"version = {version}" in advised(tmp_path, source, lock)


def test_the_remedy_names_the_argument_that_is_gone(tmp_path: Path) -> None:
    assert "Version 6 no longer has aws_eip.vpc." in advised(tmp_path, BUCKET + PROVIDER + ADDRESS)


@pytest.mark.parametrize(
    ("terraform", "written"),
    [
        ("~> 0.12.20", 'aws = "~> <'),
        (">= 0.12, < 0.13", 'aws = "~> <'),
        ("~> 0.13.5", 'version = "~> <'),
        ("~> 0.12", 'version = "~> <'),
    ],
)
def test_terraform_0_12_reads_no_source_of_a_provider(tmp_path: Path, terraform: str, written: str) -> None:
    source = f'terraform {{ required_version = "{terraform}" }}\nresource "aws_s3_bucket" "b" {{}}\nprovider "aws" {{}}\n'
    text = advised(tmp_path, source)

    assert written in text
    assert ("source" in text) == written.startswith("version")


@pytest.mark.parametrize(
    ("constraint", "found"), [("~> 2.16", "versioning {"), ("~> 3.0", "versioning {"), (">= 3.0", "aws_s3_bucket_versioning")]
)
@pytest.mark.parametrize("place", ["terraform {{ required_providers {{ aws = {} }} }}", 'provider "aws" {{ version = {} }}'])
def test_settings_of_a_bucket_are_what_the_provider_knows(tmp_path: Path, place: str, constraint: str, found: str) -> None:
    source = place.replace("{ ", "{\n").replace(" }", "\n}").format(f'"{constraint}"') + '\nresource "aws_s3_bucket" "it" {}\n'
    (finding,) = judge_files(tmp_path, {"main.tf": source}, "s3-versioning").failing()

    assert found in remedy(finding)


@pytest.mark.parametrize(
    ("slug", "within", "beside"),
    [
        ("s3-access-logging", "logging {", "aws_s3_bucket_logging"),
        ("s3-replication", "replication_configuration {", "aws_s3_bucket_replication_configuration"),
        (
            "s3-encryption-customer-key",
            "server_side_encryption_configuration {",
            "aws_s3_bucket_server_side_encryption_configuration",
        ),
        ("s3-lifecycle", "lifecycle_rule {", "aws_s3_bucket_lifecycle_configuration"),
        ("cloudtrail-bucket-access-logging", "logging {", "aws_s3_bucket_logging"),
    ],
)
def test_an_old_provider_gets_arguments_of_the_bucket(tmp_path: Path, slug: str, within: str, beside: str) -> None:
    trail = 'resource "aws_cloudtrail" "it" {\n  name           = "it"\n  s3_bucket_name = aws_s3_bucket.it.id\n}\n'
    source = 'resource "aws_s3_bucket" "it" {}\n' + (trail if slug.startswith("cloudtrail") else "")
    for constraint, is_within in (("~> 3.0", True), ("~> 5.0", False)):
        (finding,) = judge_files(tmp_path, {"main.tf": required(constraint) + source}, slug).failing()
        code = remedy(finding)
        assert code.replace("Both buckets need versioning.\n", "").startswith(within if is_within else f'resource "{beside}"')


def test_a_lifecycle_rule_for_a_part_gets_one_for_the_rest_beside_it(tmp_path: Path) -> None:
    rule = '  lifecycle_rule {\n    enabled = true\n    prefix  = "tmp/"\n    expiration {\n      days = 7\n    }\n  }\n'
    source = f'resource "aws_s3_bucket" "it" {{\n{rule}}}\n'
    (finding,) = judge_files(tmp_path, {"main.tf": source}, "s3-lifecycle").failing()
    assert remedy(finding).startswith('Add this rule beside the others.\nlifecycle_rule {\n  id      = "age"')


TABLE = 'resource "aws_dynamodb_table" "it" {\n  deletion_protection_enabled = false\n}\n'
NEEDED = "This needs version 4 of the AWS provider, for aws_dynamodb_table.deletion_protection_enabled: the configuration allows none after version 3."
THEN = "The table, and a stack with it, can no longer be deleted until the protection is off."


@pytest.mark.parametrize(("constraint", "says"), [("~> 3.0", True), ("< 4.0", True), ("~> 4.0", False), (">= 3.0", False)])
def test_a_remedy_says_which_version_of_the_provider_it_needs(tmp_path: Path, constraint: str, says: bool) -> None:
    table = 'resource "aws_dynamodb_table" "it" {}\n'
    (finding,) = judge_files(tmp_path, {"main.tf": required(constraint) + table}, "dynamodb-deletion-protection").failing()
    said = "\n".join([*([NEEDED] if says else []), THEN, "deletion_protection_enabled = true"])
    assert remedy(finding).partition("\nThe AWS provider is limited to")[0] == said


def test_so_does_one_that_adds_a_resource(tmp_path: Path) -> None:
    server = 'resource "aws_instance" "it" {\n  tags = {\n    Environment = "dev"\n  }\n}\n'
    (finding,) = judge_files(tmp_path, {"main.tf": required("~> 3.0") + server}, "workload-nonprod-schedule").failing()
    assert remedy(finding).startswith("This needs version 4 of the AWS provider, for aws_scheduler_schedule:")


def test_an_argument_that_is_written_is_known_to_the_provider(tmp_path: Path) -> None:
    (finding,) = judge_files(tmp_path, {"main.tf": required("~> 3.0") + TABLE}, "dynamodb-deletion-protection").failing()
    assert remedy(finding).startswith(f"{THEN}\ndeletion_protection_enabled = true")


def test_no_fix_writes_what_the_provider_refuses(tmp_path: Path) -> None:
    table = 'resource "aws_dynamodb_table" "it" {\n  name = "it"\n}\n'
    for constraint, made in (("~> 3.0", False), ("~> 5.0", True)):
        text = after(tmp_path, "main.tf", required(constraint) + table, "dynamodb-deletion-protection")
        assert ("deletion_protection_enabled = true" in text) == made
