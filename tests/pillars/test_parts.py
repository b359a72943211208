"""A part is not the whole: what holds for some objects, requests, tags or repositories leaves the others as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, by_address, judge

BUCKET = """\
Resources:
  Shop:
    Type: AWS::S3::Bucket
    Properties:
      %s
"""
BUCKET_MODULE = """\
resource "aws_s3_bucket" "shop" { bucket = "shop" }
%s
"""


def kinds(found: tuple[dict[str, str], dict[str, str]]) -> list[set[str]]:
    return [set(each.values()) for each in found]


@pytest.mark.parametrize("slug", ["s3-abort-multipart", "s3-lifecycle"])
@pytest.mark.parametrize(
    ("cloudformation", "terraform", "verdict"),
    [
        ("", "filter {}", set()),
        ('Prefix: ""', 'filter {\n prefix = ""\n}', set()),
        ("Prefix: tmp/", 'filter {\n prefix = "tmp/"\n}', {"fail"}),
        ("TagFilters: [{ Key: a, Value: b }]", 'filter {\n tag {\n  key = "a"\n  value = "b"\n }\n}', {"fail"}),
        ("Prefix: tmp/", 'filter {\n and {\n  prefix = "tmp/"\n  tags = { a = "b" }\n }\n}', {"fail"}),
        ("ObjectSizeGreaterThan: 131072", "filter {\n object_size_greater_than = 131072\n}", set()),
        ("Prefix: !Ref AWS::StackName", "filter {\n prefix = aws_s3_bucket.shop.id\n}", {"unknown"}),
    ],
)
def test_a_rule_of_a_lifecycle_for_some_objects(
    tmp_path: Path, slug: str, cloudformation: str, terraform: str, verdict: set[str]
) -> None:
    rule = "LifecycleConfiguration:\n        Rules:\n          - Status: Enabled\n            ExpirationInDays: 90\n"
    rule += f"            AbortIncompleteMultipartUpload: {{ DaysAfterInitiation: 7 }}\n            {cloudformation}"
    module = f"""
resource "aws_s3_bucket_lifecycle_configuration" "shop" {{
  bucket = aws_s3_bucket.shop.id
  rule {{
    id     = "age"
    status = "Enabled"
    {terraform}
    expiration {{ days = 90 }}
    abort_incomplete_multipart_upload {{ days_after_initiation = 7 }}
  }}
}}
"""
    assert kinds(both(tmp_path, slug, BUCKET % rule, BUCKET_MODULE % module)) == [verdict, verdict]


def test_one_rule_for_the_whole_bucket_is_enough_beside_others(tmp_path: Path) -> None:
    rules = """LifecycleConfiguration:
        Rules:
          - { Status: Enabled, Prefix: tmp/, ExpirationInDays: 1 }
          - { Status: Enabled, ExpirationInDays: 400, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }
"""
    for slug in ("s3-abort-multipart", "s3-lifecycle"):
        assert by_address(judge(tmp_path / slug, BUCKET % rules, "cloudformation", slug), slug) == {}


def test_a_bucket_that_is_divided_by_prefixes_is_not_judged(tmp_path: Path) -> None:
    rules = """LifecycleConfiguration:
        Rules:
          - { Status: Enabled, Prefix: data/, ExpirationInDays: 30 }
          - { Status: Enabled, Prefix: model/, ExpirationInDays: 90 }
