"""# CloudFront distribution connects to an origin over HTTP or an outdated TLS version

## Why

With `http-only`, requests and responses cross the internet unencrypted, even if viewers use HTTPS. SSL 3, TLS 1.0 and 1.1 have known
weaknesses.

## What it checks

The rule checks custom origins. It reports `http-only`, and a list of TLS versions that contains `SSLv3`, `TLSv1` or `TLSv1.1`. The
finding is advice where a condition makes another distribution instead, which uses HTTPS, and for the website endpoint of a bucket: what it serves is public, the way is short, and the bucket's own endpoint serves a
site in another way. So is it if the bucket only redirects, and for a distribution in a file of a workshop or a demonstration, by its path or the description of its template. The severity is medium for a list that also contains TLS 1.2: an old version is
then used only with an origin that knows no newer one. It is advice for the own endpoint of a bucket, of an API or of another service of AWS, which
[answers TLS 1.2](https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/).

A bucket's website endpoint supports only HTTP: use the bucket's own endpoint with origin access control. A load balancer first needs a
listener for HTTPS, and a certificate for the name that is the origin's domain ("Require HTTPS for communication between CloudFront and
your custom origin", Amazon CloudFront Developer Guide). No certificate is issued for the load balancer's own name, so that name cannot be
the origin's.

## What is left out

With `match-viewer`, CloudFront uses HTTP for viewers who use HTTP. [cloudfront-viewer-https](cloudfront-viewer-https.md) reports the
cache behaviors that allow this, and its remedy helps here also, so this rule accepts `match-viewer`. An absent list of versions is
accepted.

## Non-compliant

```yaml
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: http-only  # finding: over plain HTTP
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
  Old:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: old
            DomainName: old.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols:
                - TLSv1  # finding: may connect to this origin with TLSv1
                - TLSv1.2
        DefaultCacheBehavior:
          TargetOriginId: old
          ViewerProtocolPolicy: redirect-to-https
  Pictures:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: pictures
            DomainName: pictures.s3.amazonaws.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols:
                - TLSv1  # finding: has no effect
                - TLSv1.2
        DefaultCacheBehavior:
          TargetOriginId: pictures
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only" # finding: over plain HTTP
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "redirect-to-https"
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
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols: [TLSv1.2]
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "redirect-to-https"
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

The result is undecided if `OriginProtocolPolicy` or `origin_protocol_policy` is not known before deployment.

```yaml
Parameters:
  OriginProtocolPolicy:
    Type: String
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: !Ref OriginProtocolPolicy  # undecided: parameter "OriginProtocolPolicy" has no default
              OriginSSLProtocols: [TLSv1.2]
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
variable "origin_protocol_policy" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = var.origin_protocol_policy # undecided: var.origin_protocol_policy has no default
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "redirect-to-https"
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

- [enum OriginProtocolPolicy - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudfront.OriginProtocolPolicy.html), read on 2026-11-29
- [Restrict access to an Amazon S3 origin - Amazon CloudFront](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide//private-content-restricting-access-to-s3.html), read on 2026-11-29
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from wa_iac.aws import elb
from wa_iac.aws.cloudfront import CustomOrigin, Distribution, Origin
from wa_iac.aws.ec2 import Instance
from wa_iac.aws.elbv2 import Listener, LoadBalancer
from wa_iac.aws.vpc import ElasticIp
from wa_iac.core.declared import Declared
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.reasons import Imported, LookedUp, UninstalledModule, UnsetParameter, UnsetVariable
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, flags_of, milder, rule, settled, written
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.admission import admits_port
from wa_iac.knowledge.listeners import groups_of, knows_groups
from wa_iac.knowledge.other_case import choice_of, in_the_other_case
from wa_iac.knowledge.websites import is_endpoint, is_website
from wa_iac.knowledge.workshops import of_a_workshop
from wa_iac.pillars.judgements.redirects import HOLDS_NOTHING, REDIRECT, only_redirects
from wa_iac.pillars.judgements.wording import listed

_OWN_ENDPOINT = Remedy(
    decision="First let the bucket's policy give s3:GetObject to cloudfront.amazonaws.com, for this distribution only (aws:SourceArn). The "
    "bucket's own endpoint knows no index document, no error document and no redirect: write the first page into {root}, the error pages "
    "into {errors}, and let a function of CloudFront add index.html below other folders.",
    cfn="# the bucket's own endpoint, without CustomOriginConfig\nDomainName: !GetAtt <the bucket>.RegionalDomainName\n"
    "OriginAccessControlId: !GetAtt <an origin access control>.Id\nS3OriginConfig: {}",
    tf="# the bucket's own endpoint, without custom_origin_config\ndomain_name              = <the bucket>.bucket_regional_domain_name\n"
    "origin_access_control_id = <an aws_cloudfront_origin_access_control>.id",
)
_NAMES_A_BALANCER = late(r"(?:^|_)(?:[aen]?lb|load_?balancer)(?:_|$)")
_OF_AWS = late(r"\.(?:execute-api|lambda-url|mediapackagev?2?|mediastore)\b[\w.-]*$|\.awsapprunner\.com$")
"""How names of AWS end that answer HTTPS with a certificate of their own."""
_CAMEL = late(r"(?<=[a-z0-9])(?=[A-Z])")
_LET_IN = " (its security groups have to let in CloudFront at port 443 also: no rule here does so far)"
_CLOSED = " Its security groups have to let in CloudFront at port 443 also: no rule here does so far."
_NAMED_BY_AWS = frozenset({*Instance.types(), *ElasticIp.types()})
OLD = ("SSLv3", "TLSv1", "TLSv1.1")


_HTTPS = Recipe(
    cfn={
        "DistributionConfig": {
            "Origins[]": {"CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]}}
        }
    },
    tf={"origin[]": {"custom_origin_config": {"origin_protocol_policy": "https-only", "origin_ssl_protocols": ["TLSv1.2"]}}},
    unsafe_because="an origin that does not support TLS 1.2 can no longer be reached",
)


_VERSIONS = Remedy(
    cfn={"DistributionConfig": {"Origins[]": {"CustomOriginConfig": {"OriginSSLProtocols": ["TLSv1.2"]}}}},
    tf={"origin[]": {"custom_origin_config": {"origin_ssl_protocols": ["TLSv1.2"]}}},
    decision="An origin that does not support TLS 1.2 can no longer be reached. A load balancer or another service of AWS supports it.",
)


def _own_endpoint(distribution: Distribution) -> Remedy:
    """The remedy for the endpoint of a website, in the words of a distribution's language."""
    root, errors = (
        ("DefaultRootObject", "CustomErrorResponses")
        if distribution.as_cloudformation
        else ("default_root_object", "custom_error_response")
    )
    return replace(_OWN_ENDPOINT, decision=_OWN_ENDPOINT.decision.format(root=root, errors=errors))


