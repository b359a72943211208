"""Filters of image tags: the remedy fits what they say today, and the version of the provider."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SLUG = "ecr-immutable-tags"
REPOSITORY = """
resource "aws_ecr_repository" "app" {
  image_tag_mutability = "MUTABILITY"
  image_tag_mutability_exclusion_filter {
    filter      = "FILTER"
    filter_type = "WILDCARD"
  }
}
"""
VERSION = 'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "CONSTRAINT"\n    }\n  }\n}\n'
LATEST = """
resource "aws_ecr_repository" "app" {}
resource "aws_lambda_function" "app" {
  package_type = "Image"
  image_uri    = "${aws_ecr_repository.app.repository_url}:latest"
}
"""


def test_a_filter_that_excludes_every_tag_is_made_narrower(tmp_path: Path) -> None:
    source = REPOSITORY.replace("MUTABILITY", "IMMUTABLE_WITH_EXCLUSION").replace("FILTER", "*")

    assert "Let the filters name only the tags that have to move" in only_remedy(judge(tmp_path, source, "terraform", SLUG))


def test_filters_of_tags_that_stay_are_taken_out_where_all_of_them_do(tmp_path: Path) -> None:
    source = REPOSITORY.replace("MUTABILITY", "MUTABLE_WITH_EXCLUSION").replace("FILTER", "v*")
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))

    assert 'image_tag_mutability = "IMMUTABLE"' in text
    assert "image_tag_mutability_exclusion_filter" in text


@pytest.mark.parametrize(
    ("constraint", "is_old"),
    [
        ("~> 6.2.0", True),
        ("6.7.1", True),
        (">= 6.0, < 6.8", True),
        ("~> 5.31", True),
        ("~> 6.0", False),
        ("< 6.8.1", False),
        ("<= 6.8", False),
        (">= 6.2", False),
    ],
)
def test_filters_are_for_a_provider_that_knows_them(tmp_path: Path, constraint: str, *, is_old: bool) -> None:
    text = only_remedy(judge(tmp_path, VERSION.replace("CONSTRAINT", constraint) + LATEST, "terraform", SLUG))

    assert "exclude it with IMMUTABLE_WITH_EXCLUSION" in text
    assert ("from version 6.8 of the AWS provider on" in text) == is_old
