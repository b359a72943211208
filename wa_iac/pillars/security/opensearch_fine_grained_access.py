"""# OpenSearch domain has no fine-grained access control

## Why

Without fine-grained access control, a domain knows no users: its policy decides about the whole domain, and OpenSearch Dashboards has no sign-in of
its own. If the policy allows everyone, as usual in a VPC, anyone who reaches the domain reads, changes and deletes every index.

## What it checks

The rule reports a domain that does not turn on `AdvancedSecurityOptions` or `advanced_security_options`. It is off by default. The finding is of
medium severity for a domain in a VPC whose policy allows everyone. It is milder where the policy names who may use the domain.

The remedy is a decision: who may use the domain can be said by its policy also. Roles can be mapped only once fine-grained access control is on. A domain that exists therefore has a migration period of 30 days, with anonymous access, which the remedy
names. Terraform's older type `aws_elasticsearch_domain` has no such argument, and replaces the domain by an empty one.

## What is left out

A domain with a public endpoint and a policy that allows everyone is reported by opensearch-policy-public. Elasticsearch before 6.7 has no
fine-grained access control.

## Non-compliant

```yaml
Resources:
  Search:  # finding: in its VPC
    Type: AWS::OpenSearchService::Domain
    Properties:
      VPCOptions:
        SubnetIds:
          - subnet-0a1b2c3d
      AccessPolicies:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: es:*
            Resource: "*"
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  advanced_security_options {
    enabled = false # finding: may use
  }
}
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      AdvancedSecurityOptions:
        Enabled: true
        MasterUserOptions:
          MasterUserARN: arn:aws:iam::111122223333:role/search-admin
      EncryptionAtRestOptions:
        Enabled: true
      NodeToNodeEncryptionOptions:
        Enabled: true
      DomainEndpointOptions:
        EnforceHTTPS: true
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  advanced_security_options {
    enabled = true

    master_user_options {
      master_user_arn = "arn:aws:iam::111122223333:role/search-admin"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Public:  # not applicable: its public policy is reported
    Type: AWS::OpenSearchService::Domain
    Properties:
      AccessPolicies:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: es:*
            Resource: "*"
  Old:  # not applicable: before 6.7 has no fine-grained
    Type: AWS::Elasticsearch::Domain
    Properties:
      ElasticsearchVersion: "6.4"
```

```hcl
resource "aws_elasticsearch_domain" "old" { # not applicable: before 6.7 has no fine-grained
  domain_name           = "old"
  elasticsearch_version = "6.4"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Users:
    Type: String
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      AdvancedSecurityOptions:
        Enabled: !Ref Users  # undecided: parameter "Users" has no default
```

```hcl
variable "users" { # undecided: Fails when var.users is false
  type = bool
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  advanced_security_options {
    enabled = var.users
  }
}
```

## Sources

- [Amazon OpenSearch controls](https://docs.aws.amazon.com/controltower/latest/controlreference/opensearch-rules.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
- [AdvancedSecurityOptionsInput - Amazon OpenSearch Service](https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_AdvancedSecurityOptionsInput.html), read on 2026-11-29
- [aws_elasticsearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elasticsearch_domain), read on 2026-11-29
- [AWS::OpenSearchService::Domain EncryptionAtRestOptions - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-opensearchservice-domain-encryptionatrestoptions.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.own_resources import DOMAIN, INSIDE, OfOwners, owner
from wa_iac.pillars.judgements.open_policy import lets_anyone_in
from wa_iac.pillars.judgements.opensearch_encryption import type_first
from wa_iac.pillars.judgements.wording import listed

_EITHER: Final = (
    "Let the access policy name the roles and users of the clients, which then sign their requests. Or turn on fine-grained access control ({}), which needs "
    "encryption at rest and between nodes, and HTTPS, and cannot be turned off again."
)
_KEPT: Final = "A domain that exists also needs {}: it lets clients in as before for 30 days, while you map each to a role. A new domain refuses it."
_REPLACED: Final = (
    "Terraform replaces an aws_elasticsearch_domain by an empty one for this: take a snapshot first, and restore it there. To keep the domain, "
    "let an aws_opensearch_domain manage it first, which turns this on in place and has anonymous_auth_enabled for the time in which you "
    "map each client to a role."
)


def _first(domain: Domain, graph: Graph) -> Remedy | None:
    """What this domain lacks for it."""
    in_terraform = not domain.as_cloudformation
    settings = {
        "encryption at rest": domain.encrypted_at_rest,
        "encryption between nodes": domain.encrypted_between_nodes,
        "HTTPS for all clients": domain.endpoint[0].enforce_https if domain.endpoint else Known(False),
    }
    lacking = [name for name, on in settings.items() if on == Known(False)]
    words = (
        _EITHER.format("advanced_security_options" if in_terraform else "AdvancedSecurityOptions"),
        f"Here, {listed(lacking)} {'is' if len(lacking) == 1 else 'are'} off: see the needs of turning that on first."
        if lacking
        else "",
        type_first(domain, graph),
        _REPLACED
        if domain.declared.type == "aws_elasticsearch_domain"
        else _KEPT.format("anonymous_auth_enabled = true" if in_terraform else "AnonymousAuthEnabled: true"),
    )
    return Remedy(decision=" ".join(filter(None, words)))


@rule(
    practices=["SEC03-BP02", "SEC02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision=_EITHER.format("AdvancedSecurityOptions, advanced_security_options"),
        given=_first,
    ),
    equivalents={
        "checkov": ["CKV2_AWS_52"],
        "guard": ["OPENSEARCH_ACCESS_CONTROL_ENABLED"],
        "config": ["OPENSEARCH_ACCESS_CONTROL_ENABLED"],
        "security_hub": ["Opensearch.7"],
    },
)
def check(domain: Domain, graph: Graph) -> Flags:
    accept(domain.fine_grained)
    too_old = "Elasticsearch before 6.7 has no fine-grained access control"
    exempt(domain.has_oldest(), too_old)
    exempt(domain.older_than(6, 7), too_old)
    if settled(lets_anyone_in(domain.policy, OfOwners(graph, [owner(domain, DOMAIN, domain.name, INSIDE)]))) != Known(True):
        yield flag(
            domain.fine_grained,
            "This domain knows no users: anyone whom its policy lets in may use all of its indexes.",
            severity=Severity.LOW,
        )
        return
    exempt(settled(domain.in_vpc()) != Known(True), "its public policy is reported")
    yield flag(
        domain.fine_grained,
        "This domain asks for no sign-in and its policy allows everyone: whatever reaches it in its VPC may read, change and delete every index.",
    )
