"""# CloudFront distribution does not compress responses

## Why

Brotli or gzip compress pages, scripts and JSON to a quarter of their size. Visitors wait less, and delivery costs less.
CloudFront compresses responses itself if the cache behavior enables it.

## What it checks

The rule looks at the default cache behavior and at those for path patterns. It reports a behavior that could compress and does not:
compression is off by default.

Compression that is explicitly turned off is a decision, since the objects may be compressed already: the finding is then advice. So is one
on a behavior for pictures, films or packages, by its names (`uploads`, `images`, `charts`, `tiles` of maps), if no name and no root object tells of pages, and one for images of operating systems or firmware, which CloudFront does not compress, even then.

## What is left out

The rule checks only cache behaviors that CloudFront can compress: those with the managed policy CachingOptimized, and those
with the legacy cache settings. CloudFront never compresses responses that it does not cache, and other policies may leave the
encoding to the origin. With the legacy settings, a behavior that forwards all headers, or keeps responses for 0 seconds, does not
cache. A path pattern of files that are compressed already (`*.jpg`, `*.mp4`, `*.woff2`) has nothing to gain, nor has one for a single
path that does not end like a text (`latest`), nor one that leads to a bucket that only redirects.

## Non-compliant

```yaml
Resources:
  Delivery:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - { Id: app, DomainName: app.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:
          TargetOriginId: app
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          Compress: false  # finding
```

```hcl
resource "aws_cloudfront_distribution" "delivery" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = "app.example.com"
  }
  default_cache_behavior { # finding
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```

## Compliant

```yaml
Resources:
  Delivery:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - { Id: app, DomainName: app.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:
          TargetOriginId: app
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          Compress: true
        CacheBehaviors:
          - PathPattern: /api/*
            TargetOriginId: app
            ViewerProtocolPolicy: redirect-to-https
            CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad  # CachingDisabled
            Compress: false
```

```hcl
resource "aws_cloudfront_distribution" "delivery" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = "app.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```

## Undecided

The result is undecided if `Compress` or `compress` is not known before deployment.

```yaml
Parameters:
  Compress:
    Type: String
Resources:
  Delivery:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - { Id: app, DomainName: app.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:
          TargetOriginId: app
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          Compress: !Ref Compress  # undecided: parameter "Compress" has no default
```

```hcl
variable "compress" { # undecided: Fails when var.compress is false
  type = bool
}

resource "aws_cloudfront_distribution" "delivery" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = "app.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = var.compress
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```

## Sources

- [Serve compressed files - Amazon CloudFront](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.cloudfront import Behavior, Distribution, Origin
from wa_iac.core.algebra import are_equal
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Severity, flag, milder, rule, settled, unless
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.called import called, words_of
from wa_iac.pillars.judgements.redirects import only_redirects

CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""AWS's managed cache policy: caches by path alone, and keeps a compressed copy of each object."""
_COMPRESSED: Final = late(
    r"(?i)\.(?:jpe?g|jp\?g|png|gif|webp|avif|heic|mp[34]|m4[av]|mov|webm|mkv|avi|ogg|og[av]|aac|flac|woff2?|zip|t?gz|bz2|xz|7z|rar|br|zst"
    r"|jar)$"
)
"""The end of a path pattern whose files are compressed already."""
_MEDIA: Final = late(
    r"\b(?:uploads?|images?|photos?|pictures?|thumbnails?|videos?|media|iiif|audio|music|podcasts?|hls|firmware|helm|charts?|binaries|downloads?|tile(?:s|garden|set|server)?s?)\b"
)
"""Words for what is compressed already."""
_SYSTEMS: Final = late(r"\b(?:os|iso|vm|disk|machine|operating system) images?\b|\bisos?\b|\bfirmwares?\b")
"""Words for what CloudFront never compresses, since it is too large or no text: a page that lists it gains hardly anything."""
_PAGES: Final = late(r"\b(?:webs?|websites?|sites?|pages?|apps?|frontend|spa|api|assets?|static)\b")
_MAY_BE_TEXT: Final = late(
    r"(?i)[*?]|/$|\.(?:x?html?|css|m?js|json|map|xml|rss|atom|txt|csv|tsv|md|svg|ya?ml|wasm|webmanifest|ics|vtt|ttf|otf|eot|php|aspx?|jsp)$"
)
"""A path pattern that matches several paths, or one whose response is a text or the like: "Serving compressed files" (Amazon CloudFront
Developer Guide)."""
_MESSAGE: Final = (
    "This cache behavior does not compress responses: pages, scripts and JSON are sent at about four times the size."
)


