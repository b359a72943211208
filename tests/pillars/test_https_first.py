"""A remedy that needs HTTPS somewhere else says so: at a load balancer behind CloudFront, and in a security group."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files
from wa_iac.report.listing import remedy

DISTRIBUTION = """
variable "alb_dns_name" {{}}
variable "album" {{}}
resource "aws_lb" "front" {{}}
resource "aws_lb_listener" "it" {{
  load_balancer_arn = aws_lb.front.arn
  protocol          = "{protocol}"
}}
resource "aws_cloudfront_distribution" "it" {{
  origin {{
    origin_id   = "front"
    domain_name = {domain}
    custom_origin_config {{
      http_port                = 80
      https_port               = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }}
  }}
}}
"""
FIRST = "a listener for HTTPS"


@pytest.mark.parametrize(
    ("domain", "protocol", "first"),
    [
        ("aws_lb.front.dns_name", "HTTP", True),
        ("aws_lb.front.dns_name", "HTTPS", False),
        ("var.alb_dns_name", "HTTP", True),
        ("var.album", "HTTP", False),
        ('"api.example.com"', "HTTP", False),
    ],
)
def test_a_load_balancer_behind_cloudfront_gets_its_listener_first(
    tmp_path: Path, domain: str, protocol: str, first: bool
) -> None:
    source = DISTRIBUTION.format(domain=domain, protocol=protocol)
    (finding,) = judge(tmp_path, source, "terraform", "cloudfront-origin-tls").failing()
    assert (FIRST in remedy(finding)) == first
    assert "https-only" in remedy(finding)


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (
            'type = "fixed-response"\n    fixed_response {\n      content_type = "text/plain"\n      status_code = "403"\n    }',
            True,
        ),
        ('type = "forward"\n    target_group_arn = aws_lb_target_group.web.arn', False),
        ('type = "forward"\n    target_group_arn = var.group', False),
    ],
)
def test_a_listener_for_https_that_does_not_serve_the_same_gets_the_rules_first(
    tmp_path: Path, answer: str, lacks: bool
) -> None:
    source = (
        DISTRIBUTION.format(domain="aws_lb.front.dns_name", protocol="HTTPS").replace(
            '"HTTPS"\n', f'"HTTPS"\n  default_action {{\n    {answer}\n  }}\n'
        )
        + """
variable "group" {}
resource "aws_lb_target_group" "web" { port = 80 }
resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.front.arn
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
"""
    )
    (finding,) = judge(tmp_path, source, "terraform", "cloudfront-origin-tls").failing()
    assert (
        "So far, aws_lb_listener.it forwards nothing to aws_lb_target_group.web: give it the rules of the listener for HTTP."
        in remedy(finding)
    ) == lacks


def test_a_parameter_for_a_load_balancer_is_one(tmp_path: Path) -> None:
    source = """
Parameters:
  PublicAlbDnsName: { Type: String }
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: elb
            DomainName: !Ref PublicAlbDnsName
            CustomOriginConfig: { OriginProtocolPolicy: http-only }
        DefaultCacheBehavior: { TargetOriginId: elb, ViewerProtocolPolicy: redirect-to-https }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", "cloudfront-origin-tls").failing()
    assert FIRST in remedy(finding)
    assert "OriginProtocolPolicy: https-only" in remedy(finding)


BALANCER = """
variable "given" {{}}
resource "aws_security_group" "front" {{
  ingress {{
    protocol    = "tcp"
    from_port   = {port}
    to_port     = {port}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_lb" "front" {{
  security_groups = [{groups}]
}}
resource "aws_lb_listener" "it" {{
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {{
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1"
  }}
}}
"""


@pytest.mark.parametrize(
    ("port", "groups", "said"),
    [
        ("80", "aws_security_group.front.id", True),
        ("443", "aws_security_group.front.id", False),
        ("var.given", "aws_security_group.front.id", False),
        ("80", "aws_security_group.front.id, var.given", False),
    ],
)
def test_a_security_group_that_keeps_https_out_is_named(tmp_path: Path, port: str, groups: str, said: bool) -> None:
    (finding,) = judge(tmp_path, BALANCER.format(port=port, groups=groups), "terraform", "elb-listener-tls").failing()
    assert ("has to let in port 443" in remedy(finding)) == said


ORIGIN = """
resource "aws_cloudfront_distribution" "it" {{
  origin {{
    origin_id   = "front"
    domain_name = {domain}
    custom_origin_config {{
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }}
  }}
}}
resource "aws_instance" "web" {{
  vpc_security_group_ids = [aws_security_group.front.id]
}}
"""


