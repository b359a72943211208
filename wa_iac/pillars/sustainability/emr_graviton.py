"""# EMR cluster does not run on Graviton

## Why

Graviton processors need less energy for the same work, and their instances cost less. Spark, Hive and the other programs of EMR run on
them without a change; only bootstrap actions and libraries with machine code have to be tried.

## What it checks

The rule reports core nodes of Intel and AMD families in sizes that a Graviton family also has.

## What is left out

Clusters with an image of their own, which is made for one kind of processor, and older releases than 5.33 and 6.5. Instance fleets, and
primary nodes, which are few.

## Non-compliant

```yaml
Resources:
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m6g.xlarge
        CoreInstanceGroup:
          InstanceCount: 4
          InstanceType: m5.xlarge  # finding: m6g.xlarge
```

```hcl
resource "aws_emr_cluster" "sessions" {
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m6g.xlarge"
  }

  core_instance_group {
    instance_type  = "r5.2xlarge" # finding: r6g.2xlarge
    instance_count = 4
  }
}
```

## Compliant

```yaml
Resources:
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m6g.xlarge
        CoreInstanceGroup:
          InstanceCount: 4
          InstanceType: m6g.xlarge
```

```hcl
resource "aws_emr_cluster" "sessions" {
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m6g.xlarge"
  }

  core_instance_group {
    instance_type  = "r7g.2xlarge"
    instance_count = 4
  }
}
```

## Not applicable

```yaml
Resources:
  Sessions:  # not applicable: its release
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-5.20.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m6g.xlarge
        CoreInstanceGroup:
          InstanceCount: 4
          InstanceType: m5.xlarge
```

```hcl
resource "aws_emr_cluster" "sessions" { # not applicable: one kind of processor
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"
  custom_ami_id = "ami-0123456789abcdef0"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m6g.xlarge"
  }

  core_instance_group {
    instance_type  = "m5.xlarge"
    instance_count = 4
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
  Sessions:
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m6g.xlarge
        CoreInstanceGroup:
          InstanceCount: 4
          InstanceType: !Ref Size  # undecided: parameter "Size" has no default
```

```hcl
variable "size" {
  type = string
}

resource "aws_emr_cluster" "sessions" {
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m6g.xlarge"
  }

  core_instance_group {
    instance_type  = var.size # undecided: var.size has no default
    instance_count = 4
  }
}
```

## Sources

- [ListSupportedInstanceTypes - Amazon EMR](https://docs.aws.amazon.com/emr/latest/APIReference/API_ListSupportedInstanceTypes.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.emr import Cluster
from wa_iac.core.logic import negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, rule
from wa_iac.knowledge.dated import facts
from wa_iac.pillars.judgements.generations import has_sibling, judge_graviton
from wa_iac.pillars.judgements.replaced_clusters import REPLACED, replaced

_RELEASES: Final = [(major, minor) for major, minor in facts("service_generations")["emr_releases"]]


def _of_type(better: str, first: str = REPLACED) -> Remedy:
    return Remedy(
        cfn={"Instances": {"CoreInstanceGroup": {"InstanceType": better}}},
        tf={"core_instance_group": {"instance_type": better}},
        replaces=True,
        decision=f"{first} Change the primary and task nodes also, and try bootstrap actions first.",
    )


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=_of_type("m6g.xlarge"),
)
def check(cluster: Cluster) -> Flags:
    accept(negate(has_sibling(cluster.core_type, "ec2")))
    exempt(given(cluster.image), "its image is made for one kind of processor")
    exempt(cluster.older_than(*_RELEASES), "its release may not run on Graviton")
    yield from judge_graviton(cluster.core_type, "ec2", lambda better: _of_type(better, replaced(cluster)))
