"""# OpenSearch domain uses an older volume type than gp3

## Why

gp3 volumes cost less per gigabyte than gp2 ones, and include 3,000 IOPS and 125 MiB/s at any size, where gp2 has 3 IOPS per gigabyte. A
domain changes its volumes while it runs.

## What it checks

The rule reports a domain with volumes of the types `gp2` or `standard`.

## What is left out

Instances of previous generations, which do not support gp3. Volumes with provisioned IOPS (`io1`), and a type that is not written.

By default, the rule reports volumes of a known size of 35 GB or more beside which no number of IOPS is written. Everything else is advice: gp3 saves cents on
small volumes, and may refuse a number that was written for another type, as it has at least 3,000 IOPS. The remedy says what to do with the number.
Terraform does not send one of 0.

## Non-compliant

```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m5.large.search
        InstanceCount: 2
      EBSOptions:
        EBSEnabled: true
        VolumeSize: 100
        VolumeType: gp2  # finding
```

```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r6g.large.search"
    instance_count = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = "gp2" # finding
  }
}
```

```hcl
resource "aws_opensearch_domain" "small" {
  domain_name    = "small"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r6g.large.search"
    instance_count = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
    volume_type = "gp2" # finding
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
      EBSOptions:
        EBSEnabled: true
        VolumeSize: 100
        VolumeType: gp3
```

```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r6g.large.search"
    instance_count = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = "gp3"
  }
}
```

## Not applicable

```yaml
Resources:
  Logs:  # not applicable: previous generation
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m4.large.search
        InstanceCount: 2
      EBSOptions:
        EBSEnabled: true
        VolumeSize: 100
        VolumeType: gp2
```

```hcl
resource "aws_opensearch_domain" "logs" { # not applicable: previous generation
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "m4.large.search"
    instance_count = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = "gp2"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Volume:
    Type: String
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      ClusterConfig:
        InstanceType: m5.large.search
        InstanceCount: 2
      EBSOptions:
        EBSEnabled: true
        VolumeSize: 100
        VolumeType: !Ref Volume  # undecided: parameter "Volume" has no default
```

```hcl
variable "volume" {
  type = string
}

resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type  = "r6g.large.search"
    instance_count = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = var.volume # undecided: var.volume has no default
  }
}
```

## Sources

- [EBSOptions - Amazon OpenSearch Service](https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_EBSOptions.html), read on 2026-11-29
- [Supported instance types in Amazon OpenSearch Service](https://docs.amazonaws.cn/en_us/elasticsearch-service/latest/developerguide/supported-instance-types.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.instance_families import successor
from wa_iac.pillars.judgements.old_providers import upgrade_first

_LARGE: Final = 35
"""Gigabytes of a node, from which on the saving is worth a move."""
_LEAST: Final = 3_000
"""IOPS of a gp3 volume ("EBSOptions", Amazon OpenSearch Service API Reference)."""
_LOAD: Final = "the domain may move to new nodes, which takes its time and adds load"
_MOVED: Final = Remedy(
    cfn={"EBSOptions": {"VolumeType": "gp3"}},
    tf={"ebs_options": {"volume_type": "gp3"}},
    decision=f"{_LOAD[0].upper()}{_LOAD[1:]}.",
)
_WITHOUT_IOPS: Final = replace(
    _MOVED,
    removes=("Iops", "iops"),
    decision=f"{_MOVED.decision} A gp3 volume has at least 3,000 IOPS: the number that is written would be refused.",
)
_OTHER_IOPS: Final = replace(
    _MOVED,
    decision=f"{_MOVED.decision} The number of IOPS comes from elsewhere: for gp3, it has to be 3,000 or more, or {{}}.",
)
"""For a number that a variable or a parameter sets, which others may need for io1."""
_SINCE: Final = 4
"""The major version of the provider that takes gp3 volumes for domains."""


@rule(
    practices=["COST06-BP02", "PERF03-BP02"],
    severity=Severity.LOW,
    convention=True,
    fix=Recipe(
        cfn={"EBSOptions": {"VolumeType": "gp3"}},
        tf={"ebs_options": {"volume_type": "gp3"}},
        unsafe_because=_LOAD,
    ),
)
def check(domain: Domain, graph: Graph) -> Flags:
    kind = settled(domain.volume_type)
    if kind not in (Known("gp2"), Known("standard")):
        return
    exempt(
        holds(domain.instance_type, lambda size: bool(successor(size, "opensearch"))),
        "its instances are of a previous generation, which does not support gp3",
    )
    is_large = holds(domain.volume_size, lambda size: size >= _LARGE) == Known(True)
    plain = isinstance(domain.volume_iops, Absent)
    # gp2 has no IOPS of its own, so that any number is accepted there; gp3 has at least 3,000.
    # Terraform sends only a number above 0.
    unsent = domain.dialect == "terraform" and not domain.as_cloudformation
    has_enough = plain or holds(domain.volume_iops, lambda number: number >= _LEAST or (unsent and number == 0)) == Known(True)
    change = _MOVED if has_enough else _for_iops(domain)
    first = upgrade_first(domain, graph, _SINCE, "gp3")
    instead = replace(change, decision=f"{first} {change.decision}") if first else "" if has_enough else change
    yield flag(
        kind,
        "Magnetic volumes are slow and have hardly any IOPS; gp3 volumes take their place."
        if kind == Known("standard")
        else "gp2 volumes cost more per gigabyte than gp3 ones, and have IOPS by their size only.",
        confidence=None if is_large and plain else Confidence.MEDIUM,
        instead=instead,
    )


def _for_iops(domain: Domain) -> Remedy:
    """The remedy for a domain whose IOPS gp3 may refuse."""
    iops = domain.volume_iops
    if isinstance(iops, Known) and not iops.origin.chain:
        return _WITHOUT_IOPS
    nothing = "null" if domain.dialect == "terraform" else "!Ref AWS::NoValue"
    return replace(_OTHER_IOPS, decision=_OTHER_IOPS.decision.format(nothing))