"""
    assert by_address(judge(tmp_path, BUCKET % rules, "cloudformation", "s3-lifecycle"), "s3-lifecycle") == {}


@pytest.mark.parametrize(
    ("cloudformation", "terraform", "verdict"),
    [
        ('Filter: { Prefix: "" }', 'filter {\n prefix = ""\n}', set()),
        ("Filter: { Prefix: orders/ }", 'filter {\n prefix = "orders/"\n}', {"fail"}),
        ("Prefix: orders/", 'prefix = "orders/"', {"fail"}),
        ("Filter: { TagFilter: { Key: a, Value: b } }", 'filter {\n tag {\n  key = "a"\n  value = "b"\n }\n}', {"fail"}),
    ],
)
def test_a_replication_of_some_objects(tmp_path: Path, cloudformation: str, terraform: str, verdict: set[str]) -> None:
    rule = "ReplicationConfiguration:\n        Role: arn:aws:iam::111122223333:role/r\n        Rules:\n"
    rule += (
        f"          - Status: Enabled\n            Destination: {{ Bucket: arn:aws:s3:::copy }}\n            {cloudformation}"
    )
    module = f"""
resource "aws_s3_bucket_replication_configuration" "shop" {{
  bucket = aws_s3_bucket.shop.id
  role   = "arn:aws:iam::111122223333:role/r"
  rule {{
    status = "Enabled"
    {terraform}
    destination {{ bucket = "arn:aws:s3:::copy" }}
  }}
}}
"""
    assert kinds(both(tmp_path, "s3-replication", BUCKET % rule, BUCKET_MODULE % module)) == [verdict, verdict]


DENIAL = """\
variable "prefix" {}
resource "aws_s3_bucket" "shop" { bucket = "shop" }
resource "aws_s3_bucket_policy" "shop" {
  bucket = aws_s3_bucket.shop.id
  policy = jsonencode({ Statement = [{
    Effect    = "Deny"
    Principal = "*"
    Action    = %s
    Resource  = %s
    Condition = %s
  }] })
}
"""
PLAIN = '{ Bool = { "aws:SecureTransport" = "false" } }'
WHOLE = '[aws_s3_bucket.shop.arn, "${aws_s3_bucket.shop.arn}/*"]'


@pytest.mark.parametrize(
    ("actions", "resources", "condition", "verdict"),
    [
        ('"s3:*"', WHOLE, PLAIN, set()),
        ('"*"', '"*"', PLAIN, set()),
        ('"s3:*"', '"arn:aws:s3:::shop/*"', PLAIN, set()),
        ('"s3:*"', '["arn:aws:s3:::shop", "arn:aws:s3:::shop*"]', PLAIN, set()),
        ('["s3:GetObject*", "s3:PutObject*"]', WHOLE, PLAIN, set()),
        ('"s3:GetObject"', WHOLE, PLAIN, {"fail"}),
        ('"s3:*"', "aws_s3_bucket.shop.arn", PLAIN, {"fail"}),
        ('"s3:*"', '"arn:aws:s3:::shop/private/*"', PLAIN, {"fail"}),
        ('"s3:*"', '"${aws_s3_bucket.shop.arn}/${var.prefix}/*"', PLAIN, {"fail"}),
        ('"s3:*"', '"${aws_s3_bucket.shop.arn}/${var.prefix}*"', PLAIN, {"unknown"}),
        ('"s3:*"', "var.prefix", PLAIN, {"unknown"}),
        ('"s3:*"', WHOLE, '{ Bool = { "aws:SecureTransport" = "false" }, StringLike = { "aws:userid" = "x*" } }', {"fail"}),
        ('"s3:*"', WHOLE, '{ Bool = { "aws:SecureTransport" = "false", "aws:PrincipalIsAWSService" = "false" } }', set()),
    ],
)
def test_a_denial_without_tls_is_for_all_that_may_be_asked(
    tmp_path: Path, actions: str, resources: str, condition: str, verdict: set[str]
) -> None:
    report = judge(tmp_path, DENIAL % (actions, resources, condition), "terraform", "s3-ssl-requests-only")

    assert set(by_address(report, "s3-ssl-requests-only").values()) == verdict


def test_a_policy_that_cannot_be_read_may_deny_requests_without_tls(tmp_path: Path) -> None:
    source = DENIAL.split("  policy", maxsplit=1)[0] + "  policy = var.prefix\n}\n"

    assert by_address(judge(tmp_path, source, "terraform", "s3-ssl-requests-only"), "s3-ssl-requests-only") == {
        "aws_s3_bucket.shop": "unknown"
    }


@pytest.mark.parametrize(
    ("traffic", "verdict"), [(["ALL"], set()), (["REJECT"], set()), (["ACCEPT"], {"fail"}), (["ACCEPT", "REJECT"], set())]
)
def test_a_flow_log_of_what_was_let_in(tmp_path: Path, traffic: list[str], verdict: set[str]) -> None:
    template = "Resources:\n  Net: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }\n"
    module = 'resource "aws_vpc" "net" { cidr_block = "10.0.0.0/16" }\n'
    for each in traffic:
        template += f"  Log{each}:\n    Type: AWS::EC2::FlowLog\n    Properties:\n"
        template += f"      {{ ResourceId: !Ref Net, ResourceType: VPC, TrafficType: {each} }}\n"
        module += f'resource "aws_flow_log" "{each}" {{\n  vpc_id = aws_vpc.net.id\n  traffic_type = "{each}"\n}}\n'

    assert kinds(both(tmp_path, "vpc-flow-logs", template, module)) == [verdict, verdict]


@pytest.mark.parametrize(
    ("mutability", "excluded", "verdict"),
    [
        ("MUTABLE_WITH_EXCLUSION", "v*", {"fail"}),
        ("MUTABLE_WITH_EXCLUSION", "*", set()),
        ("IMMUTABLE_WITH_EXCLUSION", "latest", set()),
        ("IMMUTABLE_WITH_EXCLUSION", "*", {"fail"}),
    ],
)
def test_tags_that_are_excluded(tmp_path: Path, mutability: str, excluded: str, verdict: set[str]) -> None:
    template = f"""\