@rule(
    practices=["PERF04-BP05", "COST08-BP02"],
    severity=Severity.LOW,
    fix=Recipe(
        cfn={"DistributionConfig": {"DefaultCacheBehavior[]": {"Compress": True}, "CacheBehaviors[]": {"Compress": True}}},
        tf={"default_cache_behavior[]": {"compress": True}, "ordered_cache_behavior[]": {"compress": True}},
        types={
            "aws_cloudfront_multitenant_distribution": {
                "default_cache_behavior[]": {"compress": True},
                "cache_behavior[]": {"compress": True},
            }
        },
    ),
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    for behavior in (*distribution.default_behavior, *distribution.behaviors):
        origins = _origins(distribution, behavior)
        if origins and all(only_redirects(each.domain, graph) for each in origins):
            continue  # a redirect has no body to speak of
        found = _judge(behavior.compress)
        if word := _compressed_already(distribution, behavior):
            found = milder(
                found, confidence=Confidence.LOW, more=f'By the word "{word}", its objects may be compressed already.'
            )
        yield from unless(negate(_could_be_compressed(behavior)), found)


def _judge(compress: Value[bool]) -> Flags:
    if settled(compress) != Known(True):
        chosen = isinstance(compress, Known) and compress.origin.how in ("explicit", "given")
        yield flag(compress, _MESSAGE, confidence=Confidence.LOW if chosen else None)


def _compressed_already(distribution: Distribution, behavior: Behavior) -> str:
    """The word in the names of a distribution, or of where a behavior leads, that says that it serves pictures, films or packages; empty if
    there is none, or if it serves pages too."""
    origins = _origins(distribution, behavior)
    addresses = [each.address for origin in origins for each in origin.domain.origin.references]
    said = " ".join([*called(distribution, distribution.tags), *map(words_of, (*pieces_of(behavior.target), *addresses))])
    if (large := _SYSTEMS.search(said)) is not None:
        return large[0]
    found = _MEDIA.search(said)
    return "" if found is None or _PAGES.search(said) or isinstance(distribution.root_object, Known) else found[0]


def _origins(distribution: Distribution, behavior: Behavior) -> list[Origin]:
    """The origins to which a behavior may lead."""
    return [each for each in distribution.origins if are_equal(each.id, behavior.target) is not False]


def _could_be_compressed(behavior: Behavior) -> Value[bool]:
    """Whether CloudFront would make responses smaller: it caches them, and they are not compressed already."""
    return all_of((_is_cached(behavior), negate(holds(behavior.pattern, _gains_nothing))))


def _gains_nothing(pattern: str) -> bool:
    return _COMPRESSED.search(pattern) is not None or _MAY_BE_TEXT.search(pattern) is None


def _is_cached(behavior: Behavior) -> Value[bool]:
    match behavior.cache_policy:
        case Absent():
            if Known(0) in (behavior.default_ttl, behavior.max_ttl):
                return Known(False)
            return negate(_forwards_all(behavior))
        case Unknown(origin=origin) as policy if origin.references:
            return Known(False, policy.origin)  # a policy of its own, which says itself what it compresses
        case policy:
            return holds(policy, lambda name: name == CACHING_OPTIMIZED)


def _forwards_all(behavior: Behavior) -> Value[bool]:
    """Whether it forwards all headers, and therefore caches nothing: "ForwardedValues" (Amazon CloudFront API Reference)."""
    match behavior.forwarded_headers:
        case Known(listed):
            return any_of(holds(each, lambda name: name == "*") for each in listed)
        case Unknown() as headers:
            return headers
        case Absent():
            return Known(False)
