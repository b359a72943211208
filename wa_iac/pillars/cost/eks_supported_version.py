"""# EKS cluster runs a version of Kubernetes in extended support

## Why

When the standard support of a version ends, fourteen months after its release, the cluster goes into extended support: it then costs
about six times as much. A year later, EKS upgrades it by itself, at a time that you have not chosen, and pods that use removed APIs stop
working.

## What it checks

The rule compares the version of each cluster with the calendar of EKS, on the day of the check. Extended support lasts a year: after that,
a cluster of the version cannot be made, and EKS upgrades those that run it.

## What is left out

A cluster that names no version is made with a current one. A cluster whose upgrade policy is `STANDARD` is upgraded when standard support
ends, and never pays for extended support.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      Version: "1.32"  # finding: charges about six times as much
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.29" # finding: no longer offers Kubernetes 1.29

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      Version: "1.35"
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.35"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: upgrades it when
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      Version: "1.32"
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      UpgradePolicy:
        SupportType: STANDARD
```

## Undecided

The result is undecided if the version is not known before deployment.

```yaml
Parameters:
  Version:
    Type: String
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      Version: !Ref Version  # undecided: parameter "Version" has no default
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
variable "kubernetes" {
  type = string
}

resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = var.kubernetes # undecided: var.kubernetes has no default

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

So it is if Terraform ignores changes of the version: something else may have upgraded the cluster.

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.29" # undecided: Terraform ignores changes

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }

  lifecycle {
    ignore_changes = [version]
  }
}
```

## Sources

- [Understand the Kubernetes version lifecycle on EKS](https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html), read on 2026-11-29
"""

from datetime import date
from typing import Final

from wa_iac.aws.eks import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.reasons import Said
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, exempt, flag, rule, undecided, written
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.knowledge.lambda_runtimes import today
from wa_iac.pillars.judgements.set_by_default import set_by_default

_EXTENDED: Final = 1
"""The years of extended support."""
_WRITE_CURRENT: Final = (
    "For a new cluster, name a version in standard support. For one that exists, name the version to which EKS has upgraded it, and go on from there one "
    "minor version at a time, after a look for APIs that are removed. Upgrade the nodes and add-ons with it."
)
_WITHOUT_AMAZON_LINUX_2: Final = (1, 33)
_OTHER_NODES: Final = "From 1.33 on, EKS has no images with Amazon Linux 2: nodes with those (AL2_x86_64, amazon-linux-2) change to Amazon Linux 2023 before."
_STEP_BY_STEP: Final = (
    "Upgrade one minor version at a time, after a look for APIs that are removed: EKS lists them as upgrade insights. Upgrade the nodes and add-ons with "
    "it."
)


def _set_there(cluster: Cluster, graph: Graph) -> Remedy:
    """The remedy for one cluster, with the place that sets its version."""
    return Remedy(decision=_advice(_STEP_BY_STEP, cluster, graph))


def _advice(words: str, cluster: Cluster, graph: Graph) -> str:
    version = numbers(cluster.version.value) if isinstance(cluster.version, Known) else ()
    nodes = _OTHER_NODES if version and version < _WITHOUT_AMAZON_LINUX_2 else ""
    return " ".join(filter(None, (words, nodes, set_by_default(cluster.version, cluster, graph, "version"))))


@rule(
    practices=["SEC06-BP01", "PERF05-BP06", "SUS06-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(decision=_STEP_BY_STEP, given=_set_there),
    equivalents={
        "checkov": ["CKV_AWS_339"],
        "config": ["EKS_CLUSTER_SUPPORTED_VERSION", "EKS_CLUSTER_OLDEST_SUPPORTED_VERSION"],
        "security_hub": ["EKS.2"],
    },
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    version = written(cluster.version)
    if cluster.ignores("version"):
        why = "Terraform ignores changes of `version`, so the cluster may have another version by now"
        yield undecided(Unknown(Said(why, "look at the version that it runs"), ("ignored", cluster.address), version.origin))
        return
    calendar = facts("eks_versions")
    major = ".".join(map(str, numbers(version.value)[:2]))
    ended = calendar.get(major)
    offered = min(numbers(each) for each in calendar)
    if ended is None:
        if numbers(version.value) and numbers(version.value) < offered:
            yield flag(version, _gone(version.value), instead=_advice(_WRITE_CURRENT, cluster, graph))
        return
    last = date.fromisoformat(ended)
    if last >= today():
        return
    exempt(holds(cluster.support, lambda kind: kind == "STANDARD"), "EKS upgrades it when standard support ends")
    if last.replace(year=last.year + _EXTENDED) < today():
        yield flag(version, _gone(major), instead=_advice(_WRITE_CURRENT, cluster, graph))
        return
    yield flag(
        version,
        f"Standard support of Kubernetes {major} ended on {ended}: EKS charges about six times as much for the cluster's control plane, until it is "
        "upgraded.",
    )


def _gone(version: str) -> str:
    return f"EKS no longer offers Kubernetes {version}: a new cluster cannot be made, and EKS upgrades one that runs it at a time of its own."