Resources:
  Shop:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: {mutability}
      ImageTagMutabilityExclusionFilters:
        - {{ ImageTagMutabilityExclusionFilterType: WILDCARD, ImageTagMutabilityExclusionFilterValue: "{excluded}" }}
"""
    module = f"""\
resource "aws_ecr_repository" "shop" {{
  name                 = "shop"
  image_tag_mutability = "{mutability}"
  image_tag_mutability_exclusion_filter {{
    filter      = "{excluded}"
    filter_type = "WILDCARD"
  }}
}}
"""
    assert kinds(both(tmp_path, "ecr-immutable-tags", template, module)) == [verdict, verdict]


@pytest.mark.parametrize(
    ("pattern", "verdict"), [("*", set()), ("prod", set()), ("prod*", {"fail"}), ("team/*", set()), ("dev", {"fail"})]
)
def test_a_registry_scans_what_its_filters_take_in(tmp_path: Path, pattern: str, verdict: set[str]) -> None:
    template = f"""\
Resources:
  Registry:
    Type: AWS::ECR::RegistryScanningConfiguration
    Properties:
      ScanType: BASIC
      Rules: [{{ ScanFrequency: SCAN_ON_PUSH, RepositoryFilters: [{{ Filter: "{pattern}", FilterType: WILDCARD }}] }}]
  Shop:
    Type: AWS::ECR::Repository
    Properties: {{ RepositoryName: team/prod, ImageScanningConfiguration: {{ ScanOnPush: false }} }}
"""
    module = f"""\
resource "aws_ecr_registry_scanning_configuration" "all" {{
  scan_type = "BASIC"
  rule {{
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {{
      filter      = "{pattern}"
      filter_type = "WILDCARD"
    }}
  }}
}}
resource "aws_ecr_repository" "shop" {{ name = "team/prod" }}
"""
    assert kinds(both(tmp_path, "ecr-scan-on-push", template, module)) == [verdict, verdict]


@pytest.mark.parametrize(
    ("pattern", "verdict"),
    [
        ("prod-*", set()),
        ("prod", set()),
        ("*-app", set()),
        ("dev-*", {"fail"}),
        ("*-job", {"fail"}),
        ("prod-x*", {"unknown"}),
        ("x", {"unknown"}),
    ],
)
def test_a_filter_takes_in_a_name_by_what_is_known_of_it(tmp_path: Path, pattern: str, verdict: set[str]) -> None:
    template = f"""\
