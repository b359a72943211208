"""Public buckets: one finding for a policy and the settings that let it in, and little to say where nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

POLICY, BLOCK = "s3-policy-public", "s3-public-access-block"

BUCKET = """
resource "aws_s3_bucket" "it" {{}}
resource "aws_s3_bucket_policy" "it" {{
  bucket = aws_s3_bucket.it.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Principal = "*", Action = "{action}", Resource = "*" }}] }})
}}
{beside}
"""
OFF = 'resource "aws_s3_bucket_public_access_block" "it" { bucket = aws_s3_bucket.it.id }\n'
ON = 'resource "aws_s3_bucket_public_access_block" "it" {\n  bucket = aws_s3_bucket.it.id\n  block_public_policy = true\n}\n'
WITH_ACLS = """
resource "aws_s3_bucket_ownership_controls" "it" {
  bucket = aws_s3_bucket.it.id
  rule { object_ownership = "BucketOwnerPreferred" }
}
"""
SITE = 'resource "aws_s3_bucket_website_configuration" "it" {\n  bucket = aws_s3_bucket.it.id\n'
ALL_REDIRECTED = SITE + '  redirect_all_requests_to { host_name = "example.com" }\n}\n'
ROUTED = SITE + '  index_document { suffix = "none" }\n  routing_rule {\n%s  redirect { host_name = "example.com" }\n  }\n}\n'


def fault(directory: Path, beside: str, action: str = "s3:GetObject") -> tuple[set[str], str]:
    report = judge(directory, BUCKET.format(action=action, beside=beside), "terraform", POLICY, BLOCK)
    found = report.failing()
    return {each.rule.slug for each in found}, " ".join(each.message for each in found)


def test_a_public_policy_and_the_settings_that_let_it_in_are_one_finding(tmp_path: Path) -> None:
    slugs, message = fault(tmp_path, OFF)

    assert slugs == {POLICY}
    assert "leaves block_public_policy and restrict_public_buckets off: turn both on once" in message


def test_only_the_setting_that_is_off_is_named(tmp_path: Path) -> None:
    _, message = fault(tmp_path, ON)

    assert "leaves restrict_public_buckets off: turn it on once" in message


def test_a_bucket_with_acls_is_reported_for_its_settings_for_acls(tmp_path: Path) -> None:
    report = judge(tmp_path, BUCKET.format(action="s3:GetObject", beside=OFF + WITH_ACLS), "terraform", POLICY, BLOCK)
    (of_acls,) = [each for each in report.failing() if each.rule.slug == BLOCK]

    assert of_acls.message == "block_public_acls and ignore_public_acls are off: public ACLs can open this bucket to anyone."
    assert "policy" not in remedy(of_acls).text


def test_s3_refuses_a_public_policy_where_nothing_turns_its_default_off(tmp_path: Path) -> None:
    message = "S3 refuses this policy there, and the deployment fails"

    assert message in fault(tmp_path / "none", "")[1]
    assert message not in fault(tmp_path / "written", OFF)[1]


@pytest.mark.parametrize("site", [ALL_REDIRECTED, ROUTED % ""])
@pytest.mark.parametrize("block", ["", OFF])
def test_a_bucket_that_only_redirects_holds_nothing_to_read(tmp_path: Path, site: str, block: str) -> None:
    found = only_fault(tmp_path, BUCKET.format(action="s3:GetObject", beside=site + block), "terraform", POLICY)

    assert (found.severity, found.is_advice) == (Severity.LOW, True)
    assert "A function of CloudFront can answer with the redirect itself" in remedy(found).text


def test_a_bucket_that_redirects_some_requests_serves_the_others(tmp_path: Path) -> None:
    site = ROUTED % '  condition { key_prefix_equals = "docs/" }\n'
    found = only_fault(tmp_path, BUCKET.format(action="s3:GetObject", beside=site), "terraform", POLICY)

    assert (found.severity, found.is_advice) == (Severity.MEDIUM, False)


def test_writing_to_a_bucket_that_redirects_stays_critical(tmp_path: Path) -> None:
    found = only_fault(tmp_path, BUCKET.format(action="s3:*", beside=ALL_REDIRECTED), "terraform", POLICY)

    assert found.severity == Severity.CRITICAL


def test_the_settings_of_a_bucket_that_redirects_are_a_small_matter(tmp_path: Path) -> None:
    source = 'resource "aws_s3_bucket" "it" {}\n' + OFF + ALL_REDIRECTED
    found = only_fault(tmp_path, source, "terraform", BLOCK)

    assert found.severity == Severity.LOW
    assert "goes on redirecting with all of them on" in remedy(found).text


NAMED = """
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "shop-{name}-${{AWS::Region}}"
  Readers:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Files
      PolicyDocument:
        Statement: [{{Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "${{Files.Arn}}/*"}}]
