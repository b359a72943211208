"""A comment may record a decision in ordinary words, at the top of the file, above the resource or in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault

NOTE = "A comment says that this is on purpose."
TEMPLATE = """Description: {description}
Resources:
  {above}
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      {inside}
      S3BucketName: logs
"""


@pytest.mark.parametrize(
    ("sentence", "decided"),
    [
        ("Log file validation was descoped, see ADR-0025.", True),
        ("The rest (multi-region trail, log-file integrity validation) was declined.", True),
        ("No log file validation, by decision of the owner (ADR-25).", True),
        ("Log file validation is off, deliberately.", True),
        ("The account is small, and the risk accepted: no validation.", True),
        ("Log file validation, see ADR-25.", False),
        ("The schema was declined. Log file validation", False),
        ("Log file validation is deferred until the move, see ADR-25.", False),
        ("TODO log file validation is off, deliberately", False),
        ("Log file validation is not enabled.", False),
    ],
)
@pytest.mark.parametrize("place", ["description", "above", "inside"])
def test_a_decision_that_a_comment_records(tmp_path: Path, place: str, sentence: str, decided: bool) -> None:
    places = dict.fromkeys(("description", "above", "inside"), "") | {
        place: f'"{sentence}"' if place == "description" else f"# {sentence}"
    }
    (found,) = judge(tmp_path, TEMPLATE.format(**places), "cloudformation", "cloudtrail-log-validation").failing()

    assert (found.is_advice, NOTE in found.message) == (decided, decided)


def test_an_empty_line_ends_what_is_said_of_something_else(tmp_path: Path) -> None:
    text = TEMPLATE.format(description="", inside="", above="# Files with validation\n  #\n  # Data events were declined.")

    assert NOTE not in only_fault(tmp_path, text, "cloudformation", "cloudtrail-log-validation").message


def test_what_is_grave_stays_visible(tmp_path: Path) -> None:
    text = """
# TLS is off in this cache, deliberately: nobody else is in the network.
resource "aws_elasticache_replication_group" "carts" {
  replication_group_id       = "carts"
  description                = "carts"
  transit_encryption_enabled = false
}
"""
    found = only_fault(tmp_path, text, "terraform", "elasticache-encryption-in-transit")

    assert (found.is_advice, NOTE in found.message) == (False, True)


@pytest.mark.parametrize(
    ("comment", "decided"),
    [("Single-AZ: cost-optimised for one import a day", True), ("Single AZ", False), ("TODO: single-AZ for its cost", False)],
)
def test_what_there_is_in_place_of_it(tmp_path: Path, comment: str, decided: bool) -> None:
    text = f"""
# {comment}
resource "aws_db_instance" "orders" {{
  engine                  = "postgres"
  backup_retention_period = 14
  multi_az                = false
}}
"""
    assert (NOTE in only_fault(tmp_path, text, "terraform", "rds-multi-az").message) is decided
