"""Origins of CloudFront that have a load balancer's own name: no certificate is issued for it."""

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy, remedies

TEMPLATE = """\
Parameters:
  Certificate: {{ Type: String }}
Conditions:
  Secure: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {{ Subnets: [subnet-0a1, subnet-0b2] }}
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    {condition}
    Properties: {{ LoadBalancerArn: !Ref Front, Port: 443, Protocol: {protocol} }}
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Listeners: [{{ LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP }}]
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: front
            DomainName: {domain}
            CustomOriginConfig: {{ OriginProtocolPolicy: http-only }}
        DefaultCacheBehavior: {{ TargetOriginId: front, ViewerProtocolPolicy: redirect-to-https }}
"""
ALWAYS = "First see to it that the load balancer Front always has a listener for HTTPS"
NAME = "First make a domain name the origin's that the certificate of the load balancer Front covers"
OF_FRONT = "!GetAtt Front.DNSName"


@pytest.mark.parametrize(
    ("domain", "protocol", "condition", "first"),
    [
        (OF_FRONT, "HTTP", "", "First give the load balancer Front a listener for HTTPS"),
        (OF_FRONT, "HTTPS", "", NAME),
        (OF_FRONT, "HTTPS", "Condition: Secure", ALWAYS),
        ("!GetAtt Old.DNSName", "HTTP", "", "First give the load balancer Old a listener for HTTPS"),
        ("!ImportValue front-alb-dns", "HTTP", "", "First give the load balancer a listener for HTTPS"),
        ("web-123.eu-west-1.elb.amazonaws.com", "HTTP", "", "First give the load balancer a listener for HTTPS"),
        ("!ImportValue api-name", "HTTP", "", "First let the origin front answer HTTPS on port 443"),
        ("api.example.com", "HTTP", "", "First let the origin front answer HTTPS on port 443"),
        (
            "files.s3.amazonaws.com",
            "HTTP",
            "",
            "First see that the bucket's name has no dot: the origin front is an endpoint of S3",
        ),
        ("a1b2.execute-api.eu-west-1.amazonaws.com", "HTTP", "", "First look at the port of the origin front"),
    ],
)
def test_the_origin_needs_a_name_of_ones_own_first(
    tmp_path: Path, domain: str, protocol: str, condition: str, first: str
) -> None:
    source = TEMPLATE.format(domain=domain, protocol=protocol, condition=condition)
    text = only_remedy(judge(tmp_path, source, "cloudformation", "cloudfront-origin-tls"))

    assert first in text


def test_a_module_that_is_not_installed_may_be_a_load_balancer(tmp_path: Path) -> None:
    source = """
module "alb" {
  source  = "terraform-aws-modules/alb/aws"
  version = "9.0.0"
}
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "front"
    domain_name = module.alb.dns_name
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "cloudfront-origin-tls"))

    assert "First give the load balancer a listener for HTTPS" in text


def test_each_server_is_named_that_needs_a_certificate_first(tmp_path: Path) -> None:
    origin = 'origin {{\n  domain_name = "{0}.shop.org"\n  origin_id = "{0}"\n  custom_origin_config {{\n    origin_protocol_policy = "http-only"\n  }}\n}}\n'
    source = f'resource "aws_cloudfront_distribution" "shop" {{\n{origin.format("web")}{origin.format("pay")}}}\n'
    for text in remedies(judge(tmp_path, source, "terraform", "cloudfront-origin-tls")):
        assert "let the origin web answer HTTPS" in text
        assert "let the origin pay answer HTTPS" in text


def test_the_group_of_a_load_balancer_may_come_from_another_module(tmp_path: Path) -> None:
    files = {
        "main.tf": """
module "groups" { source = "./groups" }
resource "aws_lb" "web" {
  security_groups = [module.groups.web]
}
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "front"
    domain_name = aws_lb.web.dns_name
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
}
""",
        "groups/main.tf": """
resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["10.0.0.0/8"]
  }
}
output "web" { value = aws_security_group.web.id }
""",
    }

    text = only_remedy(judge_files(tmp_path, files, "cloudfront-origin-tls"))

    assert "Its security groups have to let in CloudFront at port 443 also: no rule here does so far." in text
