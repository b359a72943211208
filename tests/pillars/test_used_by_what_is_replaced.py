"""Terraform deletes first: that matters for what something else still uses."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

CERTIFICATE = """
resource "aws_acm_certificate" "shop" {{
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  {lifecycle}
}}

resource "aws_acm_certificate_validation" "shop" {{
  certificate_arn = aws_acm_certificate.shop.arn
}}

resource "aws_lb_listener" "shop" {{
  certificate_arn = {used}
}}
"""
FIRST = "lifecycle { create_before_destroy = true }"


@pytest.mark.parametrize(
    ("lifecycle", "used", "found"),
    [
        ("", "aws_acm_certificate.shop.arn", True),
        ("", "aws_acm_certificate_validation.shop.certificate_arn", True),
        ("", '"arn"', False),
        (FIRST, "aws_acm_certificate.shop.arn", False),
        ("lifecycle { prevent_destroy = false }", "aws_acm_certificate.shop.arn", True),
    ],
)
def test_a_certificate_may_be_used_by_its_validation(tmp_path: Path, lifecycle: str, used: str, found: bool) -> None:
    code = CERTIFICATE.format(lifecycle=lifecycle, used=used)
    report = judge(tmp_path, code, "terraform", "terraform-create-before-destroy")
    assert [each.address for each in report.failing()] == ["aws_acm_certificate.shop"] * found


def test_a_deployment_that_nothing_changes_is_never_replaced(tmp_path: Path) -> None:
    code = """
    resource "aws_api_gateway_deployment" "orders" {
      rest_api_id = "a1b2c3d4e5"
    }

    resource "aws_api_gateway_stage" "production" {
      deployment_id = aws_api_gateway_deployment.orders.id
    }
    """
    assert judge(tmp_path, code, "terraform", "terraform-create-before-destroy").failing() == []


DOMAIN = """
variable "zone" {{ {default} }}
variable "prefix" {{ {default} }}
variable "other" {{}}

resource "aws_acm_certificate" "api" {{
  domain_name               = var.zone
  subject_alternative_names = [{alternative}]
  validation_method         = "DNS"
}}

resource "{user}" "api" {{
  domain_name              = "${{var.prefix}}.${{var.zone}}"
  regional_certificate_arn = aws_acm_certificate.api.arn
}}
"""
BOTH = '"${var.prefix}.${var.zone}"'


@pytest.mark.parametrize("default", ["", 'default = "shop"'])
@pytest.mark.parametrize(
    ("alternative", "user", "found"),
    [
        (BOTH, "aws_api_gateway_domain_name", False),
        ("", "aws_apigatewayv2_domain_name", False),
        ('"${var.other}.${var.zone}"', "aws_api_gateway_domain_name", True),
        ('"www.example.com"', "aws_api_gateway_domain_name", True),
        (BOTH, "aws_elb", True),
    ],
)
def test_a_user_whose_name_changes_with_those_of_the_certificate_is_deleted_before_it(
    tmp_path: Path, alternative: str, user: str, found: bool, default: str
) -> None:
    code = DOMAIN.format(alternative=alternative, user=user, default=default)
    report = judge(tmp_path, code, "terraform", "terraform-create-before-destroy")
    assert [each.address for each in report.failing()] == ["aws_acm_certificate.api"] * found


@pytest.mark.parametrize("user", ["aws_appsync_domain_name", "aws_lb_listener_certificate"])
def test_what_no_other_certificate_can_be_given_to_is_deleted_before_its_certificate(tmp_path: Path, user: str) -> None:
    code = CERTIFICATE.format(lifecycle="", used="aws_acm_certificate_validation.shop.certificate_arn")
    code = code.replace("aws_lb_listener", user)
    assert judge(tmp_path, code, "terraform", "terraform-create-before-destroy").failing() == []


def test_a_user_may_wait_for_the_validation_already(tmp_path: Path) -> None:
    code = CERTIFICATE.format(lifecycle="", used="aws_acm_certificate.shop.arn")
    text = only_remedy(judge(tmp_path, code, "terraform", "terraform-create-before-destroy"))
    assert "Unless its user waits for aws_acm_certificate_validation.shop already" in text
