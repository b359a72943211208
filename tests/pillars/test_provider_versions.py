"""The version of the provider that a remedy proposes knows every argument in the code, and fits a root module or one for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.report.listing import remedy

RULE = "terraform-versions-pinned"
BUCKET = 'terraform {\n  required_version = ">= 1.9"\n}\nresource "aws_s3_bucket" "it" {}\n'
ADDRESS = 'resource "aws_eip" "it" {\n  vpc = true\n}\n'
PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.94.1"\n  constraints = "~> 5.0"\n  hashes = ["h1:x"]\n}\n'


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
    ("constraint", "found"), [("~> 2.16", "versioning {"), ("~> 3.0", "versioning {"), (">= 3.0", "aws_s3_bucket_versioning")]
)
@pytest.mark.parametrize("place", ["terraform {{ required_providers {{ aws = {} }} }}", 'provider "aws" {{ version = {} }}'])
def test_settings_of_a_bucket_are_what_the_provider_knows(tmp_path: Path, place: str, constraint: str, found: str) -> None:
    source = place.replace("{ ", "{\n").replace(" }", "\n}").format(f'"{constraint}"') + '\nresource "aws_s3_bucket" "it" {}\n'
    (finding,) = judge_files(tmp_path, {"main.tf": source}, "s3-versioning").failing()

    assert found in remedy(finding)
