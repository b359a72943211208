"""# EMR cluster stays alive without work, and nothing ends it

## Why

A cluster that stays alive after its steps costs the same at night and on weekends as under load. A policy for automatic termination ends
it after some idle time, and a new one takes minutes to start.

## What it checks

The rule reports a cluster that stays alive after its steps and has no auto-termination policy. CloudFormation ends a cluster after its
steps by default, Terraform does not.

## What is left out

Clusters that are protected from termination, that have several primary nodes or that run HBase: they are meant to stay. Releases before
5.30 and 6.1, which have no such policy.

## Non-compliant

```yaml
Resources:
  Notebooks:  # finding
    Type: AWS::EMR::Cluster
    Properties:
      Name: notebooks
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        KeepJobFlowAliveWhenNoSteps: true
```

```hcl
resource "aws_emr_cluster" "notebooks" { # finding
  name          = "notebooks"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Compliant

```yaml
Resources:
  Notebooks:
    Type: AWS::EMR::Cluster
    Properties:
      Name: notebooks
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        KeepJobFlowAliveWhenNoSteps: true
      AutoTerminationPolicy:
        IdleTimeout: 3600
```

```hcl
resource "aws_emr_cluster" "notebooks" {
  name          = "notebooks"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  auto_termination_policy {
    idle_timeout = 3600
  }

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Not applicable

```yaml
Resources:
  Tables:  # not applicable: protected from termination
    Type: AWS::EMR::Cluster
    Properties:
      Name: tables
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        KeepJobFlowAliveWhenNoSteps: true
        TerminationProtected: true
```

```hcl
resource "aws_emr_cluster" "old" { # not applicable: no auto-termination
  name          = "old"
  release_label = "emr-5.20.0"
  service_role  = "EMR_DefaultRole"


  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}

resource "aws_emr_cluster" "hbase" { # not applicable: it runs HBase
  name          = "hbase"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"
  applications  = ["HBase"]

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}

resource "aws_emr_cluster" "tables" { # not applicable: several primary nodes
  name          = "tables"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type  = "m5.xlarge"
    instance_count = 3
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Stays:
    Type: String
Resources:
  Notebooks:
    Type: AWS::EMR::Cluster
    Properties:
      Name: notebooks
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances:
        MasterInstanceGroup:
          InstanceCount: 1
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
        KeepJobFlowAliveWhenNoSteps: !Ref Stays  # undecided: parameter "Stays" has no default
```

```hcl
variable "stays" {
  type = bool
}

resource "aws_emr_cluster" "notebooks" { # undecided: Fails when var.stays is true
  name          = "notebooks"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"

  keep_job_flow_alive_when_no_steps = var.stays

  ec2_attributes {
    instance_profile = "EMR_EC2_DefaultRole"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type = "m5.xlarge"
  }
}
```

## Sources

- [API AutoTerminationPolicy](https://docs.aws.amazon.com/zh_cn/emr/latest/APIReference/API_AutoTerminationPolicy.html), read on 2026-11-29
- [PutAutoTerminationPolicy](https://docs.amazonaws.cn/goto/WebAPI/elasticmapreduce-2009-03-31/PutAutoTerminationPolicy), read on 2026-11-29
- [keepJobFlowAliveWhenNoSteps, JobFlowInstancesConfig](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/emr/aws.sdk.kotlin.services.emr.model/-job-flow-instances-config/keep-job-flow-alive-when-no-steps.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.emr import Cluster
from wa_iac.core.logic import holds, is_set
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known

_FIRST: Final = ((5, 30), (6, 1))
"""The first releases with a policy: "PutAutoTerminationPolicy" (Amazon EMR API Reference)."""


@rule(
    practices=["COST04-BP04", "SUS02-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"AutoTerminationPolicy": {"IdleTimeout": 3600}},
        tf={"auto_termination_policy": {"idle_timeout": 3600}},
        decision="The disks of the cluster go with it: keep data in S3, and tables in the Data Catalog.",
    ),
)
def check(cluster: Cluster) -> Flags:
    accept(is_set(cluster.idle_policy))
    if settled(cluster.stays) != Known(True):
        return
    exempt(cluster.protected, "it is protected from termination, so it is meant to stay")
    exempt(holds(cluster.primaries, lambda count: count > 1), "it has several primary nodes, so it is meant to stay")
    exempt(cluster.runs("HBase"), "it runs HBase, so it is meant to stay")
    exempt(cluster.older_than(*_FIRST), "its release has no auto-termination")
    yield flag(
        cluster,
        "This cluster stays alive when it has nothing to do, and nothing here ends it: all of its nodes are paid for day and night.",
    )
