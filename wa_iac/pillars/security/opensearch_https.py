"""# OpenSearch domain accepts HTTP or old versions of TLS

## Why

A client that uses HTTP sends its password, its requests and all documents in plain text, and receives the answers in plain text too. TLS 1.0
and 1.1 have known weaknesses.

## What it checks

The rule reports a domain that does not require HTTPS, and a written TLS policy that allows TLS 1.0. CloudFormation does not require HTTPS by
default. Terraform does if `domain_endpoint_options` is written, and not without this block.

## What is left out

A domain that requires HTTPS and names no TLS policy gets AWS's, which has long been one that also accepts TLS 1.0: this is advice, with a
low severity. The finding is milder in a VPC, where fewer people can listen, and advice there unless the security groups of the domain are known to let in
HTTP.

## Non-compliant

```yaml
Resources:
  Search:  # finding: accepts HTTP
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
```

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainEndpointOptions:
        EnforceHTTPS: true
        TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07  # finding: TLS 1.0
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  domain_endpoint_options {
    enforce_https = false # finding
  }
}
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  domain_endpoint_options { # finding: names no TLS policy
    enforce_https = true
  }
}
```

```hcl
resource "aws_opensearch_domain" "search" { # finding: let in HTTPS only
  domain_name = "search"

  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f6a7b8"]
    security_group_ids = [aws_security_group.search.id]
  }
}

resource "aws_security_group" "search" {
  description = "Search"

  ingress {
    description = "HTTPS of the application"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainEndpointOptions:
        EnforceHTTPS: true
        TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Https:
    Type: String
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainEndpointOptions:
        TLSSecurityPolicy: Policy-Min-TLS-1-2-2019-07
        EnforceHTTPS: !Ref Https  # undecided: parameter "Https" has no default
```

```hcl
variable "https" { # undecided: Fails when var.https is false
  type = bool
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  domain_endpoint_options {
    enforce_https       = var.https
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}
```

## Sources

- [DomainEndpointOptions - Amazon OpenSearch Service](https://docs.aws.amazon.com/de_de/opensearch-service/latest/APIReference/API_DomainEndpointOptions.md), read on 2026-11-29
- [Amazon OpenSearch controls](https://docs.aws.amazon.com/controltower/latest/controlreference/opensearch-rules.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.admission import admits_port

_OLD: Final = "Policy-Min-TLS-1-0"
_NEW: Final = "Policy-Min-TLS-1-2-2019-07"
_CLIENTS: Final = "Move clients that still use HTTP first: they can no longer connect."
_OLDER_TOO: Final = "Move clients that still use HTTP, or TLS before 1.2, first: they can no longer connect."
_HTTPS: Final = Recipe(
    cfn={"DomainEndpointOptions": {"EnforceHTTPS": True, "TLSSecurityPolicy": _NEW}},
    tf={"domain_endpoint_options": {"enforce_https": True, "tls_security_policy": _NEW}},
    unsafe_because="clients that use HTTP or an old version of TLS can no longer connect",
)
_NEWER_TLS: Final = replace(
    Remedy.of_recipe(_HTTPS), decision="Move clients that still use TLS before 1.2 first: they can no longer connect."
)
"""For a domain that requires HTTPS already."""
_HTTP: Final = 80
_ONLY_HTTPS: Final = Remedy(
    cfn={"DomainEndpointOptions": {"EnforceHTTPS": True}},
    tf={"domain_endpoint_options": {"enforce_https": True}},
    decision=_CLIENTS,
)
"""For a domain that has a newer policy already."""


def _for_its_clients(domain: Domain, graph: Graph) -> Remedy | None:
    """The remedy for a domain that requires HTTPS already."""
    del graph
    return _NEWER_TLS if domain.endpoint and domain.endpoint[0].enforce_https == Known(True) else None


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_83", "CKV_AWS_228"],
        "trivy": ["AVD-AWS-0046", "AVD-AWS-0126"],
        "guard": ["OPENSEARCH_HTTPS_REQUIRED", "ELASTICSEARCH_HTTPS_REQUIRED"],
        "config": ["OPENSEARCH_HTTPS_REQUIRED"],
        "security_hub": ["Opensearch.8", "ES.8"],
    },
    remedy=replace(Remedy.of_recipe(_HTTPS), decision=_OLDER_TOO, given=_for_its_clients),
    fix=_HTTPS,
)
def check(domain: Domain, graph: Graph) -> Flags:
    if isinstance(settled(domain.endpoint_options), Absent) or not domain.endpoint:
        yield from _http(domain, graph, domain.endpoint_options, Absent())
        return
    [endpoint, *_] = domain.endpoint
    if settled(endpoint.enforce_https) != Known(True):
        yield from _http(domain, graph, endpoint.enforce_https, endpoint.tls_policy)
        return
    policy = settled(endpoint.tls_policy)
    if isinstance(policy, Absent):
        yield flag(
            policy,
            "This domain names no TLS policy. The one that AWS then takes may also accept TLS 1.0 and 1.1, which have known weaknesses.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
    elif policy.value.startswith(_OLD):
        yield flag(
            policy,
            f"The policy {policy.value} lets clients use TLS 1.0 and 1.1, which have known weaknesses.",
            severity=Severity.MEDIUM,
        )


def _http(domain: Domain, graph: Graph, where: Value[object], policy: Value[str]) -> Flags:
    keeps = isinstance(policy, Known) and not policy.value.startswith(_OLD)
    placed = domain.in_vpc()
    # Subnets that a parameter brings are not known, but they are named.
    inside = placed == Known(True) or (isinstance(placed, Unknown) and not placed.alternatives)
    admitted = admits_port([domain.security_groups], _HTTP, graph, by_this_code=True) if inside else Known(True)
    if admitted == Known(False):
        yield flag(
            where,
            "This domain also accepts HTTP. Its security groups let in HTTPS only, so that nobody can use HTTP today; one more rule changes that.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
            instead=_ONLY_HTTPS if keeps else "",
        )
        return
    yield flag(
        where,
        "This domain also accepts HTTP: of a client that uses it, anyone who can listen in the VPC reads requests and documents."
        if inside
        else "This domain also accepts HTTP from the internet: of a client that uses it, requests and documents cross it in plain text.",
        severity=Severity.MEDIUM if inside else None,
        confidence=Confidence.LOW if inside and admitted != Known(True) else None,
        instead=_ONLY_HTTPS if keeps else "",
    )