def _of_servers(distribution: Distribution, graph: Graph) -> Remedy | None:
    """The remedy for servers that CloudFront reaches over plain HTTP: AWS's own name of an instance gets no certificate. If it reaches all
    of them over HTTPS, only the versions change."""
    if not any(custom.protocol == Known("http-only") for origin in distribution.origins for custom in origin.custom):
        of_aws = all(_of_aws(origin) for origin in distribution.origins if origin.custom)
        return replace(_VERSIONS, decision="") if of_aws else _VERSIONS
    needed = dict.fromkeys(
        _first(origin, graph)
        for origin in distribution.origins
        if any(each.protocol == Known("http-only") for each in origin.custom) and not is_website(origin.domain)
        if _balancer(origin.domain, graph) is None
    )
    return replace(Remedy.of_recipe(_HTTPS), decision=f"First {'; '.join(needed)}. Then:") if needed else None


def _first(origin: Origin, graph: Graph) -> str:
    """What an origin needs before CloudFront can reach it over HTTPS."""
    name = f"the origin {origin.id.value}" if isinstance(origin.id, Known) else "the origin"
    if is_endpoint(origin.domain):
        return f"see that the bucket's name has no dot: {name} is an endpoint of S3, which answers HTTPS for names without one"
    if _OF_AWS.search("".join([*pieces_of(origin.domain)][-1:])):
        return f"look at the port of {name}: its name is one of AWS, which answers HTTPS on port 443"
    of_instance = any(each.type in _NAMED_BY_AWS for each in graph.referred(origin.domain))
    whose = "a domain name of yours, and make that name the origin's" if of_instance else "its domain name"
    closed = _LET_IN if any(_keeps_out(each, graph) for each in graph.referred(origin.domain)) else ""
    return f"let {name} answer HTTPS on port 443, with a certificate of a public authority for {whose}{closed}"


