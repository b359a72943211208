"""# OpenSearch domain runs in one Availability Zone

## Why

A domain with a single node stops when this node fails, and everything since the last hourly snapshot is lost if its disk fails too. Without zone
awareness, all nodes may be in one Availability Zone, and stop together with it.

## What it checks

The rule reports a domain with one data node, and a domain with several of them without zone awareness. By default, a domain has one node and no zone
awareness. Two nodes in two zones without dedicated master nodes are a milder finding: if one of them fails, the other may not be able to elect a
master.

If a parameter or a variable chooses between one node and several, the finding names it and is advice.

If the number of nodes comes from the call of a module, the remedy is in words: the block is for other calls also, with other numbers of nodes.

## What is left out

A domain with Multi-AZ with Standby is always in three zones. A single small node (`t2`, `t3`) serves development, by AWS's advice: the finding is then
advice. So is that of a single node that is not for production by its names, its tags or its directory, or is in a file of a workshop, a demonstration, or an
environment for development or tests, by its path, and that of a domain whose names or file say `single_node`.

## Non-compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:  # finding: All 3 nodes
        InstanceType: r7g.large.search
        InstanceCount: 3
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  cluster_config {
    instance_type  = "r7g.large.search"
    instance_count = 1 # finding: single
  }

  node_to_node_encryption {
    enabled = true
  }
}
```

```hcl
resource "aws_opensearch_domain" "single_node" {
  domain_name = "search"

  cluster_config {
    instance_type  = "r7g.large.search"
    instance_count = 1 # finding: probably on purpose
  }

  node_to_node_encryption {
    enabled = true
  }
}
```

An even number of nodes only has to be spread over two zones:

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:
        InstanceType: r7g.large.search
        InstanceCount: 2
        DedicatedMasterEnabled: true
        ZoneAwarenessEnabled: false  # finding: Both nodes
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:
        InstanceType: r7g.large.search
        InstanceCount: 3
        ZoneAwarenessEnabled: true
        ZoneAwarenessConfig:
          AvailabilityZoneCount: 3
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  cluster_config {
    instance_type                 = "r7g.large.search"
    instance_count                = 3
    dedicated_master_enabled      = true
    dedicated_master_count        = 3
    dedicated_master_type         = "m7g.large.search"
    zone_awareness_enabled        = true
    multi_az_with_standby_enabled = true

    zone_awareness_config {
      availability_zone_count = 3
    }
  }
}
```

## Undecided

The result is undecided if the number of nodes is not known before deployment.

```yaml
Parameters:
  Nodes:
    Type: String
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:
        InstanceCount: !Ref Nodes  # undecided: parameter "Nodes" has no default
        ZoneAwarenessEnabled: true
```

```hcl
variable "nodes" {
  type = number
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  cluster_config {
    instance_count         = var.nodes # undecided: var.nodes has no default
    zone_awareness_enabled = true
  }
}
```

## Sources

- [ZoneAwarenessConfig - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_opensearchservice.ZoneAwarenessConfig.md), read on 2026-11-29
- [Amazon OpenSearch controls](https://docs.aws.amazon.com/controltower/latest/controlreference/opensearch-rules.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.opensearch import Domain
from wa_iac.core.fix import Content
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.partial import length
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.purposes import why_not_production
from wa_iac.knowledge.shared_blocks import shares_its_block
from wa_iac.knowledge.workshops import without_need
from wa_iac.pillars.judgements.wording import all_of

_SMALL: Final = late(r"t[23]\.")
_ZONES: Final = 3
_ONE: Final = "The number of nodes has to be a multiple of the number of zones. The domain moves to new nodes, and each index needs a replica. Each node costs as much as the first."


def _chosen(default_of: str) -> str:
    """The remedy for a domain of which the code has a form with several nodes already."""
    return f"Choose the form with several nodes: give {default_of} another value. {_ONE}"


def _for_its_subnets(domain: Domain, graph: Graph) -> Remedy | None:
    """The remedy by the number of nodes that a domain has, and by its subnets, where these are fewer than the zones that it needs; in words where
    a condition chooses the number."""
    if chosen := _or_one_node(domain, graph):
        return chosen
    if domain.nodes == Known(1) and shares_its_block(domain, graph) and (said := _by_its_nodes(domain)):
        return Remedy(decision=f"Let the call pass {_ZONES}. {said}")
    nodes = domain.nodes.value if isinstance(domain.nodes, Known) else 1
    wanted = -(-nodes // _ZONES) * _ZONES
    words = [*_master(domain), _EVEN if wanted == nodes else _ONE]
    if not isinstance(domain.subnets, Absent):
        few = isinstance(domain.subnets, Known) and 0 < length(domain.subnets.value)[1] < _ZONES
        words.append(_FEW if few else _EACH)
    return replace(_three_zones(None if wanted == nodes else wanted), decision=" ".join(words))


def _by_its_nodes(domain: Domain) -> str:
    """The remedy for a block of a module that gets the number of nodes from its callers: one number of zones would not fit them all. Empty if the
    number is written in the block, or the zones are not."""
    given = any(each.argument or each.default_of for each in domain.nodes.origin.chain)
    if not domain.declared.calls or not given or domain.zone_awareness.origin.chain:
        return ""
    own = [] if isinstance(domain.subnets, Absent) else [_OF_ITS]
    return " ".join((_FOLLOWS, _EVEN, *own, *_master(domain)))


def _master(domain: Domain) -> list[str]:
    """What to say of two nodes that elect the master among themselves."""
    if not _elect_alone(domain):
        return []
    return ["Two nodes without dedicated master nodes cannot elect a master when one fails: better have three, in three zones."]


def _elect_alone(domain: Domain) -> bool:
    """Whether a domain has two nodes, which elect the master among themselves."""
    return domain.nodes == Known(2) and domain.dedicated_masters == Known(False)


def _spread(domain: Domain) -> Remedy:
    """The remedy for an even number of nodes: two zones need no more of them."""
    words = [_EVEN, *_subnets(domain)]
    on: Content = {"ZoneAwarenessEnabled": True, "ZoneAwarenessConfig": {"AvailabilityZoneCount": 2}}
    return Remedy(
        cfn={"ClusterConfig": on},
        of={"AWS::Elasticsearch::Domain": {"ElasticsearchClusterConfig": on}},
        tf={"cluster_config": {"zone_awareness_enabled": True, "zone_awareness_config": {"availability_zone_count": 2}}},
        decision=" ".join(words),
        given=_or_one_node,
    )


def _or_one_node(domain: Domain, graph: Graph) -> Remedy | None:
    """In words where a condition chooses between one node, which has no zones to be in, and several."""
    del graph
    numbers = domain.nodes.alternatives if isinstance(domain.nodes, Unknown) else ()
    if all(each.value != Known(1) for each in numbers):
        return None
    chosen = (
        "The number of nodes depends on a condition or a key, which chooses between one node and several: let it choose zone awareness too, for the several, "
        "in three zones for a multiple of 3, or in two for another even number. See that one node is meant only where the data may be gone for hours."
    )
    own = [] if isinstance(domain.subnets, Absent) else [_OF_ITS]
    return Remedy(decision=" ".join((chosen, _EVEN, *own)))


def _subnets(domain: Domain) -> list[str]:
    """What a domain in a VPC needs for two zones."""
    return [] if isinstance(domain.subnets, Absent) else ["It needs a subnet in each of two zones."]


_FOLLOWS: Final = (
    "The number of nodes comes from the call of the module, and other calls may give another one: let this block, which is for all of them, choose by that "
    "number. A multiple of 3 gets zone awareness in three zones, another even number in two, and a single node none. Other numbers fit no zones: take a "
    "multiple of 3 there."
)
_OF_ITS: Final = "It needs a subnet in each of its zones."
_EACH: Final = "It needs a subnet in each zone."
_FEW: Final = "Its subnets are not in three zones yet: add one for each of the others."
_EVEN: Final = "The domain moves to new nodes, and each index needs a replica."


def _three_zones(nodes: int | None = None) -> Remedy:
    """The remedy that spreads a domain over three zones, with another number of nodes if that is needed."""
    number: Content = {} if nodes is None else {"InstanceCount": nodes}
    on: Content = {**number, "ZoneAwarenessEnabled": True, "ZoneAwarenessConfig": {"AvailabilityZoneCount": _ZONES}}
    own: Content = {} if nodes is None else {"instance_count": nodes}
    return Remedy(
        cfn={"ClusterConfig": on},
        of={"AWS::Elasticsearch::Domain": {"ElasticsearchClusterConfig": on}},
        tf={
            "cluster_config": {
                **own,
                "zone_awareness_enabled": True,
                "zone_awareness_config": {"availability_zone_count": _ZONES},
            }
        },
    )


_REMEDY: Final = replace(
    _three_zones(_ZONES), decision=f"{_ONE} In a VPC, it needs a subnet in each zone:", given=_for_its_subnets
)


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    remedy=_REMEDY,
    equivalents={
        "cdk_nag": ["AwsSolutions-OS7"],
        "guard": ["OPENSEARCH_DATA_NODE_FAULT_TOLERANCE", "ELASTICSEARCH_DATA_NODE_FAULT_TOLERANCE"],
        "config": ["OPENSEARCH_DATA_NODE_FAULT_TOLERANCE"],
        "security_hub": ["Opensearch.6", "ES.6"],
    },
)
def check(domain: Domain) -> Flags:
    accept(domain.standby == Known(True))
    nodes = settled(domain.nodes)
    if not isinstance(nodes, Known):
        return
    if nodes.value == 1:
        small = holds(domain.instance_type, lambda kind: _SMALL.match(kind) is not None) == Known(True)
        why = without_need(domain) or why_not_production(domain, domain.tags)
        down = (
            "when it fails, the domain is down, and what is newer than the last snapshot has to be indexed again, or is lost."
        )
        found = flag(
            nodes,
            f"This domain has a single node: {down} {why}".rstrip(),
            confidence=Confidence.LOW if small or why else None,
        )
        chosen = any(step.chooses for step in nodes.origin.chain) or nodes.origin.switch is not None
        switch = nodes.origin.default_step if chosen else None
        yield found if switch is None else found._replace(switch=switch, instead=_chosen(switch.default_of))
    elif settled(domain.zone_awareness) != Known(True):
        chosen_outside = _by_its_nodes(domain)
        others = (nodes.value % 2 == 1 and nodes.value % _ZONES > 0) or _elect_alone(domain)
        # Where the number of nodes has to change too, the place that sets it is the one to go to.
        at_number = others and not chosen_outside and not domain.zone_awareness.origin.chain
        yield flag(
            nodes if at_number else domain.zone_awareness,
            f"{all_of(nodes.value)} nodes of this domain may be in one Availability Zone: when it fails, the domain is down.",
            instead=chosen_outside or ("" if others or nodes.value % 2 else _spread(domain)),
        )
    elif nodes.value == 2 and domain.dedicated_masters == Known(False):
        yield flag(
            nodes,
            "This domain has two nodes and no dedicated master nodes: when one of them fails, the other may not be able to elect a master.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
