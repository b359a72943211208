"""Settings that a resource of this kind does not have, or that do nothing for it, are no fault; and a remedy fits the resource."""

from pathlib import Path

from helpers.reports import judge, only_remedy, verdicts

DATABASE = """
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}
"""
FUNCTION = """
resource "aws_lambda_function" "orders" {{
  function_name = "orders"

  environment {{
    variables = {{ DATABASE = {value} }}
  }}
}}
"""


def test_a_function_that_has_no_address_of_the_database_opens_no_connection(tmp_path: Path) -> None:
    for value, count in (
        ('"postgresql://${aws_rds_cluster.orders.endpoint}/orders"', 1),
        ("aws_rds_cluster.orders.cluster_identifier", 0),
        ("aws_rds_cluster.orders.arn", 0),
    ):
        text = DATABASE + FUNCTION.format(value=value)

        assert len(verdicts(tmp_path, text, "terraform", "lambda-rds-proxy")) == count, value


def test_cloudfronts_own_certificate_costs_nothing(tmp_path: Path) -> None:
    text = """
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  viewer_certificate {
    cloudfront_default_certificate = true
    ssl_support_method             = "vip"
  }
}
"""
    assert verdicts(tmp_path, text, "terraform", "cloudfront-dedicated-ip") == {}


def test_a_load_balancer_invokes_functions_of_its_own_account_only(tmp_path: Path) -> None:
    text = """
resource "aws_lambda_permission" "balancer" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "elasticloadbalancing.amazonaws.com"
}
"""
    assert verdicts(tmp_path, text, "terraform", "lambda-permission-source") == {}


def test_a_server_that_needs_fips_gets_a_policy_for_fips(tmp_path: Path) -> None:
    text = """
resource "aws_transfer_server" "files" {
  security_policy_name = "TransferSecurityPolicy-FIPS-2020-06"
}
"""
    assert "TransferSecurityPolicy-FIPS-2024-01" in only_remedy(judge(tmp_path, text, "terraform", "transfer-secure-protocol"))


def test_a_certificate_that_terraform_makes_is_renewed_by_terraform(tmp_path: Path) -> None:
    text = """
resource "tls_self_signed_cert" "clients" {
  private_key_pem       = "a key"
  validity_period_hours = 8760
  allowed_uses          = ["cert_signing"]
}

resource "aws_acm_certificate" "clients" {
  private_key      = "a key"
  certificate_body = tls_self_signed_cert.clients.cert_pem
}
"""
    assert "early_renewal_hours" in only_remedy(judge(tmp_path, text, "terraform", "acm-dns-validation"))


def test_a_web_acl_that_production_has_is_a_choice_of_the_author(tmp_path: Path) -> None:
    text = """
variable "env" {
  default = "dev"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled    = true
  web_acl_id = var.env == "prod" ? "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/0123" : null
}
"""
    (finding,) = judge(tmp_path, text, "terraform", "cloudfront-waf").failing()

    assert "production differs" in finding.message


BALANCER = """
resource "aws_lb" "ports" {{
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}}

resource "aws_lb_target_group" "ports" {{
  port     = 5432
  protocol = "TCP"
  {setting}
}}

resource "aws_lb_listener" "ports" {{
  load_balancer_arn = aws_lb.ports.arn
  port              = 5432
  protocol          = "TCP"

  default_action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.ports.arn
  }}
}}
"""


def test_a_target_group_may_balance_across_zones_by_itself(tmp_path: Path) -> None:
    for setting, count in (
        ("", 1),
        ("load_balancing_cross_zone_enabled = true", 0),
        ('load_balancing_cross_zone_enabled = "true"', 0),
    ):
        found = verdicts(tmp_path, BALANCER.format(setting=setting), "terraform", "elb-cross-zone")

        assert len(found) == count, setting