"""


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("resources", Severity.MEDIUM),
        ("releases", Severity.MEDIUM),
        ("downloads", Severity.MEDIUM),
        ("distribution", Severity.MEDIUM),
        ("prereleased", Severity.CRITICAL),
        ("orders", Severity.CRITICAL),
    ],
)
def test_what_is_for_download_is_published(tmp_path: Path, name: str, severity: Severity) -> None:
    found = only_fault(tmp_path, NAMED.format(name=name), "cloudformation", POLICY)

    assert found.severity == severity


LOGGED = """
resource "aws_lb" "front" {
  access_logs {
    bucket  = aws_s3_bucket.it.id
    enabled = true
  }
}
"""


@pytest.mark.parametrize("beside", [LOGGED, ""])
def test_where_a_load_balancer_writes_its_logs_its_service_is_the_one_to_allow(tmp_path: Path, beside: str) -> None:
    found = only_fault(tmp_path, BUCKET.format(action="s3:PutObject", beside=beside), "terraform", POLICY)

    assert found.severity == Severity.CRITICAL
    assert ("A load balancer writes its logs here as this service" in remedy(found).text) is bool(beside)


def test_a_network_load_balancer_writes_its_logs_as_another_service(tmp_path: Path) -> None:
    network = LOGGED.replace("{\n", '{\n  load_balancer_type = "network"\n', 1)
    both = network + LOGGED.replace('"front"', '"pages"')
    text, of_both = (
        remedy(only_fault(tmp_path / name, BUCKET.format(action="s3:PutObject", beside=beside), "terraform", POLICY)).text
        for name, beside in (("network", network), ("both", both))
    )

    assert ("delivery.logs.amazonaws.com" in text, "s3:GetBucketAcl" in text, "logdelivery." in text) == (True, True, False)
    assert "delivery.logs.amazonaws.com" in of_both
    assert "logdelivery." in of_both


CHOSEN = """
variable "first" {{ type = bool }}
resource "aws_s3_bucket" "first" {{}}
resource "aws_s3_bucket" "second" {{}}
resource "aws_s3_bucket_policy" "it" {{
  bucket = var.first ? aws_s3_bucket.first.id : aws_s3_bucket.second.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }}] }})
}}
"""
RESTRICTED = 'resource "aws_s3_bucket_public_access_block" "{0}" {{\n  bucket = aws_s3_bucket.{0}.id\n  restrict_public_buckets = true\n}}\n'


@pytest.mark.parametrize(("restricted", "verdicts"), [((), ["fail"]), (("first",), ["unknown"]), (("first", "second"), [])])
def test_the_block_of_one_of_two_buckets_does_not_close_the_other(
    tmp_path: Path, restricted: tuple[str, ...], verdicts: list[str]
) -> None:
    source = CHOSEN.format() + "".join(map(RESTRICTED.format, restricted))

    assert [each.verdict for each in judge(tmp_path, source, "terraform", POLICY).findings] == verdicts
