"""# EMR cluster keeps its logs on its own nodes

## Why

The logs of a cluster are on its nodes, and go with them. When a step fails and the cluster ends, nobody can read why any more. With a
place in S3, EMR copies them there every few minutes.

## What it checks

The rule reports a cluster without a place for its logs in S3 (`LogUri`, `log_uri`).

## What is left out

Nothing else. A place cannot be added to a running cluster, so the change replaces the cluster.

## Non-compliant

```yaml
Resources:
  Sessions:  # finding
    Type: AWS::EMR::Cluster
    Properties:
      Name: sessions
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
```

```hcl
resource "aws_emr_cluster" "sessions" { # finding
  name          = "sessions"
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
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
      LogUri: s3://example-logs/emr/
```

```hcl
resource "aws_emr_cluster" "sessions" {
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"
  log_uri       = "s3://example-logs/emr/"

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

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  LogUri:
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
          InstanceType: m5.xlarge
        CoreInstanceGroup:
          InstanceCount: 2
          InstanceType: m5.xlarge
      LogUri: !Ref LogUri  # undecided: parameter "LogUri" has no default
```

```hcl
variable "log_uri" {
  type = string
}

resource "aws_emr_cluster" "sessions" {
  name          = "sessions"
  release_label = "emr-7.5.0"
  service_role  = "EMR_DefaultRole"
  log_uri       = var.log_uri # undecided: var.log_uri has no default

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

- [Security Hub CSPM controls for Amazon EMR](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/emr-controls.md), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.emr import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, expect, rule
from wa_iac.pillars.judgements.replaced_clusters import REPLACED, replaced


def _with_warning(cluster: Cluster, graph: Graph) -> Remedy:
    del graph
    return replace(_WRITTEN, decision=replaced(cluster))


_WRITTEN: Final = Remedy(
    cfn={"LogUri": "s3://<the bucket>/emr/"},
    tf={"log_uri": "s3://<the bucket>/emr/"},
    replaces=True,
    decision=REPLACED,
    given=_with_warning,
)


@rule(
    practices=["OPS08-BP02", "SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=_WRITTEN,
    equivalents={"cdk_nag": ["AwsSolutions-EMR2"]},
)
def check(cluster: Cluster) -> Flags:
    yield from expect(
        negate(given(cluster.log_uri)),
        False,
        "The logs of this cluster are on its nodes only: when it ends, they are gone, with why a step failed.",
        at=cluster.log_uri,
    )
