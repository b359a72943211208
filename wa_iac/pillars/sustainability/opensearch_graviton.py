"""# OpenSearch domain does not run on Graviton

## Why

Graviton processors need less energy for the same work, and their instances cost less than Intel ones of the same size. A domain moves to
them while it runs, and its clients do not notice.

## What it checks

The rule reports data nodes of the families M5, C5 and R5 in sizes that the Graviton families M6g, C6g and R6g also have.

## What is left out

Domains with Elasticsearch before 7.9, which does not run on Graviton, and previous generations, which `opensearch-previous-generation`
reports. T3, which has no Graviton sibling, and instances with local disks.

## Non-compliant

```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m5.large.search  # finding: m6g.large.search
        InstanceCount: 2
```

```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r5.xlarge.search" # finding: r6g.xlarge.search
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
        InstanceType: m7g.large.search
        InstanceCount: 2
```

```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "t3.small.search"
    instance_count = 2
  }
}
```

## Not applicable

```yaml
Resources:
  Logs:  # not applicable: before 7.9
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: Elasticsearch_7.4
      ClusterConfig:
        InstanceType: m5.large.search
        InstanceCount: 2
```

```hcl
resource "aws_opensearch_domain" "logs" { # not applicable: before 7.9
  domain_name    = "logs"
  engine_version = "Elasticsearch_6.8"

  cluster_config {
    instance_type  = "m5.large.search"
    instance_count = 2
  }
}
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
- [Understanding cost optimization strategies](https://docs.aws.amazon.com/cost-management/latest/userguide/coh-optimization-strategies.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, rule
from wa_iac.pillars.judgements.generations import has_sibling, judge_graviton, opensearch_nodes

_OLD: Final = "Elasticsearch before 7.9 does not run on Graviton"


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=opensearch_nodes("m6g.large.search"),
)
def check(domain: Domain) -> Flags:
    accept(negate(has_sibling(domain.instance_type, "opensearch")))
    exempt(domain.has_oldest(), _OLD)
    exempt(domain.older_than(7, 9), _OLD)
    yield from judge_graviton(domain.instance_type, "opensearch", opensearch_nodes)
