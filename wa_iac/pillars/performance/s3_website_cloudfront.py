"""# S3 website is not served through CloudFront

## Why

An S3 website endpoint serves only from its bucket's Region, does not support HTTPS, and charges for every byte. CloudFront
serves from more than six hundred locations near the visitors, with TLS and compression, and delivery costs less.

## What it checks

The rule reads each bucket with a website. It reports the bucket if no CloudFront distribution serves the website.

A website is behind CloudFront if the origin of a distribution refers to its bucket or to its website configuration. The origin's host
name may also be that of the bucket, or of its website endpoint (`<bucket>.s3-website-<Region>.amazonaws.com`, or with a dot).

The result is undecided if the bucket, or an address made of its name, is passed to a module or a nested stack that cannot be read.

The finding is advice: nothing in the code tells a website with many visitors from a page for a test, a course or a few people.

## What is left out

A bucket that only redirects or that blocks public access is accepted, and a bucket whose policy only admits a proxy, by a secret in
`aws:UserAgent` or `aws:Referer` or by addresses, or a VPC. A website behind another content delivery network is also accepted. If the distribution
is in another template, suppress the finding at the bucket.

## Non-compliant

```yaml
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration:  # finding
        IndexDocument: index.html
```

```hcl
resource "aws_s3_bucket" "site" {}

resource "aws_s3_bucket_website_configuration" "site" { # finding
  bucket = aws_s3_bucket.site.id
  index_document {
    suffix = "index.html"
  }
}
```

## Compliant

```yaml
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration:
        IndexDocument: index.html
  Delivery:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: site
            DomainName: !Select [2, !Split ["/", !GetAtt Site.WebsiteURL]]
            CustomOriginConfig: { OriginProtocolPolicy: http-only }
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_s3_bucket" "site" {}

resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  redirect_all_requests_to {
    host_name = "www.example.com"
  }
}
```

## Not applicable

```yaml
Resources:
  Files:  # not applicable: it serves no website
    Type: AWS::S3::Bucket
  Private:  # not applicable: it blocks public access
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        RestrictPublicBuckets: true
      WebsiteConfiguration:
        IndexDocument: index.html
  Site:  # not applicable: only admits a proxy
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration:
        IndexDocument: index.html
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Site.Arn}/*
            Condition:
              IpAddress:
                aws:SourceIp: [203.0.113.0/24]
```

```hcl
resource "aws_s3_bucket" "files" {} # not applicable: it serves no website

resource "aws_s3_bucket" "channels" { # not applicable: another content delivery network serves it
  bucket = "example-channels"
}

resource "aws_s3_bucket_website_configuration" "channels" {
  bucket = aws_s3_bucket.channels.id
  index_document {
    suffix = "index.html"
  }
}

resource "fastly_service_vcl" "channels" {
  name = "channels"
  backend {
    name    = "s3"
    address = "example-channels.s3-website-eu-west-1.amazonaws.com"
  }
}
```

## Undecided

The result is undecided if `DomainName` or `domain_name` is not known before deployment.

```yaml
Parameters:
  Origin:
    Type: String
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration:
        IndexDocument: index.html
  Delivery:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: site
            DomainName: !Ref Origin  # undecided: parameter "Origin" has no default
            CustomOriginConfig: { OriginProtocolPolicy: http-only }
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
variable "origin" {
  type = string
}

resource "aws_s3_bucket" "site" {}

resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document {
    suffix = "index.html"
  }
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "site"
    domain_name = var.origin # undecided: var.origin has no default
  }
  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
}
```

## Sources

- [Website endpoints (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AmazonS3/latest/userguide/WebsiteEndpoints.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Condition, Statement, statements
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.secret_headers import secret_header
from wa_iac.knowledge.public_access_blocks import switched_on

_OF_VPC: Final = frozenset({"aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip"})


@rule(
    practices=["PERF04-BP06", "SUS02-BP04", "COST08-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        decision=(
            "Put a CloudFront distribution (AWS::CloudFront::Distribution, aws_cloudfront_distribution) in front of the bucket, and let "
            "clients use only its domain name. Let it read the bucket's own endpoint with an origin access control: the website's endpoint "
            "knows none. The index document then becomes the distribution's default root object, and index documents of folders and "
            "redirects need a CloudFront function. The website's own domain name needs a certificate of ACM in us-east-1 at the distribution, and its DNS "
            "record then points there."
        )
    ),
)
def check(bucket: Bucket, graph: Graph) -> Flags:
    sites = [each for each in bucket.website if each.unknown is not None or not each.redirects()]
    exempt(not sites, "it serves no website")
    closed = switched_on(lambda block: block.restrict_public_buckets, [bucket], graph)
    exempt(closed == Known(True), "it blocks public access, so nobody reaches its website")
    # Imported here, since it needs all of CloudFront, and few buckets serve a website.
    from wa_iac.knowledge.other_networks import served_by_another
    from wa_iac.knowledge.websites import behind_distribution, handed_on

    delivered = behind_distribution(bucket, graph)
    if delivered == Known(True):
        return
    another = served_by_another(bucket, graph)
    exempt(another == Known(True), "another content delivery network serves it")
    listed = [each for document in bucket.policy_documents() for each in statements(document)]
    exempt(
        any(map(_admits_a_proxy, listed)),
        "its policy only admits a proxy in front of it, by a secret header or by its addresses, or the network of a VPC",
    )
    all_known(sites[0].unknown, closed, delivered, another, handed_on(bucket, graph), *(each.unknown for each in listed))
    yield flag(
        sites[0],
        "No CloudFront distribution serves this website: visitors far from the bucket's Region wait for every byte, "
        "and its own address has no HTTPS.",
    )


def _admits_a_proxy(statement: Statement) -> bool:
    """Whether it lets in those who send a secret header, or those who come from some networks."""
    networks = any(_names_network(each) for each in statement.conditions)
    return statement.allows() == Known(True) and (networks or bool(secret_header(statement)))


def _names_network(condition: Condition) -> bool:
    """Whether a condition limits from where a request comes: by its address, or by the VPC or the endpoint that it passes."""
    key = condition.key.lower()
    return (key == "aws:sourceip" and condition.operator == "IpAddress") or key in _OF_VPC
