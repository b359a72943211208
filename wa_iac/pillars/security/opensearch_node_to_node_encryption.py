"""# OpenSearch domain does not encrypt traffic between its nodes

## Why

The nodes of a domain send each other whole documents: the copies of shards, and the answers to searches. Without node-to-node encryption, these
documents cross the network in plain text. Fine-grained access control needs it too.

## What it checks

The rule reports a domain that does not set `NodeToNodeEncryptionOptions` or `node_to_node_encryption`, or turns it off. By default, it is off. A
domain with a single node sends its documents to other nodes only while a change replaces its node, so its finding is milder.

## What is left out

Elasticsearch before 6.0 has no such encryption, so the rule does not apply to it. From 6.0 to 6.6, only a new domain can have it: there the remedy is an
upgrade in place first, and the finding is advice.

## Non-compliant

```yaml
Resources:
  Search:  # finding
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
      ClusterConfig:
        InstanceCount: 3
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  cluster_config {
    instance_count = 3
  }

  node_to_node_encryption {
    enabled = false # finding
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
      NodeToNodeEncryptionOptions:
        Enabled: true
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  node_to_node_encryption {
    enabled = true
  }
}
```

## Not applicable

```yaml
Resources:
  Old:  # not applicable: before 6.0 cannot encrypt
    Type: AWS::Elasticsearch::Domain
    Properties:
      ElasticsearchVersion: "5.6"
```

```hcl
resource "aws_elasticsearch_domain" "old" { # not applicable: before 6.0 cannot encrypt
  domain_name           = "old"
  elasticsearch_version = "5.6"
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
      NodeToNodeEncryptionOptions:
        Enabled: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  node_to_node_encryption {
    enabled = var.encrypted
  }
}
```

## Sources

- [How do I perform an in-place upgrade for my Elasticsearch domain in CloudFormation?](https://repost.aws/knowledge-center/cloudformation-opensearch-upgrade), read on 2026-11-30
- [Supported instance types in Amazon OpenSearch Service](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html), read on 2026-11-29
- [NodeToNodeEncryptionOptions - Amazon OpenSearch Service](https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_NodeToNodeEncryptionOptions.html), read on 2026-11-29
- [AWSSupportRemediator-EnableOpenSearchNodeToNodeEncryption](https://docs.amazonaws.cn/en_us/systems-manager-automation-runbooks/latest/userguide/automation-awssupportremediator-enableopensearchnodetonodeencryption.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.opensearch_encryption import how_to_turn_on

_FIX: Final = Recipe(
    cfn={"NodeToNodeEncryptionOptions": {"Enabled": True}},
    tf={"node_to_node_encryption": {"enabled": True}},
    unsafe_because="all nodes are replaced, and it cannot be turned off again",
)


_NAMES: Final = ("node_to_node_encryption", "NodeToNodeEncryptionOptions")


def _turned_on(domain: Domain, graph: Graph) -> Remedy:
    return how_to_turn_on(domain, graph, Remedy.of_recipe(_FIX), _NAMES[domain.as_cloudformation])


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=replace(
        Remedy.of_recipe(_FIX),
        decision="The domain moves to new nodes, which may take hours. Elasticsearch before 6.7 has to be upgraded first.",
        given=_turned_on,
    ),
    equivalents={
        "checkov": ["CKV_AWS_6"],
        "trivy": ["AVD-AWS-0043"],
        "cdk_nag": ["AwsSolutions-OS2"],
        "guard": ["OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK", "ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK"],
        "config": ["OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK", "ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK"],
        "security_hub": ["Opensearch.3", "ES.3"],
    },
    fix=_FIX,
)
def check(domain: Domain) -> Flags:
    accept(domain.encrypted_between_nodes)
    exempt(domain.older_than(6, 0), "Elasticsearch before 6.0 cannot encrypt between nodes")
    if domain.nodes == Known(1) and domain.dedicated_masters == Known(False):
        yield flag(
            domain.encrypted_between_nodes,
            "Node-to-node encryption is off. This domain has one node only, so documents cross the network while a change replaces it.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
        return
    yield flag(
        domain.encrypted_between_nodes,
        "The nodes of this domain send each other documents in plain text: what gets into their network can read them.",
        # Nobody upgrades a domain for this alone.
        confidence=Confidence.LOW if domain.older_than(6, 7) == Known(True) else None,
    )
