"""# EKS cluster does not log what its control plane does

## Why

Without the audit log, nobody can say who read a secret, started a pod or changed a role in the cluster: the control plane is AWS's, and
keeps no logs for you. EKS sends them to CloudWatch if you ask for it.

## What it checks

The rule looks at the log types of each cluster. It reports a cluster without any, which is the default, and, with low severity, one
without the audit log.

## What is left out

The other log types (API server, authenticator, controller manager, scheduler), which are for the search of errors.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  enabled_cluster_log_types = ["api"] # finding

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
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      Logging:
        ClusterLogging:
          EnabledTypes:
            - Type: audit
            - Type: authenticator
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  enabled_cluster_log_types = ["audit", "authenticator"]

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Undecided

The result is undecided if the log types are not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      Logging:
        ClusterLogging:
          EnabledTypes:
            - Type: !Ref Kind  # undecided: parameter "Kind" has no default
```

```hcl
variable "log_types" {
  type = list(string)
}

resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  enabled_cluster_log_types = var.log_types # undecided: var.log_types has no default

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Sources

- [Send control plane logs to CloudWatch Logs - Amazon EKS](https://docs.aws.amazon.com/eks/latest/userguide/api-server-flags.html), read on 2026-11-29
- [CloudWatch logging - Eksctl User Guide](https://docs.aws.amazon.com/eks/latest/eksctl/cloudwatch-cluster-logging.html), read on 2026-11-29
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wa_iac.aws.eks import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Known, Tree, Unknown

_AUDIT: Final = "audit"
_OF_EKS: Final = "/aws/eks/"
_COSTS: Final = "CloudWatch Logs charges for what it takes in"
_DECLARED: Final = (
    f"{_COSTS}: declare the log group /aws/eks/NAME/cluster with a retention period, and let the cluster depend on it."
)


def _beside(cluster: Cluster, graph: Graph) -> Remedy | None:
    """The remedy where the log group for the control plane is here already: a second one of its name would be refused."""
    del cluster
    there = graph.once(_log_group)
    return replace(_LOGGED, decision=f"{_COSTS}: {there} keeps it, and has to be there before.") if there else None


def _log_group(graph: Graph) -> str:
    """A log group of this code for the control plane of a cluster, by its name; empty if there is none."""
    # Imported here, since most clusters have logs.
    from wa_iac.aws.logs import LogGroup

    return next((each.address for each in graph.of(LogGroup) if _OF_EKS in "".join(pieces_of(each.name))), "")


def _with_audit(kept: Sequence[str]) -> Remedy:
    """The audit log beside the types that are written already."""
    types = [*kept, _AUDIT]
    return Remedy(
        cfn={"Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": each} for each in types]}}},
        tf={"enabled_cluster_log_types": types},
        decision="CloudWatch Logs charges for what it takes in, and the audit log is the largest.",
    )


_LOGGED: Final = Remedy(
    cfn={"Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": "audit"}, {"Type": "authenticator"}]}}},
    tf={"enabled_cluster_log_types": ["audit", "authenticator"]},
    decision=_DECLARED,
)


@rule(
    practices=["SEC04-BP01", "OPS04-BP02"],
    severity=Severity.MEDIUM,
    remedy=replace(_LOGGED, given=_beside),
    equivalents={
        "checkov": ["CKV_AWS_37"],
        "trivy": ["AVD-AWS-0038"],
        "cdk_nag": ["AwsSolutions-EKS2"],
        "guard": ["EKS_CLUSTER_LOGGING_ENABLED"],
        "config": ["EKS_CLUSTER_LOGGING_ENABLED", "EKS_CLUSTER_LOG_ENABLED"],
        "security_hub": ["EKS.8"],
    },
)
def check(cluster: Cluster) -> Flags:
    listed: list[Tree] = [each.kind if each.unknown is None else each.unknown for each in cluster.log_blocks]
    if isinstance(cluster.log_types, Known):
        listed += cluster.log_types.value
    if Known(_AUDIT) in listed:
        return
    where = settled(cluster.logging)
    all_known(*(each for each in listed if isinstance(each, Unknown)))
    some = bool(listed)
    kept = [each.value for each in listed if isinstance(each, Known) and isinstance(each.value, str)]
    yield flag(
        where,
        "This cluster keeps no audit log, which would tell later who read a secret or changed a role in it."
        if some
        else "This cluster sends no log of its control plane to CloudWatch: the audit log would tell later who read a secret or changed a role in it.",
        severity=Severity.LOW if some else None,
        instead=_with_audit(kept) if some else "",
    )