class Balancer(NamedTuple):
    """A load balancer that is an origin by its own name, and whether a listener of it accepts HTTPS; also whether its security groups
    let nobody in at port 443, and what its listeners for HTTPS lack."""

    name: str
    secure: Value[bool]
    keeps_out: bool = False
    lacks: str = ""


def _name_first(balancer: Balancer) -> Remedy:
    """The remedy for an origin that cannot speak HTTPS yet, or not by the name of a load balancer."""
    certificate = "with a certificate for a domain name of yours, and make that name the origin's"
    if balancer.secure == Known(True):
        first = f"First make a domain name the origin's that the certificate of {balancer.name} covers, with a record that leads to it"
    elif isinstance(balancer.secure, Unknown):
        first = f"First see to it that {balancer.name} always has a listener for HTTPS, {certificate}"
    else:
        first = f"First give {balancer.name} a listener for HTTPS, {certificate}"
    return replace(
        Remedy.of_recipe(_HTTPS),
        decision=f"{first}: CloudFront compares the certificate with it, and none is issued for the load balancer's own name. "
        "If a behavior passes the header Host on, the certificate may cover that name instead."
        f"{_CLOSED if balancer.keeps_out else ''}{balancer.lacks} Then:",
    )


def _keeps_out(server: Declared, graph: Graph) -> bool:
    """Whether the security groups of a load balancer or an instance, all of which are in this code, let nobody in at the port of HTTPS by
    the rules of this code."""
    if server.type in LoadBalancer.types():
        groups = graph.typed(server, LoadBalancer).security_groups
    elif server.type in elb.LoadBalancer.types():
        groups = graph.typed(server, elb.LoadBalancer).security_groups
    elif server.type in Instance.types():
        groups = graph.typed(server, Instance).security_groups
    else:
        return False
    return admits_port([groups], 443, graph, by_this_code=True) == Known(False)


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV2_AWS_54", "CKV2_AWS_72"],
        "cdk_nag": ["AwsSolutions-CFR5"],
        "config": ["CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED", "CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS"],
        "security_hub": ["CloudFront.9", "CloudFront.10"],
    },
    remedy=replace(Remedy.of_recipe(_HTTPS), given=_of_servers),
    fix=_HTTPS,
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    plain = any(custom.protocol == Known("http-only") for origin in distribution.origins for custom in origin.custom)
    for origin in distribution.origins:
        for custom in origin.custom:
            yield from flags_of(_judge_protocol(custom, origin, distribution, graph))
            if custom.protocol != Known("http-only"):
                # What another origin needs before HTTPS is nothing to do for this one.
                yield from (
                    found._replace(instead=_VERSIONS) if plain else found
                    for found in flags_of(_judge_versions(custom.tls, _of_aws(origin)))
                )


def _judge_protocol(custom: CustomOrigin, origin: Origin, distribution: Distribution, graph: Graph) -> Flags:
    match settled(custom.protocol):
        case Known("http-only") as value if only_redirects(origin.domain, graph):
            yield flag(
                value,
                f"CloudFront connects to this website endpoint over plain HTTP: a redirect can be changed on the way. {HOLDS_NOTHING}",
                severity=Severity.LOW,
                confidence=Confidence.MEDIUM,
                instead=REDIRECT,
            )
        case Known("http-only") as value if is_website(origin.domain):
            yield flag(
                value,
                "CloudFront connects to this website endpoint over plain HTTP, and the endpoint supports nothing else: requests and "
                "responses can be read and changed on the way. The bucket's own endpoint supports HTTPS.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
                instead=_own_endpoint(distribution),
            )
        case Known("http-only") as value:
            balancer = _balancer(origin.domain, graph)
            found = flag(
                value,
                "CloudFront connects to this origin over plain HTTP: requests and responses can be read and changed on the way.",
                instead="" if balancer is None else _name_first(balancer),
            )
            if workshop := of_a_workshop(distribution, graph):
                yield from milder([found], severity=Severity.MEDIUM, confidence=Confidence.LOW, more=workshop)
            elif other := _with_https(distribution, graph):
                words = f"Set {choice_of(distribution)} so that {other} is made, which uses HTTPS: this distribution exists only otherwise. Names of it that are used elsewhere change."
                yield found._replace(severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=words)
            else:
                yield found
        case _:
            pass


def _with_https(distribution: Distribution, graph: Graph) -> str:
    """The distribution that a condition makes instead of this one, and that reaches all its servers over HTTPS; empty if there is none."""
    for other in in_the_other_case(distribution, graph):
        protocols = [custom.protocol for origin in other.origins for custom in origin.custom]
        if protocols and all(each == Known("https-only") for each in protocols):
            return other.declared.name
    return ""


