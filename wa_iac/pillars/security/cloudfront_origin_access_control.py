"""# CloudFront distribution reads an S3 bucket without origin access control

## Why

Without origin access control, CloudFront requests objects anonymously, so the bucket has to be public. Anyone can then bypass
CloudFront, its firewall, its logs and its signed URLs. With origin access control, the bucket policy can allow this
distribution alone.

## What it checks

The rule checks the origins of a distribution that are S3 buckets, by their domain name, by an S3 origin configuration, or by a reference
to a bucket. It reports an origin with neither an origin access control nor an origin access identity.
For a bucket that holds pages for errors or for maintenance, by its name, the finding is advice.

The severity is medium: what everybody may read in the bucket, `s3-policy-public` and the rules on ACLs say. If the bucket's public access block certainly refuses
anonymous requests, nothing is open, but CloudFront gets no object either, and the finding says so. For a bucket that nothing here opens, with a policy, an
ACL or settings of public access, it is advice: a new bucket is closed, and the code does not show what opens it.

## What is left out

If another content delivery network in the same configuration also reads the bucket, origin access control alone closes nothing: the
finding is then advice. So it is if a parameter or a variable gives the origin access control, and is empty by default. The older origin access identity is accepted. A bucket's website endpoint is a web server and cannot be restricted this way: use the
bucket's own endpoint (`RegionalDomainName`) instead. The rule therefore does not report a custom origin.

## Non-compliant

```yaml
Resources:
  Assets:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: assets  # finding
            DomainName: !GetAtt Assets.RegionalDomainName
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: assets
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_s3_bucket" "assets" {}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin { # finding
    origin_id   = "assets"
    domain_name = aws_s3_bucket.assets.bucket_regional_domain_name
  }
  default_cache_behavior {
    target_origin_id       = "assets"
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

## Compliant

```yaml
Resources:
  Assets:
    Type: AWS::S3::Bucket
  Access:
    Type: AWS::CloudFront::OriginAccessControl
    Properties:
      OriginAccessControlConfig:
        Name: assets
        OriginAccessControlOriginType: s3
        SigningBehavior: always
        SigningProtocol: sigv4
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: assets
            DomainName: !GetAtt Assets.RegionalDomainName
            OriginAccessControlId: !GetAtt Access.Id
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: assets
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_s3_bucket" "assets" {}

resource "aws_cloudfront_origin_access_control" "assets" {
  name                              = "assets"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id                = "assets"
    domain_name              = aws_s3_bucket.assets.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.assets.id
  }
  default_cache_behavior {
    target_origin_id       = "assets"
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

## Undecided

The result is undecided if `OriginAccessControlId` or `origin_access_control_id` is not known before deployment.

```yaml
Parameters:
  OriginAccessControlId:
    Type: String
Resources:
  Assets:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: assets
            DomainName: !GetAtt Assets.RegionalDomainName
            OriginAccessControlId: !Ref OriginAccessControlId  # undecided: parameter "OriginAccessControlId" has no default
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: assets
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
variable "origin_access_control_id" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id                = "assets"
    domain_name              = aws_s3_bucket.assets.bucket_regional_domain_name
    origin_access_control_id = var.origin_access_control_id # undecided: var.origin_access_control_id has no default
  }
  default_cache_behavior {
    target_origin_id       = "assets"
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

## Sources

- [PublicAccessBlockConfiguration - Amazon S3](https://docs.aws.amazon.com/goto/WebAPI/s3-2006-03-01/PublicAccessBlockConfiguration), read on 2026-11-30
- [Restrict access to an Amazon S3 origin - Amazon CloudFront](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide//private-content-restricting-access-to-s3.html), read on 2026-11-29
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wa_iac.aws.cloudfront import Distribution, Origin
from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, accept, all_known, each_of, flag, milder, rule
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.called import called
from wa_iac.knowledge.other_networks import served_by_another
from wa_iac.knowledge.public_access_blocks import Switch, switched_on

_BUCKET = late(r"(^|\.)s3[.-](?!website)[a-z0-9.-]{0,100}amazonaws\.com(\.cn)?$")


_CLOSED = "CloudFront reads this bucket anonymously, and its public access block refuses that: visitors get an error instead of the objects."
_UNOPENED = (
    "CloudFront reads this bucket anonymously, and nothing here opens it: visitors get an error instead of the objects, unless it is opened elsewhere for "
    "everybody."
)
_PAGES: Final = late(r"\b(?:errors?|maintenance|sorry)\b")
"""What buckets are called that hold the pages for visitors whom the site itself cannot serve."""
_SHOWN: Final = "By its name, the bucket holds only pages for errors, which every visitor may see."
_OF_BOTH = Remedy(
    decision="If the objects are for everyone, suppress this with that as the reason. If not, let the other network sign its requests to S3 "
    "first, give CloudFront an origin access control, and then close the bucket."
)


_GRANT = "the bucket's policy give s3:GetObject to cloudfront.amazonaws.com, for this distribution only (aws:SourceArn)"
_KEY = "If a KMS key encrypts the objects, its policy has to allow that too (kms:Decrypt)."
_THEN = "When that works, remove public access from the bucket; anyone who reads it without CloudFront is then refused."
_IN_PLACE = (
    "in place of the statement for everyone and in one change: S3 refuses a policy that keeps that one while it blocks public policies (BlockPublicPolicy, "
    "block_public_policy)."
)
_MISSING = "A missing object then gives the status 403 instead of 404, unless the policy also gives s3:ListBucket."
_REMEDY = Remedy(
    decision=f"First let {_GRANT}. {_KEY} {_THEN} {_MISSING}",
    cfn="OriginAccessControlId: !GetAtt <an origin access control>.Id",
    tf="origin_access_control_id = <an aws_cloudfront_origin_access_control>.id",
)


@rule(
    practices=["SEC03-BP07", "SEC08-BP04", "SEC05-BP02"],
    severity=Severity.MEDIUM,
    remedy=_REMEDY,
    equivalents={
        "checkov": ["CKV2_AWS_46"],
        "cdk_nag": ["AwsSolutions-CFR6", "AwsSolutions-CFR7", "AwsSolutions-S5"],
        "guard": ["CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED"],
        "config": ["CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED", "CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED"],
    },
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    yield from each_of(distribution.origins, lambda origin: _judge(origin, graph))


def _judge(origin: Origin, graph: Graph) -> Flags:
    all_known(origin.unknown)
    if _is_bucket(origin):
        accept(any_of(map(_is_given, (origin.access_control, *(each.identity for each in origin.s3)))))
        # A name that is written and empty is the place: the default of a parameter may decide it.
        where = origin if isinstance(origin.access_control, Absent) else origin.access_control
        found = flag(
            where, "CloudFront reads this bucket anonymously, so the bucket has to let in requests without an identity."
        )
        if any(served_by_another(each, graph) == Known(True) for each in origin.bucket.targets):
            more = (
                "Another content delivery network reads it too, without signing in: origin access control alone closes nothing."
            )
            yield from milder([found], confidence=Confidence.LOW, more=more, instead=_OF_BOTH)
        elif any(_PAGES.search(name) for each in origin.bucket.targets for name in called(each, Absent())):
            yield from milder([found], confidence=Confidence.LOW, more=_SHOWN)
        elif origin.access_control.origin.default_step is not None:
            # There is a place for it, and only those who deploy have it to give.
            yield found._replace(confidence=Confidence.LOW)
        else:
            yield _of_its_bucket(found, origin, graph)
    elif not origin.custom and not origin.s3 and not origin.bucket.targets:
        accept(any_of(map(_is_given, (origin.access_control, *(each.identity for each in origin.s3)))))
        all_known(origin.domain)


def _of_its_bucket(found: Flag, origin: Origin, graph: Graph) -> Flag:
    """The fault of an origin, with what its bucket refuses already: anonymous requests, or a policy that is public."""
    buckets = origin.bucket.targets if origin.bucket.unknown is None and not origin.bucket.external else ()
    if not buckets:
        return found
    if all(_is_unopened(each, graph) for each in buckets):
        said = (f"Let {_GRANT}.", _KEY, _MISSING)
        return found._replace(instead=replace(_REMEDY, decision=" ".join(said)), message=_UNOPENED, confidence=Confidence.LOW)
    allowed = [
        each
        for bucket in buckets
        for document in bucket.policy_documents()
        for each in statements(document)
        if Known(False) not in (each.allows(), each.names_anyone())
    ]
    # A condition may let in the addresses of CloudFront: S3 does not count such a statement as public.
    plain = [each for each in allowed if each.unknown is None and each.conditions_unknown is None and not each.conditions]
    switches = (lambda block: block.restrict_public_buckets, lambda block: block.ignore_public_acls)
    closed = len(plain) == len(allowed) and all(_is_on(each, buckets, graph) for each in switches)
    for_everyone = any(each.allows() == Known(True) and each.names_anyone() == Known(True) for each in plain)
    replaced = for_everyone and _is_on(lambda block: block.block_public_policy, buckets, graph)
    if not closed and not replaced:
        return found
    grant = f"Let {_GRANT}, {_IN_PLACE}" if replaced else f"Let {_GRANT}."
    said = (grant, _KEY, *(() if closed else ("Anyone who reads it without CloudFront is then refused.",)), _MISSING)
    found = found._replace(instead=replace(_REMEDY, decision=" ".join(said)))
    return found._replace(message=_CLOSED) if closed else found


def _is_unopened(bucket: Bucket, graph: Graph) -> bool:
    """Whether nothing that is written opens a bucket: it has no policy, no ACL and no settings of public access. A new one is closed."""
    plain = isinstance(bucket.acl, Absent) or bucket.acl == Known("private")
    silent = isinstance(bucket.policy, Absent) and not bucket.policies.targets and not bucket.policies.elsewhere
    if not (plain and silent and not bucket.grants and not bucket.public_access_block and not bucket.website):
        return False
    # Imported here, since it needs all of IAM, and most origins have access control.
    from wa_iac.knowledge.public_by_acl import public_by_acl

    return public_by_acl(bucket, graph) is None


def _is_on(switch: Switch, buckets: Sequence[Bucket], graph: Graph) -> bool:
    return all(switched_on(switch, [each], graph) == Known(True) for each in buckets)


def _is_bucket(origin: Origin) -> bool:
    """Whether it is a bucket's own endpoint, for certain."""
    if origin.custom or origin.s3:
        return not origin.custom
    if isinstance(origin.domain, Known):
        return _BUCKET.search(origin.domain.value) is not None
    return bool(origin.bucket.targets)


def _is_given(value: Value[str]) -> Value[bool]:
    if isinstance(value, Known) and value.value.strip() in ("", "origin-access-identity/cloudfront/"):
        return Known(False)
    return given(value)
