"""# Edge-optimized API is behind a CloudFront distribution of its own

## Why

An edge-optimized API has a CloudFront distribution of API Gateway in front of it. If it is the origin of your own distribution, each
request goes through CloudFront twice: first to a location near the viewer, then from there to another one, and only then to the API. That
takes longer, and API Gateway's distribution can neither cache nor be configured.

## What it checks

The rule looks at the REST APIs that are origins of a CloudFront distribution in the same unit, by reference. It reports those whose
endpoint is edge-optimized, which is the default of API Gateway.

## What is left out

Regional and private APIs. HTTP APIs are always regional.

## Non-compliant

```yaml
Resources:
  Api:  # finding
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com"
            CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}
        DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
```

```hcl
resource "aws_api_gateway_rest_api" "orders" { # finding
  name = "orders"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "${aws_api_gateway_rest_api.orders.id}.execute-api.eu-west-1.amazonaws.com"
    origin_path = "/live"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
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

## Compliant

```yaml
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [REGIONAL]
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com"
            CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}
        DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
```

```hcl
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "${aws_api_gateway_rest_api.orders.id}.execute-api.eu-west-1.amazonaws.com"
    origin_path = "/live"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
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

## Undecided

The result is undecided if the type of the endpoint is not known before deployment.

```yaml
Parameters:
  Endpoint:
    Type: String
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [!Ref Endpoint]  # undecided: parameter "Endpoint" has no default
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com"
            CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}
        DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
```

```hcl
variable "endpoint" {
  type = string
}

resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
  endpoint_configuration {
    types = [var.endpoint] # undecided: var.endpoint has no default
  }
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "${aws_api_gateway_rest_api.orders.id}.execute-api.eu-west-1.amazonaws.com"
    origin_path = "/live"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
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

## Sources

- [API endpoint types for REST APIs in API Gateway](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html), read on 2026-11-29
- [Set up a Regional API in API Gateway](https://docs.aws.amazon.com/en_us/apigateway/latest/developerguide/create-regional-api.html), read on 2026-11-29
"""

from wa_iac.aws.apigateway import RestApi
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.api_fronts import is_origin


@rule(
    practices=["PERF04-BP06"],
    severity=Severity.LOW,
    fix=Recipe(
        cfn={"EndpointConfiguration": {"Types": ["REGIONAL"]}},
        tf={"endpoint_configuration": {"types": ["REGIONAL"]}},
        unsafe_because="clients that call the API directly, from far away, wait longer, and a custom domain name of the API then has to be regional too",
    ),
)
def check(api: RestApi, graph: Graph) -> Flags:
    if not is_origin(api, graph):
        return
    types = settled(api.endpoint_types)
    if isinstance(types, Known) and Known("EDGE") not in types.value:
        all_known(*(each for each in types.value if isinstance(each, Unknown)))
        return
    yield flag(
        Absent(types.origin) if isinstance(types, Absent) else types,
        "A CloudFront distribution has this API as its origin, and the API is edge-optimized: each request goes through CloudFront twice.",
    )
