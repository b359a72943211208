"""Terraform deletes first: that matters for what something else still uses."""

from pathlib import Path

import pytest

from helpers.reports import judge

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