@pytest.mark.parametrize("domain", ["aws_lb.front.dns_name", "aws_instance.web.public_dns"])
@pytest.mark.parametrize("port", ["80", "443", "var.given"])
def test_an_origin_whose_security_group_keeps_https_out_lets_it_in_first(tmp_path: Path, domain: str, port: str) -> None:
    source = BALANCER.format(port=port, groups="aws_security_group.front.id") + ORIGIN.format(domain=domain)
    (finding,) = judge(tmp_path, source, "terraform", "cloudfront-origin-tls").failing()

    assert ("have to let in CloudFront at port 443" in remedy(finding)) == (port == "80")


def test_a_redirect_to_https_needs_a_port_that_is_let_in(tmp_path: Path) -> None:
    (finding,) = judge(
        tmp_path,
        BALANCER.format(port="80", groups="aws_security_group.front.id") + HTTPS,
        "terraform",
        "elb-listener-tls",
    ).failing()

    assert remedy(finding).startswith("The load balancer's security group has to let in port 443 also")


LISTED = """
variable "rules" {
  default = []
}
resource "aws_security_group_rule" "front" {
  count             = length(var.rules)
  security_group_id = aws_security_group.front.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = var.rules[count.index]
  to_port           = var.rules[count.index]
  cidr_blocks       = ["0.0.0.0/0"]
}
"""


def test_a_security_group_without_a_rule_so_far_keeps_nobody_out(tmp_path: Path) -> None:
    source = BALANCER.format(port="80", groups="aws_security_group.front.id") + ORIGIN.format(domain="aws_lb.front.dns_name")
    inside = source[source.index("  ingress {") : source.index('resource "aws_lb" "front"')]
    (finding,) = judge(tmp_path, source.replace(inside, "}\n") + LISTED, "terraform", "cloudfront-origin-tls").failing()

    assert "to let in" not in remedy(finding)


RULES = """
resource "aws_lb" "front" {{}}
resource "aws_lb_listener" "http" {{
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {{
    type = "{default}"
    {more}
  }}
}}
{https}
resource "aws_lb_listener_rule" "all" {{
  listener_arn = aws_lb_listener.{at}.arn
  action {{
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1"
  }}
  condition {{
    path_pattern {{
      values = ["*"]
    }}
  }}
}}
"""
HTTPS = """
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1"
}
"""
NOT_FOUND = 'fixed_response { content_type = "text/plain" }'
TO_HTTPS = 'redirect {\n protocol = "HTTPS"\n status_code = "HTTP_301"\n }'


@pytest.mark.parametrize(
    ("default", "more", "https", "begins"),
    [
        ("fixed-response", NOT_FOUND, "", "Add an HTTPS listener with a certificate and the actions"),
        ("fixed-response", NOT_FOUND, HTTPS, "Rules come before the default action"),
        ("redirect", TO_HTTPS, "", "Add an HTTPS listener with a certificate. The certificate takes a domain name of your own"),
        ("redirect", TO_HTTPS, HTTPS, "Rules come before the default action"),
    ],
)
def test_rules_move_to_the_https_listener(tmp_path: Path, default: str, more: str, https: str, begins: str) -> None:
    source = RULES.format(default=default, more=more, https=https, at="http")
    (finding,) = judge(tmp_path, source, "terraform", "elb-listener-tls").failing()
    said = remedy(finding)

    assert said.startswith(begins)
    assert "to the HTTPS listener (`listener_arn`): aws_lb_listener_rule.all." in said
    assert [each.note for each in finding.related] == ["aws_lb_listener_rule.all forwards requests"]
    assert ('type = "fixed-response"' in said) == (not https)
    assert ('protocol    = "HTTPS"' in said) == (bool(https) and default != "redirect")


def test_a_listener_whose_rules_have_moved_redirects_all(tmp_path: Path) -> None:
    source = RULES.format(default="redirect", more=TO_HTTPS, https=HTTPS, at="https")

    assert judge(tmp_path, source, "terraform", "elb-listener-tls").failing() == []


def test_a_listener_that_others_get_is_named_in_the_remedy(tmp_path: Path) -> None:
    source = """
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: [subnet-0a1, subnet-0b2] }
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - { Type: forward, TargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1" }
Outputs:
  Listener: { Value: !Ref Web }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", "elb-listener-tls").failing()
    said = remedy(finding)

    assert 'Others get this listener from output "Listener": give them the HTTPS listener there' in said


def test_an_origin_by_the_name_of_an_elastic_ip_address_needs_a_name_of_its_own(tmp_path: Path) -> None:
    source = ORIGIN.format(domain="aws_eip.front.public_dns") + 'resource "aws_eip" "front" {}\n'
    source += 'resource "aws_security_group" "front" {\n  vpc_id = "vpc-1"\n}\n'
    (finding,) = judge(tmp_path, source.replace("{{", "{").replace("}}", "}"), "terraform", "cloudfront-origin-tls").failing()

    assert "a domain name of yours, and make that name the origin's" in remedy(finding)


def test_a_deployment_that_switches_the_traffic_of_a_listener_is_named(tmp_path: Path) -> None:
    source = """
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/1"
  }
}
resource "aws_codedeploy_deployment_group" "web" {
  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [aws_lb_listener.web.arn]
      }
    }
  }
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "elb-listener-tls").failing()

    assert "aws_codedeploy_deployment_group.web switches the traffic of this listener: name the HTTPS listener there" in remedy(
        finding
    )


