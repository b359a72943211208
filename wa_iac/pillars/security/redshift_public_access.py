"""# Redshift data warehouse is publicly accessible

## Why

A publicly accessible data warehouse has a public IP address. Then only a security group and a password protect it from the whole internet, and a
mistake in one of them is enough.

## What it checks

The rule reports a cluster and a workgroup of Redshift Serverless that are publicly accessible. The severity is critical if
its security groups are known to let in many addresses of the internet. It is high if they let in none or a few only, if whom they let in is not known, or if
there is only the default group of the VPC, and medium if the subnets have no route to an internet gateway.

The finding is advice if Amazon Data Firehose delivers to it and its security groups let in a few addresses only, or nobody has chosen the public
address: Firehose reaches only a public data warehouse.

## What is left out

Without the setting, clusters made since January 2025 are private. Versions of Terraform's provider before 6.0 make them public by default. The rule
reports that if the lock file, the constraint or an argument of the configuration says that no newer version is in use. Then the severity is
high, and not critical, since nobody has chosen it and the subnets may be private.

## Non-compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      PubliclyAccessible: true  # finding
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  elastic_ip             = "198.51.100.7"
  publicly_accessible    = true # finding
}
```

```hcl
resource "aws_redshiftserverless_workgroup" "sales" {
  namespace_name      = "sales"
  workgroup_name      = "sales"
  publicly_accessible = true # finding
}
```

## Compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      PubliclyAccessible: false
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  publicly_accessible    = false
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Public:
    Type: String
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "public" { # undecided: Fails when var.public is true
  type = bool
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  publicly_accessible    = var.public
}
```

## Sources

- [Security Hub CSPM controls for Amazon Redshift](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/redshift-controls.md), read on 2026-11-29
- [Behavior changes in Amazon Redshift](https://docs.aws.amazon.com/zh_cn/redshift/latest/mgmt/behavior-changes.html), read on 2026-11-29
- [aws_redshift_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.firehose import DeliveryStream
from wa_iac.aws.redshift import Cluster, Workgroup
from wa_iac.aws.vpc import ElasticIp
from wa_iac.core.binding import value_at
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.pillars.judgements.from_outside import cut_off

_PRIVATE: Final = Recipe(
    cfn={"PubliclyAccessible": False},
    tf={"publicly_accessible": False},
    unsafe_because="clients outside of the VPC can no longer connect",
)
_CUT_OFF: Final = (
    "Clients outside of the VPC can no longer connect, and services that come from outside are among them: Amazon Data Firehose, QuickSight without "
    "a VPC connection, and jobs of AWS Glue without a connection."
)
_STREAMS: Final = frozenset(DeliveryStream.types())
_ADDRESS: Final = ("ElasticIp", "elastic_ip")
_PRIVATE_SINCE: Final = 6
"""The major version of Terraform's provider that first makes clusters private."""


_DELIVERED: Final = "{} delivers to it from outside: let it load from S3 in another way first, since Firehose reaches only a public data warehouse."
_UNUSED: Final = "Then delete {} in a deployment of its own: AWS charges for an address that nothing uses."


def _by_firehose(warehouse: Cluster | Workgroup, graph: Graph, found: Flag) -> Flag:
    """A finding, which is advice if Firehose delivers to it: Firehose reaches only a public data warehouse ("Grant Firehose access to an Amazon
    Redshift destination", Amazon Data Firehose Developer Guide)."""
    if not graph.referring(warehouse, _STREAMS):
        return found
    return found._replace(severity=Severity.MEDIUM, confidence=Confidence.LOW)


