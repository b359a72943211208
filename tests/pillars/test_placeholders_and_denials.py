"""A text that shows where a secret goes is none, and a remedy names what is in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_remedy

_ENDPOINT = """
variable "password" {{
  default = "{}"
}}
resource "aws_dms_endpoint" "orders" {{
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "postgres"
  username      = "dms"
  password      = var.password
}}
"""


@pytest.mark.parametrize(
    ("default", "verdict"),
    [("<your password>", None), ("YOUR_PASSWORD", None), ("this_should_be_a_secret", None), ("changeme", "fail")],
)
def test_a_default_to_fill_in_is_no_secret_but_a_weak_password_is(tmp_path: Path, default: str, verdict: str | None) -> None:
    slug = "cloudformation-plaintext-secrets"
    report = judge(tmp_path, _ENDPOINT.format(default), "terraform", slug)

    assert set(by_address(report, slug).values()) == ({verdict} if verdict else set())


def test_a_key_whose_policy_denies_the_rotation_needs_another_policy_first(tmp_path: Path) -> None:
    module = """
resource "aws_kms_key" "orders" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Deny", NotPrincipal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:EnableKeyRotation", Resource = "*" },
    ]
  })
}
"""
    assert "own policy denies kms:EnableKeyRotation" in only_remedy(judge(tmp_path, module, "terraform", "kms-key-rotation"))


def test_an_endpoint_as_the_host_of_a_secret_has_to_become_the_address(tmp_path: Path) -> None:
    module = """
resource "aws_db_instance" "orders" {
  engine = "postgres"
}
resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}
resource "aws_secretsmanager_secret_version" "orders" {
  secret_id     = aws_secretsmanager_secret.orders.id
  secret_string = jsonencode({
    engine   = "postgres"
    host     = aws_db_instance.orders.endpoint
    username = "orders"
    password = var.password
  })
}
variable "password" {
  type = string
}
"""
    text = only_remedy(judge(tmp_path, module, "terraform", "secretsmanager-rotation"))

    assert "the endpoint of aws_db_instance.orders, which ends with the port: write its address instead" in text


def test_a_record_and_an_output_with_the_public_address_are_named(tmp_path: Path) -> None:
    module = """
resource "aws_instance" "web" {
  ami                         = "ami-0a1b2c3d"
  associate_public_ip_address = true
}
resource "aws_route53_record" "web" {
  zone_id = "Z1"
  name    = "web"
  type    = "A"
  ttl     = 300
  records = [aws_instance.web.public_ip]
}
output "address" {
  value = aws_instance.web.public_ip
}
"""
    text = only_remedy(judge(tmp_path, module, "terraform", "ec2-public-ip"))

    assert "The DNS record aws_route53_record.web would have no address" in text
    assert "Without the address, output.address is empty" in text


@pytest.mark.parametrize("on", [True, False])
def test_volumes_of_a_domain_are_turned_on_only_if_they_are_off(tmp_path: Path, *, on: bool) -> None:
    volumes = "ebs_options {\n    ebs_enabled = true\n    volume_size = 20\n  }\n" if on else ""
    module = f"""
resource "aws_opensearch_domain" "logs" {{
  engine_version = "OpenSearch_2.17"
  cluster_config {{
    instance_type = "r3.large.search"
  }}
  {volumes}
}}
"""
    text = only_remedy(judge(tmp_path, module, "terraform", "opensearch-previous-generation"))

    assert ("turn on EBS volumes" in text) is not on


def test_listing_a_public_bucket_is_as_bad_as_reading_it(tmp_path: Path) -> None:
    template = """
Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: public.example.com
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::public.example.com/*"}
          - {Effect: Allow, Principal: "*", Action: "s3:ListBucket", Resource: "arn:aws:s3:::public.example.com"}
"""
    report = judge(tmp_path, template, "cloudformation", "s3-policy-public")
    read, names = report.failing()

    assert (read.severity, "read the objects" in read.message) == (names.severity, "list the objects by name" in names.message)


@pytest.mark.parametrize(
    ("name", "default", "faults"),
    [
        ("PrivateKey", "PrivateKey", 0),
        ("PartnerApiKey", "defaultApiKey", 0),
        ("ClientSecret", "My client secret", 0),
        ("PartnerApiKey", "nr50Qdu7FM94n2X1", 1),
        ("DatabasePassword", "acloudguru", 1),
        ("DBUsername", "acloudguru", 0),
    ],
)
def test_the_key_of_another_service_is_random_and_a_user_name_is_no_secret(
    tmp_path: Path, name: str, default: str, faults: int
) -> None:
    source = f"Parameters:\n  {name}: {{Type: String, NoEcho: true, Default: {default}}}\nResources:\n  Topic: {{Type: AWS::SNS::Topic}}\n"
    assert len(judge(tmp_path, source, "cloudformation", "cloudformation-plaintext-secrets").failing()) == faults


@pytest.mark.parametrize(("token", "faults"), [("example", 0), ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", 1)])
def test_the_token_of_an_example_says_what_it_is(tmp_path: Path, token: str, faults: int) -> None:
    source = f'resource "aws_amplify_app" "site" {{\n  name = "site"\n  access_token = "{token}"\n}}\n'
    assert len(judge(tmp_path, source, "terraform", "cloudformation-plaintext-secrets").failing()) == faults
