"""A comment above a resource may waive what protects it, without the name of the argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault

BUCKET = '\n{comment}\nresource "aws_s3_bucket" "orders" {{\n  bucket = "orders"\n}}\n'
NOTE = "A comment says that this is on purpose."


@pytest.mark.parametrize(
    ("comment", "waived"),
    [
        ("# Versioning is not needed: each object has a name of its own", True),
        ("# The orders of the shop.\n# No object changes, so versions\n# are not required here.", True),
        ("#trivy:ignore:AVD-AWS-0001 Versioning managed separately by the archive", True),
        ("#trivy:ignore:AVD-AWS-0002:Versioning managed separately", True),
        ("# No versioning, by design", True),
        ("# Versioning", False),
        ("# The tags are not needed. Versioning", False),
        ("# TODO: versioning is not needed yet", False),
        ("# Versioning is disabled until the script can empty the bucket", False),
        ("# no longer without versions", False),
        ("# Versioning is not needed\n", False),
        ("", False),
    ],
)
def test_what_is_waived_above_a_resource_is_a_decision(tmp_path: Path, comment: str, waived: bool) -> None:
    found = only_fault(tmp_path, BUCKET.format(comment=comment), "terraform", "s3-versioning")

    assert (found.is_advice, NOTE in found.message) == (waived, waived)


def test_a_template_says_it_above_the_resource_too(tmp_path: Path) -> None:
    template = "Resources:\n  # This queue has no need of a dead-letter queue.\n  Orders:\n    Type: AWS::SQS::Queue\nOutputs:\n  Orders: { Value: !Ref Orders }\n"

    assert only_fault(tmp_path, template, "cloudformation", "sqs-dead-letter-queue").is_advice


def test_other_faults_stay(tmp_path: Path) -> None:
    comment = "# Versioning is not needed"

    assert NOTE not in only_fault(tmp_path, BUCKET.format(comment=comment), "terraform", "s3-ssl-requests-only").message
