"""# DMS replication instance has a public IP address

## Why

A replication instance holds connections, with passwords, to the databases that it copies. With a public IP address, its security group is
all that keeps the internet away from it. It can reach databases in other networks through a VPN or a NAT gateway without one.

## What it checks

The rule reports a replication instance with a public IP address. In CloudFormation, that is also the default: AWS gives one unless the
property says otherwise. Terraform's default is false.

## What is left out

Security groups that let in no address of the internet make the finding milder only: one more rule opens them. In subnets without a route to an internet
gateway, or that are private by their name, the address serves nobody: the finding is advice. It is also advice in a file of a workshop or a demonstration, by its
path.

## Non-compliant

```yaml
Resources:
  Move:  # finding
    Type: AWS::DMS::ReplicationInstance
    Properties:
      ReplicationInstanceClass: dms.t3.medium
```

```hcl
resource "aws_dms_replication_instance" "move" {
  replication_instance_id    = "move"
  replication_instance_class = "dms.t3.medium"
  publicly_accessible        = true # finding
}
```

## Compliant

```yaml
Resources:
  Move:
    Type: AWS::DMS::ReplicationInstance
    Properties:
      ReplicationInstanceClass: dms.t3.medium
      PubliclyAccessible: false
```

```hcl
resource "aws_dms_replication_instance" "move" {
  replication_instance_id    = "move"
  replication_instance_class = "dms.t3.medium"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Public:
    Type: String
Resources:
  Move:
    Type: AWS::DMS::ReplicationInstance
    Properties:
      ReplicationInstanceClass: dms.t3.medium
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "public" { # undecided: Fails when var.public is true
  type = bool
}

resource "aws_dms_replication_instance" "move" {
  replication_instance_id    = "move"
  replication_instance_class = "dms.t3.medium"
  publicly_accessible        = var.public
}
```

## Sources

- [publiclyAccessible, AwsDmsReplicationInstanceDetails](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/securityhub/aws.sdk.kotlin.services.securityhub.model/-aws-dms-replication-instance-details/publicly-accessible.html), read on 2026-11-29
- [dms-replication-not-public - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/dms-replication-not-public.md), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.dms import ReplicationInstance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, milder, refuse, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.admission import admits_internet
from wa_iac.knowledge.reachability import private_by_name, way_closed_to
from wa_iac.pillars.judgements.workshops import where_it_lasts

_PRIVATE: Final = "The internet cannot reach it if its subnets are private, as their name says."
_CLOSED: Final = "Its groups let in no address of the internet today."
_FIX: Final = Recipe(
    cfn={"PubliclyAccessible": False},
    tf={"publicly_accessible": False},
    unsafe_because="the replication instance is replaced, and databases on the internet may refuse its new address",
)

_REPLACED: Final = (
    "The instance and its tasks are replaced: stop the tasks first, since the new ones begin again. In a stack, tasks with a fixed identifier need another "
    "one. Databases outside of its VPC then need a private way, or a NAT gateway whose address they let in, and services of AWS, such as S3 as the target, "
    "that gateway or a VPC endpoint."
)


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=replace(Remedy.of_recipe(_FIX), replaces=True, decision=_REPLACED),
    equivalents={
        "checkov": ["CKV_AWS_89"],
        "guard": ["DMS_REPLICATION_NOT_PUBLIC"],
        "config": ["DMS_REPLICATION_NOT_PUBLIC"],
        "cdk_nag": ["DMSReplicationNotPublic"],
        "cfn_nag": ["W91"],
        "security_hub": ["DMS.1"],
    },
    fix=_FIX,
)
def check(instance: ReplicationInstance, graph: Graph) -> Flags:
    yield from where_it_lasts(instance, _judge(instance, graph))


def _judge(instance: ReplicationInstance, graph: Graph) -> Flags:
    found = refuse(
        instance.publicly_accessible,
        True,
        "This replication instance gets a public IP address: only its security group keeps the internet away from the connections to your "
        "databases.",
    )
    if isinstance(way := way_closed_to(instance, graph), Known):
        more = f"The internet cannot reach it today, because {way.value}."
        yield from milder(found, severity=Severity.LOW, confidence=Confidence.MEDIUM, more=more)
        return
    if private_by_name(instance, graph):
        yield from milder(found, severity=Severity.LOW, confidence=Confidence.LOW, more=_PRIVATE)
        return
    closed = admits_internet([instance.security_groups], graph) == Known(False)
    yield from milder(found, severity=Severity.MEDIUM, more=_CLOSED) if closed else found