def test_a_listener_on_a_port_that_nobody_is_let_in_at_is_advice(tmp_path: Path) -> None:
    (finding,) = judge(
        tmp_path, BALANCER.format(port=443, groups="aws_security_group.front.id"), "terraform", "elb-listener-tls"
    ).failing()

    assert finding.is_advice
    assert finding.message.endswith("let nobody in at its port 80 today.")


def test_a_security_group_keeps_out_a_listener_that_a_default_leaves_out(tmp_path: Path) -> None:
    secure = """
variable "certificate" {
  default = ""
}
resource "aws_lb_listener" "secure" {
  count             = var.certificate == "" ? 0 : 1
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate
}
"""
    source = BALANCER.format(port=80, groups="aws_security_group.front.id") + secure
    (finding,) = judge(tmp_path, source, "terraform", "elb-listener-tls").failing()

    assert 'variable "certificate" leaves out aws_lb_listener.secure' in remedy(finding)
    assert "has to let in port 443" in remedy(finding)


@pytest.mark.parametrize(
    ("protocol", "source"), [("var.protocol", 'variable "protocol"'), ("upper(var.protocol)", "an expression")]
)
def test_a_protocol_that_is_passed_beside_a_certificate_is_passed_otherwise(tmp_path: Path, protocol: str, source: str) -> None:
    listener = BALANCER.format(port=80, groups="var.given").replace(
        'protocol          = "HTTP"', f"protocol          = {protocol}\n  certificate_arn   = var.certificate"
    )
    variables = 'variable "protocol" {\n  default = "HTTP"\n}\nvariable "certificate" {\n  default = ""\n}\n'
    (finding,) = judge(tmp_path, listener + variables, "terraform", "elb-listener-tls").failing()

    assert remedy(finding).startswith(f"The protocol comes from {source}, and the listener has a place for a certificate")


def test_a_rule_that_answers_moves_with_those_that_forward(tmp_path: Path) -> None:
    rules = """
resource "aws_lb_listener_rule" "page" {
  listener_arn = aws_lb_listener.it.arn
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1"
  }
}
resource "aws_lb_listener_rule" "sorry" {
  listener_arn = aws_lb_listener.it.arn
  action {
    type = "fixed-response"
  }
}
"""
    source = BALANCER.format(port=80, groups="var.given") + rules
    (finding,) = judge(tmp_path, source, "terraform", "elb-listener-tls").failing()

    assert "aws_lb_listener_rule.page. Move aws_lb_listener_rule.sorry too" in remedy(finding)


def test_a_port_that_is_passed_may_make_a_listener_for_https_instead(tmp_path: Path) -> None:
    stack = """
Parameters:
  Port: { Type: Number, Default: 443 }
Conditions:
  Plain: !Equals [!Ref Port, 80]
  Secure: !Equals [!Ref Port, 443]
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: [subnet-0a1, subnet-0b2] }
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: Plain
    Properties:
      LoadBalancerArn: !Ref Front
      Port: !Ref Port
      Protocol: HTTP
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: Secure
    Properties:
      LoadBalancerArn: !Ref Front
      Port: !Ref Port
      Protocol: HTTPS
"""
    parent = """
Resources:
  Stack:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: stack.yaml
      Parameters: { Port: 80 }
"""
    (finding,) = judge_files(tmp_path, {"stack.yaml": stack, "main.yaml": parent}, "elb-listener-tls").failing()

    assert 'Its port comes from parameter "Port": if another value of that makes a listener for HTTPS already' in remedy(
        finding
    )


@pytest.mark.parametrize(("protocol", "said"), [("var.protocol", True), ('"HTTP"', False)])
def test_a_target_group_with_the_protocol_of_the_listener_changes_with_it(tmp_path: Path, protocol: str, said: bool) -> None:
    source = f"""
variable "protocol" {{ default = "HTTP" }}
variable "certificate" {{ default = "" }}
resource "aws_lb" "front" {{ subnets = ["subnet-0a1", "subnet-0b2"] }}
resource "aws_lb_target_group" "web" {{ protocol = {protocol} }}
resource "aws_lb_listener" "it" {{
  load_balancer_arn = aws_lb.front.arn
  protocol          = var.protocol
  certificate_arn   = var.certificate
  default_action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }}
}}
"""
    (finding,) = judge(tmp_path, source, "terraform", "elb-listener-tls").failing()
    assert ("aws_lb_target_group.web takes its protocol from there too: HTTPS replaces it" in remedy(finding)) is said