Parameters: {{ Team: {{ Type: String }} }}
Resources:
  Registry:
    Type: AWS::ECR::RegistryScanningConfiguration
    Properties:
      ScanType: BASIC
      Rules: [{{ ScanFrequency: SCAN_ON_PUSH, RepositoryFilters: [{{ Filter: "{pattern}", FilterType: WILDCARD }}] }}]
  Shop:
    Type: AWS::ECR::Repository
    Properties: {{ RepositoryName: !Sub "prod-${{Team}}-app" }}
"""
    module = f"""\
variable "team" {{ type = string }}
resource "aws_ecr_registry_scanning_configuration" "all" {{
  scan_type = "BASIC"
  rule {{
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {{
      filter      = "{pattern}"
      filter_type = "WILDCARD"
    }}
  }}
}}
resource "aws_ecr_repository" "shop" {{ name = "prod-${{var.team}}-app" }}
"""
    assert kinds(both(tmp_path, "ecr-scan-on-push", template, module)) == [verdict, verdict]


@pytest.mark.parametrize(("pattern", "verdict"), [("shop-*", set()), ("*-prod", {"unknown"}), ("api", {"fail"})])
def test_a_filter_takes_in_either_of_two_names(tmp_path: Path, pattern: str, verdict: set[str]) -> None:
    template = f"""\
Parameters: {{ Stage: {{ Type: String }} }}
Conditions: {{ Prod: !Equals [!Ref Stage, prod] }}
Resources:
  Registry:
    Type: AWS::ECR::RegistryScanningConfiguration
    Properties:
      Rules: [{{ ScanFrequency: SCAN_ON_PUSH, RepositoryFilters: [{{ Filter: "{pattern}", FilterType: WILDCARD }}] }}]
  Shop:
    Type: AWS::ECR::Repository
    Properties: {{ RepositoryName: !If [Prod, shop-prod, shop-dev] }}
"""
    module = f"""\
variable "stage" {{ type = string }}
resource "aws_ecr_registry_scanning_configuration" "all" {{
  scan_type = "BASIC"
  rule {{
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {{
      filter      = "{pattern}"
      filter_type = "WILDCARD"
    }}
  }}
}}
resource "aws_ecr_repository" "shop" {{ name = var.stage == "prod" ? "shop-prod" : "shop-dev" }}
"""
    assert kinds(both(tmp_path, "ecr-scan-on-push", template, module)) == [verdict, verdict]


RECORD = """\
variable "off" { type = bool }
resource "aws_route53_health_check" "shop" {
  type     = "HTTPS"
  fqdn     = "shop.example.com"
  disabled = %s
}
resource "aws_route53_record" "shop" {
  zone_id         = "Z0123456789"
  name            = "shop.example.com"
  type            = "CNAME"
  set_identifier  = "shop"
  records         = ["shop.example.com"]
  health_check_id = %s
  latency_routing_policy { region = "eu-west-1" }
}
"""


@pytest.mark.parametrize(
    ("disabled", "check", "verdict"),
    [
        ("false", "aws_route53_health_check.shop.id", set()),
        ("null", "aws_route53_health_check.shop.id", set()),
        ("true", "aws_route53_health_check.shop.id", {"fail"}),
        ("var.off", "aws_route53_health_check.shop.id", {"unknown"}),
        ("true", '"abcdef11-2222-3333-4444-555555fedcba"', set()),
    ],
)
def test_a_disabled_health_check_checks_nothing(tmp_path: Path, disabled: str, check: str, verdict: set[str]) -> None:
    report = judge(tmp_path, RECORD % (disabled, check), "terraform", "route53-health-checks")

    assert set(by_address(report, "route53-health-checks").values()) == verdict
