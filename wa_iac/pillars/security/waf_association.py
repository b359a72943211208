"""# Public load balancer or API has no web ACL

## Why

Without AWS WAF, every request of the internet reaches the application: floods from a few addresses, scans for known holes, injected
SQL. A web ACL with AWS's managed rule groups and a rate limit stops most of them before they cost anything.

## What it checks

Internet-facing Application Load Balancers, stages of REST APIs that are not private, and GraphQL APIs of AppSync that are not private. Each
needs an association with a web ACL.

If the unit has a regional web ACL, so that somebody has thought of AWS WAF, the finding has the confidence medium. Otherwise the
association may be made elsewhere, or a team may not use AWS WAF: the confidence is low, and the finding is advice.

## What is left out

HTTP APIs and Network Load Balancers, which cannot have a web ACL. Load balancers whose security groups do not let the internet in. Load
balancers and APIs behind a CloudFront distribution with a web ACL. Units with a policy of Firewall Manager, which associates web ACLs by itself.
The result is undecided if a tag is for such a policy, by its name. An association in another template of the run counts if it imports the
load balancer or the API by the name of its export.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internet-facing
      Subnets: [subnet-1, subnet-2]
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      Port: 443
      Protocol: HTTPS
      Certificates:
        - CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
      DefaultActions:
        - Type: fixed-response
          FixedResponseConfig: { StatusCode: "404" }
  Filter:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: web, SampledRequestsEnabled: true }
```

```hcl
resource "aws_lb" "web" { # finding
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_appsync_graphql_api" "orders" { # finding
  name                = "orders"
  authentication_type = "AWS_IAM"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internet-facing
      Subnets: [subnet-1, subnet-2]
  Filtered:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: !Ref Web
      WebACLArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/a1b2c3
```

```hcl
resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/a1b2c3"
}
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = "abc123"
  stage_name    = "production"
}

resource "aws_wafv2_web_acl_association" "orders" {
  resource_arn = aws_api_gateway_stage.production.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/a1b2c3"
}
```

## Not applicable

```yaml
Resources:
  Inner:  # not applicable: the internet does not reach it
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internal
      Subnets: [subnet-1, subnet-2]
  Packets:  # not applicable: cannot have a web ACL
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-1, subnet-2]
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The company's network
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 198.51.100.0/28
  Staff:  # not applicable: security groups do not let the internet in
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      SecurityGroups: [!Ref Group]
```

```hcl
resource "aws_lb" "web" { # not applicable: the distribution in front of it has a web ACL
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_cloudfront_distribution" "web" {
  enabled    = true
  web_acl_id = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/web/a1b2c3"
  origin {
    origin_id   = "web"
    domain_name = aws_lb.web.dns_name
  }
  default_cache_behavior {
    target_origin_id       = "web"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```

```hcl
resource "aws_lb" "web" { # not applicable: Firewall Manager associates web ACLs
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_fms_policy" "web" {
  name                  = "web"
  exclude_resource_tags = false
  resource_type         = "AWS::ElasticLoadBalancingV2::LoadBalancer"
  security_service_policy_data {
    type = "WAFV2"
  }
}
```

## Undecided

```yaml
Parameters:
  Balancer:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
  Filtered:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: !Ref Balancer  # undecided: parameter "Balancer" has no default
      WebACLArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/a1b2c3
```

```hcl
variable "internal" {
  type = bool
}

resource "aws_lb" "web" { # undecided: Fails when var.internal is false
  name     = "web"
  internal = var.internal
  subnets  = ["subnet-1", "subnet-2"]
}
```

## Sources

- [Associating or disassociating protection with an AWS resource](https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.apigateway import RestApi, Stage
from wa_iac.aws.appsync import GraphqlApi
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.admission import admits_internet
from wa_iac.knowledge.web_acls import REGIONAL, acls, associated, behind_protected_distribution, has_acls, managed_centrally

_SCOPE: Final = "The web ACL has the scope REGIONAL and is in the same Region. It may block requests that pass today: let its rules only count at first."
_COUNTED: Final = (
    "{} is made by count or for_each: where it does not exist, the association must not either, so give that the same."
)


def _as_many(entry: LoadBalancer | Stage | GraphqlApi, graph: Graph) -> Remedy | None:
    """The remedy where a web ACL of Terraform is there in some environments only."""
    if entry.dialect != "terraform":
        return None
    counted = next((each for each in acls(graph, REGIONAL) if "[" in each.address), None)
    return None if counted is None else replace(_FILTERED, decision=f"{_SCOPE} {_COUNTED.format(counted.address)}")


def _asks_for_certificates(api: RestApi) -> bool:
    """Whether an API is for clients with a certificate: it has no endpoint of its own, and its domains that are here ask for one ("How to turn on
    mutual TLS authentication for your REST APIs", API Gateway Developer Guide)."""
    domains = [domain for mapping in api.mappings for domain in mapping.domain]
    return (
        api.default_endpoint_disabled == Known(True)
        and bool(domains)
        and not any(isinstance(each.mutual_tls, Absent) for each in domains)
    )


_FILTERED: Final = Remedy(
    cfn="Filtered:\n  Type: AWS::WAFv2::WebACLAssociation\n  Properties:\n    ResourceArn: !Ref <this load balancer>\n"
    "    WebACLArn: !GetAtt <the web ACL>.Arn",
    tf='resource "aws_wafv2_web_acl_association" "this" {\n  resource_arn = <this load balancer>.arn\n'
    "  web_acl_arn  = <the web ACL>.arn\n}",
    decision=_SCOPE,
    of={
        "AWS::ApiGateway::Stage": "Filtered:\n  Type: AWS::WAFv2::WebACLAssociation\n  Properties:\n"
        "    ResourceArn: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/<the API>/stages/${<this stage>}\n"
        "    WebACLArn: !GetAtt <the web ACL>.Arn",
        "AWS::AppSync::GraphQLApi": "Filtered:\n  Type: AWS::WAFv2::WebACLAssociation\n  Properties:\n"
        "    ResourceArn: !GetAtt <this API>.Arn\n    WebACLArn: !GetAtt <the web ACL>.Arn",
        "aws_api_gateway_stage": 'resource "aws_wafv2_web_acl_association" "this" {\n  resource_arn = <this stage>.arn\n'
        "  web_acl_arn  = <the web ACL>.arn\n}",
        "aws_appsync_graphql_api": 'resource "aws_wafv2_web_acl_association" "this" {\n  resource_arn = <this API>.arn\n'
        "  web_acl_arn  = <the web ACL>.arn\n}",
    },
)


@rule(
    practices=["SEC05-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_FILTERED, given=_as_many),
    equivalents={
        "checkov": ["CKV2_AWS_28", "CKV2_AWS_29", "CKV2_AWS_33"],
        "cdk_nag": ["ALBWAFEnabled", "AwsSolutions-APIG3"],
        "guard": ["ALB_WAF_ENABLED"],
        "config": ["ALB_WAF_ENABLED", "API_GW_ASSOCIATED_WITH_WAF", "APPSYNC_ASSOCIATED_WITH_WAF"],
        "security_hub": ["APIGateway.4"],
    },
)
def check(entry: LoadBalancer | Stage | GraphqlApi, graph: Graph) -> Flags:
    # An ARN of a stage is often made of the id of the API and a name.
    named = [entry, *entry.api] if isinstance(entry, Stage) else [entry]
    filtered = any_of(associated(each, graph) for each in named)
    accept(filtered == Known(True))
    if isinstance(entry, LoadBalancer):
        exempt(holds(entry.kind, lambda kind: kind != "application"), "a load balancer of this kind cannot have a web ACL")
    exempt(_is_private(entry), "the internet does not reach it")
    if isinstance(entry, LoadBalancer) and not isinstance(entry.security_groups.value, Absent):
        exempt(_is_shut(entry, graph), "its security groups do not let the internet in")
    exempt(managed_centrally(entry, graph), "Firewall Manager associates web ACLs here")
    exempt(
        any_of(behind_protected_distribution(each, graph) for each in named),
        "the distribution in front of it has a web ACL",
    )
    accept(filtered)
    name = "load balancer" if isinstance(entry, LoadBalancer) else "API"
    known = has_acls(graph, REGIONAL)
    beside = ", though there is a web ACL here" if known else ""
    if isinstance(entry, Stage) and entry.api.targets and all(map(_asks_for_certificates, entry.api)):
        yield flag(
            entry,
            f"Nothing here associates a web ACL with this API{beside}. Only clients with a certificate that its domain trusts reach it.",
            severity=Severity.LOW,
        )
        return
    yield flag(
        entry,
        f"Nothing here associates a web ACL with this public {name}{beside}: unless that is done elsewhere, scans and floods reach the application.",
        confidence=None if known else Confidence.LOW,
    )


def _is_shut(balancer: LoadBalancer, graph: Graph) -> Value[bool]:
    return holds(admits_internet([balancer.security_groups], graph, narrow=True), lambda admitted: not admitted)


def _is_private(entry: LoadBalancer | Stage | GraphqlApi) -> Value[bool]:
    match entry:
        case LoadBalancer():
            return holds(entry.scheme, lambda scheme: scheme == "internal")
        case Stage():
            return any_of((api.is_private() for api in entry.api), entry.absent.origin)
        case GraphqlApi():
            return holds(entry.visibility, lambda visibility: visibility == "PRIVATE")
