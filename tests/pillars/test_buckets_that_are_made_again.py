"""Buckets whose objects can be made again, or are delivered, need no versions as much as others do."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.rule import Confidence

PIPELINE = """
resource "aws_s3_bucket" "b" {{ tags = {{ Name = "data" }} }}

resource "aws_codepipeline" "p" {{
  role_arn = "arn:aws:iam::123456789012:role/p"
  artifact_store {{
    type     = "S3"
    location = {store}
  }}
  stage {{
    name = "Source"
    action {{
      name          = "Source"
      category      = "Source"
      owner         = "AWS"
      provider      = "S3"
      version       = "1"
      configuration = {{ S3Bucket = {source}, S3ObjectKey = "code.zip" }}
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("store", "source", "confidence"),
    [
        ("aws_s3_bucket.b.bucket", '"elsewhere"', Confidence.LOW),
        ("aws_s3_bucket.b.bucket", "aws_s3_bucket.b.bucket", Confidence.MEDIUM),
        ('"elsewhere"', '"elsewhere"', Confidence.MEDIUM),
    ],
)
def test_artifacts_are_made_again_unless_the_source_is_among_them(
    tmp_path: Path, store: str, source: str, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, PIPELINE.format(store=store, source=source), "terraform", "s3-versioning")

    assert found.confidence == confidence


INVENTORY = """
resource "aws_s3_bucket" "{name}" {{ tags = {{ Name = "data" }} }}

resource "aws_s3_bucket_inventory" "i" {{
  bucket                   = {of}
  name                     = "all"
  included_object_versions = "Current"
  schedule {{
    frequency = "Weekly"
  }}
  destination {{
    bucket {{
      bucket_arn = {to}
      format     = "CSV"
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("of", "to", "confidence"),
    [
        ('"data"', "aws_s3_bucket.listed.arn", Confidence.LOW),
        ("aws_s3_bucket.listed.id", '"arn:aws:s3:::lists"', Confidence.MEDIUM),
    ],
)
def test_a_bucket_of_inventories_is_delivered_to(tmp_path: Path, of: str, to: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, INVENTORY.format(name="listed", of=of, to=to), "terraform", "s3-versioning")

    assert found.confidence == confidence


WRITTEN = """
resource "aws_s3_bucket" "b" { tags = { Name = "data" } }

resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({
    Statement = [for principal in [PRINCIPALS] : {
      Effect = "Allow", Principal = principal, Action = "s3:PutObject", Resource = "${aws_s3_bucket.b.arn}/*"
    }]
  })
}
"""
TRAIL = '{ Service = "cloudtrail.amazonaws.com" }'


@pytest.mark.parametrize(
    ("principals", "confidence"),
    [
        (TRAIL, Confidence.LOW),
        (f'{TRAIL}, {{ AWS = "arn:aws:iam::123456789012:root" }}', Confidence.MEDIUM),
        ('{ Service = "lambda.amazonaws.com" }', Confidence.MEDIUM),
    ],
)
def test_a_policy_shows_that_only_services_deliver(tmp_path: Path, principals: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, WRITTEN.replace("PRINCIPALS", principals), "terraform", "s3-versioning")

    assert found.confidence == confidence


def test_a_website_that_redirects_to_a_variable_holds_nothing(tmp_path: Path) -> None:
    source = """
variable "target" {}

resource "aws_s3_bucket" "b" {
  website {
    redirect_all_requests_to = "https://${var.target}"
  }
}
"""
    assert only_fault(tmp_path, source, "terraform", "s3-versioning").confidence == Confidence.LOW


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("web_site", Confidence.LOW),
        ("static-assets", Confidence.LOW),
        ("frontend", Confidence.LOW),
        ("lambda-layers", Confidence.LOW),
        ("deployment-bucket", Confidence.LOW),
        ("artifacts", Confidence.LOW),
        ("canary-results", Confidence.LOW),
        ("codepipeline", Confidence.LOW),
        ("codepipeline-source", Confidence.LOW),
        ("pipeline-bucket", Confidence.LOW),
        ("data-pipeline-bucket", Confidence.LOW),
        ("athena-bucket", Confidence.LOW),
        ("local-assets", Confidence.LOW),
        ("beanstalk-versions", Confidence.LOW),
        ("cfn-bucket", Confidence.LOW),
        ("build-results", Confidence.LOW),
        ("website-uploads", Confidence.MEDIUM),
        ("model-artifacts", Confidence.MEDIUM),
        ("deployments", Confidence.LOW),
        ("code", Confidence.LOW),
        ("ingests", Confidence.LOW),
    ],
)
def test_what_a_build_makes_is_told_by_the_name(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = f'resource "aws_s3_bucket" "{name}" {{}}'
    assert only_fault(tmp_path, source, "terraform", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(("name", "confidence"), [("Pages", Confidence.LOW), ("UserData", Confidence.LOW)])
def test_a_website_is_made_from_its_source(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = f"Resources:\n  {name}:\n    Type: AWS::S3::Bucket\n    Properties:\n      WebsiteConfiguration: {{IndexDocument: a.html}}\n"
    assert only_fault(tmp_path, source, "cloudformation", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("CloudFormationBucket", Confidence.LOW),
        ("CloudFormationS3Bucket", Confidence.LOW),
        ("CloudFormationTemplates", Confidence.LOW),
        ("ProductsBuildsBucket", Confidence.LOW),
        ("FlywayScripts", Confidence.LOW),
        ("ClamavVirusDefinitionsBucket", Confidence.LOW),
        ("CostReportBucket", Confidence.LOW),
        ("ReportsBucket", Confidence.MEDIUM),
        ("AthenaQueryS3Bucket", Confidence.LOW),
        ("InfluxDBLogsS3Bucket", Confidence.LOW),
        ("OAuthStates", Confidence.LOW),
        ("TextToImageS3Bucket", Confidence.LOW),
        ("GifsBucket", Confidence.LOW),
        ("MLFlowArtifacts", Confidence.LOW),
        ("TranscriptResultsBucket", Confidence.LOW),
        ("AdminWeb", Confidence.LOW),
        ("S3BucketA", Confidence.LOW),
        ("InvoiceBucket", Confidence.MEDIUM),
        ("TemplatesOfLetters", Confidence.LOW),
    ],
)
def test_what_comes_from_the_source_or_from_elsewhere_is_told_by_the_name(
    tmp_path: Path, name: str, confidence: Confidence
) -> None:
    source = f"Resources:\n  {name}:\n    Type: AWS::S3::Bucket\n"
    assert only_fault(tmp_path, source, "cloudformation", "s3-versioning").confidence == confidence


def test_logs_of_a_firewall_are_delivered(tmp_path: Path) -> None:
    source = """
resource "aws_s3_bucket" "flows" { tags = { Name = "data" } }
resource "aws_networkfirewall_logging_configuration" "flows" {
  firewall_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall/a"
  logging_configuration {
    log_destination_config {
      log_destination      = { bucketName = aws_s3_bucket.flows.bucket }
      log_destination_type = "S3"
      log_type             = "FLOW"
    }
  }
}
"""
    assert only_fault(tmp_path, source, "terraform", "s3-versioning").confidence == Confidence.LOW


def test_results_of_queries_can_be_asked_for_again(tmp_path: Path) -> None:
    source = """
resource "aws_s3_bucket" "answers" { tags = { Name = "data" } }
resource "aws_athena_workgroup" "team" {
  name = "team"
  configuration {
    result_configuration {
      output_location = "s3://${aws_s3_bucket.answers.bucket}/team/"
    }
  }
}
"""
    assert only_fault(tmp_path, source, "terraform", "s3-versioning").confidence == Confidence.LOW


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("cortex-blocks", Confidence.LOW),
        ("monitoring-metrics", Confidence.LOW),
        ("monitoring-invoices", Confidence.MEDIUM),
        ("sales-metrics", Confidence.LOW),
    ],
)
def test_a_store_of_metrics_joins_and_deletes_its_blocks_itself(tmp_path: Path, name: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, f'resource "aws_s3_bucket" "b" {{ bucket = "{name}" }}', "terraform", "s3-versioning")

    assert found.confidence == confidence


LEFT_OFF = """
variable "versions" {{
  default = "Disabled"
}}
resource "aws_s3_bucket" "b" {{
  bucket        = "acme-records"
  force_destroy = {destroyed}
}}
resource "aws_s3_bucket_versioning" "b" {{
  bucket = aws_s3_bucket.b.id
  versioning_configuration {{
    status = {status}
  }}
}}
"""


@pytest.mark.parametrize(
    ("destroyed", "status", "confidence"),
    [
        ("true", '"Disabled"', Confidence.LOW),
        ("false", '"Disabled"', Confidence.MEDIUM),
        ("true", "var.versions", Confidence.MEDIUM),
    ],
)
def test_an_author_may_write_that_a_bucket_has_no_versions(
    tmp_path: Path, destroyed: str, status: str, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, LEFT_OFF.format(destroyed=destroyed, status=status), "terraform", "s3-versioning")

    assert found.confidence == confidence


def test_a_bucket_that_says_nothing_of_versions_may_be_deleted_all_the_same(tmp_path: Path) -> None:
    bucket = 'resource "aws_s3_bucket" "b" {\n  bucket        = "acme-records"\n  force_destroy = true\n}\n'

    assert only_fault(tmp_path, bucket, "terraform", "s3-versioning").confidence == Confidence.MEDIUM


def test_a_bucket_without_a_telling_name_may_keep_anything(tmp_path: Path) -> None:
    found = only_fault(tmp_path, "Resources:\n  S3Bucket:\n    Type: AWS::S3::Bucket\n", "cloudformation", "s3-versioning")
    assert found.confidence == Confidence.LOW


@pytest.mark.parametrize(("name", "confidence"), [("client", Confidence.LOW), ("client_uploads", Confidence.MEDIUM)])
def test_the_first_page_of_a_distribution_is_made_by_a_build(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = f"""
resource "aws_s3_bucket" "{name}" {{}}

resource "aws_cloudfront_distribution" "d" {{
  enabled             = true
  default_root_object = "index.html"
  origin {{
    origin_id   = "s3"
    domain_name = aws_s3_bucket.{name}.bucket_regional_domain_name
  }}
}}
"""
    assert only_fault(tmp_path, source, "terraform", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(
    ("description", "confidence"),
    [
        ("Moderated image catalog example", Confidence.LOW),
        ("Sample SAM Template for orders", Confidence.MEDIUM),
        ("Orders", Confidence.MEDIUM),
    ],
)
def test_a_template_may_call_itself_an_example(tmp_path: Path, description: str, confidence: Confidence) -> None:
    source = f"Description: {description}\nResources:\n  Uploads:\n    Type: AWS::S3::Bucket\n"
    assert only_fault(tmp_path, source, "cloudformation", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(
    ("name", "more", "confidence"),
    [
        ("UploadBucket", "", Confidence.LOW),
        ("ArchiveBucket", "", Confidence.MEDIUM),
        ("UploadBucket", "DeletionPolicy: Retain", Confidence.MEDIUM),
    ],
)
def test_copies_that_are_put_there_to_be_worked_on(tmp_path: Path, name: str, more: str, confidence: Confidence) -> None:
    source = f"""\
Resources:
  {name}:
    Type: AWS::S3::Bucket
    {more}
    Properties:
      NotificationConfiguration: {{EventBridgeConfiguration: {{EventBridgeEnabled: true}}}}
"""
    assert only_fault(tmp_path, source, "cloudformation", "s3-versioning").confidence == confidence


@pytest.mark.parametrize(
    ("name", "refers", "confidence"),
    [
        ("Reports", "Reports", Confidence.LOW),
        ("Reports", "AWS::StackName", Confidence.MEDIUM),
        ("Sales", "Sales", Confidence.MEDIUM),
    ],
)
def test_a_function_makes_its_reports_again(tmp_path: Path, name: str, refers: str, confidence: Confidence) -> None:
    source = f"""\
Resources:
  {name}:
    Type: AWS::S3::Bucket
  Writer:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {{Variables: {{BUCKET: !Ref {refers}}}}}
"""
    assert only_fault(tmp_path, source, "cloudformation", "s3-versioning").confidence == confidence


SITE = """
resource "aws_s3_bucket" "site" {{ bucket = "upload-portal-pages" }}

resource "aws_cloudfront_distribution" "site" {{
  enabled             = true
  default_root_object = {root}
  origin {{
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
    origin_id   = "pages"
  }}
  default_cache_behavior {{
    target_origin_id       = {target}
    viewer_protocol_policy = "https-only"
  }}
}}
{more}
"""
UPLOADS = 'resource "aws_s3_bucket_cors_configuration" "site" {\n  bucket = aws_s3_bucket.site.id\n}\n'


@pytest.mark.parametrize(
    ("root", "target", "more", "confidence"),
    [
        ('"index.html"', '"pages"', "", Confidence.LOW),
        ('"index.html"', '"api"', "", Confidence.MEDIUM),
        ("null", '"pages"', "", Confidence.MEDIUM),
        ('"index.html"', '"pages"', UPLOADS, Confidence.MEDIUM),
    ],
)
def test_the_pages_of_a_website_are_deployed_again(
    tmp_path: Path, root: str, target: str, more: str, confidence: Confidence
) -> None:
    text = SITE.format(root=root, target=target, more=more)

    assert only_fault(tmp_path, text, "terraform", "s3-versioning").confidence == confidence