def _without_address(warehouse: Cluster | Workgroup, graph: Graph) -> Remedy | None:
    """The remedy where Firehose or a program of this code comes to it from outside, and where it has an Elastic IP address, which only a public cluster can have."""
    words = [_CUT_OFF]
    if streams := graph.referring(warehouse, _STREAMS):
        words.append(_DELIVERED.format(streams[0].address))
    words += filter(None, [cut_off(warehouse, graph)])
    given = (each for name in _ADDRESS for each in graph.referred(value_at(warehouse.declared.body, name)))
    words += [_UNUSED.format(each.address) for each in given if each.type in ElasticIp.types()][:1]
    return replace(Remedy.of_recipe(_PRIVATE), decision=" ".join(words), removes=_ADDRESS)


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.CRITICAL,
    equivalents={
        "checkov": ["CKV_AWS_87"],
        "cdk_nag": ["AwsSolutions-RS8"],
        "guard": ["REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK"],
        "config": ["REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK", "REDSHIFT_SERVERLESS_WORKGROUP_NO_PUBLIC_ACCESS"],
        "security_hub": ["Redshift.1", "RedshiftServerless.3"],
    },
    remedy=replace(Remedy.of_recipe(_PRIVATE), decision=_CUT_OFF, given=_without_address),
    fix=_PRIVATE,
)
def check(warehouse: Cluster | Workgroup, graph: Graph) -> Flags:
    public = settled(warehouse.publicly_accessible)
    if isinstance(public, Absent) and _by_provider(warehouse, graph):
        found = flag(
            public,
            "Versions of the provider before 6.0, such as this configuration uses, make a data warehouse public unless it says otherwise.",
            severity=Severity.HIGH,
            confidence=Confidence.MEDIUM,
        )
        yield _by_firehose(warehouse, graph, found)
        return
    if public != Known(True):
        return
    # Imported here, since few warehouses are public.
    from wa_iac.knowledge.admission import admits_internet, only_default_group
    from wa_iac.knowledge.reachability import way_closed_to

    closed = way_closed_to(warehouse, graph)
    admitted = admits_internet([warehouse.security_groups], graph)
    if isinstance(closed, Known):
        yield flag(
            public,
            f"This data warehouse is publicly accessible. The internet cannot reach it today, because {closed.value}.",
            severity=Severity.MEDIUM,
        )
    elif admitted == Known(False):
        yield flag(
            public,
            "This data warehouse has a public IP address: only its security groups keep the internet out; one more rule opens it.",
            severity=Severity.HIGH,
        )
    elif only_default_group([warehouse.security_groups], graph):
        yield flag(
            public,
            "This data warehouse has a public IP address. Its security group is the default one of its VPC, which lets in its own members only, "
            "until somebody changes it.",
            severity=Severity.HIGH,
        )
    elif (many := admits_internet([warehouse.security_groups], graph, narrow=True)) == Known(False):
        found = flag(
            public,
            "This data warehouse has a public IP address. Its security groups let in a few addresses of the internet only; one more rule "
            "opens it.",
            severity=Severity.HIGH,
            explained=Severity.MEDIUM,
        )
        yield _by_firehose(warehouse, graph, found)
    elif many == Known(True):
        yield flag(
            public,
            "This data warehouse has a public IP address: its security group and a password at most keep the internet out.",
        )
    else:
        yield flag(
            public,
            "This data warehouse has a public IP address: a password, and security groups whose rules are not all known here, keep the internet "
            "out.",
            severity=Severity.HIGH,
        )


def _by_provider(warehouse: Cluster | Workgroup, graph: Graph) -> bool:
    """Whether an older version of Terraform's provider makes it public, and the internet has a way to it as far as is known."""
    if not isinstance(warehouse, Cluster) or warehouse.as_cloudformation or warehouse.dialect != "terraform":
        return False
    # Imported here, since most warehouses say whether they are public.
    from wa_iac.knowledge.admission import admits_internet
    from wa_iac.knowledge.provider_versions import newest_major
    from wa_iac.knowledge.reachability import way_closed_to

    if graph.once(newest_major) >= _PRIVATE_SINCE or isinstance(way_closed_to(warehouse, graph), Known):
        return False
    return admits_internet([warehouse.security_groups], graph) != Known(False)
