"""# OpenSearch domain uses instances of a previous generation

## Why

AWS keeps previous generations for domains that have not moved yet. They are slower, cost more for the same work, and lack newer storage
(gp3) and features such as fine-grained access control for T2. A domain changes its instances while it runs.

## What it checks

The rule reports the families of data nodes that AWS lists as previous generations: T2, M3, M4, C4, R3, R4 and I2. If the newer family has no
type of the same size, the finding is advice, since the next larger type may cost more.

## What is left out

Domains with Elasticsearch before 5.1, which does not run on newer families: the older types have version 1.5 without one. T2 with
Elasticsearch before 5.6, which T3 needs. Dedicated masters, which change together with the data nodes.

## Non-compliant

```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m4.large.search  # finding
        InstanceCount: 2
```

```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r4.xlarge.search" # finding
    instance_count = 2
  }
}
```

## Compliant

```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m5.large.search
        InstanceCount: 2
```

```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r6g.xlarge.search"
    instance_count = 2
  }
}
```

## Not applicable

```yaml
Resources:
  Search:  # not applicable: T3 needs Elasticsearch 5.6
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: Elasticsearch_5.5
      ClusterConfig:
        InstanceType: t2.small.search
  Logs:  # not applicable: before 5.1
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: Elasticsearch_2.3
      ClusterConfig:
        InstanceType: m4.large.search
        InstanceCount: 2
```

```hcl
resource "aws_opensearch_domain" "logs" { # not applicable: before 5.1
  domain_name    = "logs"
  engine_version = "Elasticsearch_2.3"

  cluster_config {
    instance_type  = "m4.large.search"
    instance_count = 2
  }
}
```

```yaml
Resources:
  Logs:  # not applicable: before 5.1
    Type: AWS::Elasticsearch::Domain
    Properties:
      ElasticsearchClusterConfig:
        InstanceType: m3.medium.elasticsearch
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Size:
    Type: String
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: !Ref Size  # undecided: parameter "Size" has no default
        InstanceCount: 2
```

```hcl
variable "size" {
  type = string
}

resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = var.size # undecided: var.size has no default
    instance_count = 2
  }
}
```

## Sources

- [Supported instance types in Amazon OpenSearch Service](https://docs.amazonaws.cn/en_us/elasticsearch-service/latest/developerguide/supported-instance-types.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.logic import holds, negate
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.instance_families import successor
from wa_iac.pillars.judgements.generations import judge_previous, opensearch_nodes
from wa_iac.pillars.judgements.opensearch_encryption import needs_later_version

_DISKS: Final = "The new type has no disks of its own: turn on EBS volumes with it."
_OLD: Final = "Elasticsearch before 5.1 does not run on newer families"


@rule(
    practices=["PERF02-BP01", "PERF05-BP06", "COST06-BP02", "SUS05-BP02"],
    severity=Severity.LOW,
    remedy=opensearch_nodes("m5.large.search"),
)
def check(domain: Domain) -> Flags:
    accept(negate(holds(domain.instance_type, lambda size: bool(successor(size, "opensearch")))))
    exempt(domain.has_oldest(), _OLD)
    exempt(domain.older_than(5, 1), _OLD)
    exempt(bool(needs_later_version(domain)), "T3 needs Elasticsearch 5.6 or later")
    has_disks = _has_disks(domain)
    alone = domain.dedicated_masters == Known(False)

    def moved(better: str) -> Remedy:
        nodes = opensearch_nodes(better, alone=alone)
        return replace(nodes, decision=f"{_DISKS} {nodes.decision}") if has_disks else nodes

    yield from judge_previous(domain.instance_type, "opensearch", moved, _DISKS if has_disks else "")


def _has_disks(domain: Domain) -> bool:
    """Whether its documents may be on disks of the nodes, which the new type lacks."""
    kind = domain.instance_type
    return isinstance(kind, Known) and kind.value.startswith(("m3.", "r3.")) and domain.volumes != Known(True)
