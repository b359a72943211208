"""# EKS nodes start from images of Amazon Linux 2

## Why

EKS no longer supports or publishes its images with Amazon Linux 2. The nodes of such a group keep the vulnerabilities that have been found
since. There is no such image for Kubernetes 1.33 and newer, so the group also holds up the upgrades of the cluster.

## What it checks

The rule reports a managed node group whose AMI type is one of Amazon Linux 2 (`AL2_x86_64`, `AL2_x86_64_GPU`, `AL2_ARM_64`), from the day on
which EKS ended their support. That day is compared with today's date, or with `SOURCE_DATE_EPOCH` if that is set.

## What is left out

Groups without an AMI type: EKS then chooses one by the cluster's version and the launch template. Groups with an image of their own
(`CUSTOM`), and nodes that are not in a managed node group. If a launch template names the image beside such a type, the result is undecided: EKS
refuses that ("Customize managed nodes with launch templates", Amazon EKS User Guide).

## Non-compliant

```yaml
Resources:
  Workers:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      AmiType: AL2_x86_64  # finding: AL2_x86_64
```

```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "orders"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  ami_type      = "AL2_ARM_64" # finding: AL2_ARM_64

  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}
```

## Compliant

```yaml
Resources:
  Workers:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      AmiType: AL2023_x86_64_STANDARD
  Any:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "orders"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  ami_type      = "BOTTLEROCKET_x86_64"

  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}
```

## Undecided

The result is undecided if the AMI type is not known before deployment.

```yaml
Parameters:
  AmiType:
    Type: String
Resources:
  Workers:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: orders
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      AmiType: !Ref AmiType  # undecided: parameter "AmiType" has no default
```

```hcl
variable "ami_type" {
  type = string
}

resource "aws_eks_node_group" "workers" {
  cluster_name  = "orders"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  ami_type      = var.ami_type # undecided: var.ami_type has no default

  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}
```

## Sources

- [Upgrade from Amazon Linux 2 to Amazon Linux 2023 - Amazon EKS](https://docs.aws.amazon.com/en_us/eks/latest/userguide/al2023.html), read on 2026-11-29
- [Does not work on nodes with Amazon Linux 2023 (kubernetes-sigs/aws-load-balancer-controller)](https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3695), read on 2026-11-30
- [End of support of the images with Amazon Linux 2 (awslabs/amazon-eks-ami)](https://github.com/awslabs/amazon-eks-ami/issues/2545), read on 2026-11-29
"""

from datetime import date
from typing import Final

from wa_iac.aws.eks import NodeGroup
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, flag, rule, undecided, written
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.lambda_runtimes import today
from wa_iac.pillars.judgements.node_groups import deleted_first

_METADATA: Final = "Its pods no longer reach the instance metadata (hop limit 1): give those that do roles of their own, or set the limit in a launch template."
_KNOWN_SINCE: Final = 5
"""The major version of the provider with the types of Amazon Linux 2023."""
_ACCELERATED: Final = "AL2_x86_64_GPU"
_NEURON: Final = "AL2023_x86_64_NEURON"


@rule(
    practices=["SEC06-BP01", "SUS06-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn={"AmiType": "AL2023_x86_64_STANDARD"}, tf={"ami_type": "AL2023_x86_64_STANDARD"}),
)
def check(group: NodeGroup, graph: Graph) -> Flags:
    image = written(group.image_type)
    if (named := _named(group)) is not None:
        yield undecided(named)
        return
    known = facts("eks_node_images").get(image.value)
    if known is None or date.fromisoformat(known["ended"]) > today():
        return
    successor = _NEURON if image.value == _ACCELERATED and _has_neuron(group) else known["successor"]
    yield flag(
        image,
        f"EKS ended the support of images of the type {image.value} on {known['ended']}: the nodes of this group keep the vulnerabilities "
        "found since then.",
        instead=Remedy(
            cfn={"AmiType": successor},
            tf={"ami_type": successor},
            removes=("ReleaseVersion", "release_version"),
            replaces=True,
            decision=" ".join(
                filter(
                    None,
                    (
                        "The group is replaced by another one.",
                        deleted_first(group),
                        _of_template(group),
                        _of_provider(group, graph),
                    ),
                )
            ),
        ),
    )


def _named(group: NodeGroup) -> Unknown | None:
    """Why the type may not be that of the image: the launch template names one, for which EKS takes no other type than CUSTOM."""
    for template in group.template:
        if given(template.image) == Known(True):
            why = Said(
                f"{template.address} names the image of the nodes, for which EKS accepts only the type CUSTOM",
                "look at which image that is, and leave the type out",
            )
            return Unknown(why, ("image of", template.address), template.image.origin)
    return None


def _has_neuron(group: NodeGroup) -> bool:
    """Whether its instances have AWS's own accelerators, which have images of their own."""
    types = group.instance_types.value if isinstance(group.instance_types, Known) else []
    return any(isinstance(each, Known) and each.value.startswith(("inf", "trn")) for each in types)


def _of_provider(group: NodeGroup, graph: Graph) -> str:
    """What a provider needs that is older than these images, of 2024."""
    # Imported here, since most groups have newer images.
    from wa_iac.knowledge.provider_versions import newest_major

    if group.dialect != "terraform" or group.as_cloudformation or graph.once(newest_major) >= _KNOWN_SINCE:
        return ""
    return f"First upgrade the AWS provider to version {_KNOWN_SINCE}: an older one accepts no such type."


def _of_template(group: NodeGroup) -> str:
    """What to do about the user data of its launch template, or about the lack of a template."""
    template = group.template
    if isinstance(template.presence, Absent):
        return _METADATA
    if template.targets and all(isinstance(each.user_data, Absent) for each in template):
        return ""
    known = template.targets and any(isinstance(each.user_data, Known) for each in template)
    return f"{'Its launch template has user data: write' if known else 'If its launch template has user data, write'} that for nodeadm, as a NodeConfig."
