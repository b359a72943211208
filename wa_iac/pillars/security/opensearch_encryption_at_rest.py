"""# OpenSearch domain is not encrypted at rest

## Why

Without encryption at rest, the indexes of this domain, its logs and its automated snapshots are stored unencrypted. The copy of a disk or of a
snapshot shows all documents. Encryption cannot be turned off again, and costs nothing with the key of AWS.

## What it checks

The rule reports a domain of OpenSearch or Elasticsearch that does not set `EncryptionAtRestOptions` or `encrypt_at_rest`, or turns it off. By
default, it is off in CloudFormation and in Terraform.

## What is left out

Elasticsearch before 5.1 cannot encrypt, so the rule does not apply to it. Nor can nodes and dedicated masters of the families T2, M3, R3 and I2: the
remedy then says that their type has to change first. Elasticsearch before 6.7 cannot turn encryption on: there the remedy is an upgrade in place, and no
line of code. The rule does not ask for a customer managed key.

## Non-compliant

```yaml
Resources:
  Search:  # finding
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  encrypt_at_rest {
    enabled = false # finding
  }
}
```

The key beside it comes into effect with the setting. The remedy then says what it has to be.

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name    = "search"
  engine_version = "OpenSearch_2.17"

  encrypt_at_rest {
    enabled    = false # finding
    kms_key_id = "aws/es"
  }
}
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
      EncryptionAtRestOptions:
        Enabled: true
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  encrypt_at_rest {
    enabled = true
  }
}
```

## Not applicable

```yaml
Resources:
  Old:  # not applicable: before 5.1 cannot encrypt
    Type: AWS::Elasticsearch::Domain
    Properties:
      ElasticsearchVersion: "2.3"
```

```hcl
resource "aws_elasticsearch_domain" "old" { # not applicable: before 5.1 cannot encrypt
  domain_name           = "old"
  elasticsearch_version = "2.3"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EncryptionAtRestOptions:
        Enabled: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  encrypt_at_rest {
    enabled = var.encrypted
  }
}
```

## Sources

- [How do I perform an in-place upgrade for my Elasticsearch domain in CloudFormation?](https://repost.aws/knowledge-center/cloudformation-opensearch-upgrade), read on 2026-11-30
- [Supported instance types in Amazon OpenSearch Service](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html), read on 2026-11-29
- [AWS::OpenSearchService::Domain EncryptionAtRestOptions - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-opensearchservice-domain-encryptionatrestoptions.html), read on 2026-11-29
- [Amazon OpenSearch controls](https://docs.aws.amazon.com/controltower/latest/controlreference/opensearch-rules.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent
from wa_iac.pillars.judgements.opensearch_encryption import NEW_ONE, how_to_turn_on, type_first

_FIX: Final = Recipe(
    cfn={"EncryptionAtRestOptions": {"Enabled": True}},
    tf={"encrypt_at_rest": {"enabled": True}},
    unsafe_because="all nodes are replaced, or the whole domain, and it cannot be turned off again",
)
_REPLACED: Final = (
    "CloudFormation deletes the domain and makes a new one if this property changes: take a snapshot first, and restore it there. "
    + NEW_ONE
)


def _with_care(domain: Domain, graph: Graph) -> Remedy:
    """The remedy for the version and the nodes of a domain, and for a setting that CloudFormation cannot change."""
    change = how_to_turn_on(domain, graph, _ENCRYPTED, _NAMES[domain.as_cloudformation])
    if domain.dialect == "cloudformation" and change.cfn and domain.encrypted_at_rest.origin.how != "service default":
        said = (type_first(domain, graph, "cannot encrypt"), _REPLACED, _key(domain))
        return replace(_ENCRYPTED, replaces=True, decision=" ".join(filter(None, said)))
    return replace(change, decision=" ".join(filter(None, (change.decision, _key(domain)))))


def _key(domain: Domain) -> str:
    """What becomes of a key that is written beside the setting."""
    if isinstance(domain.key.value, Absent):
        return ""
    name = "KmsKeyId" if domain.as_cloudformation else "kms_key_id"
    said = f"{name}, which does nothing today, comes into effect with this: it has to be the ID or the ARN of a key"
    return f"{said}, not an alias. Without it, OpenSearch takes AWS's own key for the service."


_ENCRYPTED: Final = Remedy.of_recipe(_FIX)
_NAMES: Final = ("encrypt_at_rest", "EncryptionAtRestOptions")


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    remedy=replace(
        _ENCRYPTED,
        decision="The domain moves to new nodes. Elasticsearch before 6.7 has to be upgraded first.",
        given=_with_care,
    ),
    equivalents={
        "checkov": ["CKV_AWS_5"],
        "trivy": ["AVD-AWS-0048"],
        "cdk_nag": ["AwsSolutions-OS8"],
        "guard": ["OPENSEARCH_ENCRYPTED_AT_REST", "ELASTICSEARCH_ENCRYPTED_AT_REST"],
        "config": ["OPENSEARCH_ENCRYPTED_AT_REST", "ELASTICSEARCH_ENCRYPTED_AT_REST"],
        "security_hub": ["Opensearch.1", "ES.1"],
    },
    fix=_FIX,
)
def check(domain: Domain) -> Flags:
    accept(domain.encrypted_at_rest)
    exempt(domain.older_than(5, 1), "Elasticsearch before 5.1 cannot encrypt its data")
    yield flag(
        domain.encrypted_at_rest,
        "The indexes, logs and automated snapshots of this domain are stored unencrypted: a copy of them shows every document.",
    )