def _is_of_bucket(origin: Origin) -> bool:
    """Whether an origin is a bucket's own endpoint, which accepts HTTPS, unlike that of its website."""
    return (bool(origin.bucket.targets) or is_endpoint(origin.domain)) and not is_website(origin.domain)


def _of_aws(origin: Origin) -> str:
    """What of AWS answers by an origin's name, and accepts TLS 1.2; empty if it is not known."""
    if _is_of_bucket(origin):
        return "S3"
    return "this endpoint of AWS" if _OF_AWS.search("".join([*pieces_of(origin.domain)][-1:])) else ""


def _judge_versions(versions: Value[list[Value[str]]], of_aws: str) -> Flags:
    listed = written(versions).value
    old = [each for each in listed if isinstance(each, Known) and each.value in OLD]
    if old and of_aws and Known("TLSv1.2") in listed:
        yield flag(
            old[0],
            f"{', '.join(each.value for each in old)} in this list has no effect: {of_aws} accepts TLS 1.2, which CloudFront then uses.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
    elif old:
        names = ", ".join(each.value for each in old)
        yield flag(
            old[0],
            f"CloudFront may connect to this origin with {names}: old versions have known weaknesses.",
            severity=Severity.MEDIUM if Known("TLSv1.2") in listed else None,
        )
    else:
        all_known(*listed)


def _balancer(domain: Value[str], graph: Graph) -> Balancer | None:
    """The load balancer whose own name an origin has; also one that is elsewhere, by the name of what gives it."""
    for declared in graph.referred(domain):
        if declared.type in LoadBalancer.types():
            listeners = graph.typed(declared, LoadBalancer).listeners
            answers = [_accepts_https(each) for each in listeners]
            answers += [] if listeners.unknown is None else [listeners.unknown]
            return Balancer(
                f"the load balancer {_called(declared)}",
                any_of(answers, declared.body.origin),
                _keeps_out(declared, graph),
                _lacking(listeners.targets),
            )
        if declared.type in elb.LoadBalancer.types():
            protocols = [_is_secure(each.protocol) for each in graph.typed(declared, elb.LoadBalancer).listeners]
            return Balancer(
                f"the load balancer {_called(declared)}", any_of(protocols, declared.body.origin), _keeps_out(declared, graph)
            )
    return Balancer("the load balancer", Known(False)) if _is_of_balancer(domain) else None


def _called(declared: Declared) -> str:
    return declared.name if declared.dialect == "cloudformation" else declared.address


def _lacking(listeners: Sequence[Listener]) -> str:
    """A sentence on the listeners for HTTPS, if what answers over HTTP is not behind them; empty otherwise."""
    secure = [each for each in listeners if _is_secure(each.protocol) == Known(True)]
    served = {group for each in listeners if each.speaks_http() == Known(True) for group in groups_of(each)}
    if not secure or not served or not all(map(knows_groups, secure)):
        return ""
    missing = served.difference(*map(groups_of, secure))
    if not missing:
        return ""
    return (
        f" So far, {listed([each.address for each in secure])} forwards nothing to {listed(sorted(each.address for each in missing))}: give it the rules of "
        "the listener for HTTP."
    )


def _accepts_https(listener: Listener) -> Value[bool]:
    condition = listener.declared.condition
    return all_of((_is_secure(listener.protocol), Known(True) if condition is None else condition))


def _is_secure(protocol: Value[str]) -> Value[bool]:
    return holds(protocol, lambda name: name.upper() in ("HTTPS", "TLS", "SSL"))


def _is_of_balancer(domain: Value[str]) -> bool:
    """Whether a name is that of a load balancer, as far as it or its source says."""
    if isinstance(domain, Known):
        return domain.value.lower().endswith((".elb.amazonaws.com", ".elb.amazonaws.com.cn"))
    match domain.reason if isinstance(domain, Unknown) else None:
        case UnsetParameter(name=name) | UnsetVariable(name=name) | Imported(name=name) | UninstalledModule(module=name):
            return _NAMES_A_BALANCER.search(re.sub(r"\W", "_", _CAMEL.sub("_", name)).lower()) is not None
        case LookedUp(type=type_):
            return type_.removeprefix("data.") in ("aws_lb", "aws_alb", "aws_elb")
        case _:
            return False
