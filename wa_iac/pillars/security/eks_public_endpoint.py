"""# EKS cluster's API is open to the internet

## Why

Everything in the cluster is controlled by the API server of Kubernetes. If it answers the whole internet, a stolen token or a weakness of
the API server is enough to take over the cluster, from anywhere.

## What it checks

The rule looks at clusters whose endpoint is public, which is AWS's default, and reports those that admit every address: `0.0.0.0/0` or
`::/0` among the ranges, ranges that are all addresses together, or no ranges at all.

## What is left out

Public endpoints that admit only some ranges. Clusters on Outposts.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:  # finding
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config { # finding
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

    endpoint_public_access = true
    public_access_cidrs    = ["0.0.0.0/0"] # finding
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
        EndpointPublicAccess: false
        EndpointPrivateAccess: true
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

    endpoint_public_access = true
    public_access_cidrs    = ["198.51.100.0/24"]
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: Outpost
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      OutpostConfig:
        ControlPlaneInstanceType: m5.large
        OutpostArns: [arn:aws:outposts:eu-west-1:111122223333:outpost/op-0123456789abcdef0]
```

## Undecided

The result is undecided if the ranges are not known before deployment.

```yaml
Parameters:
  Range:
    Type: String
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        PublicAccessCidrs: [!Ref Range]  # undecided: parameter "Range" has no default
```

```hcl
variable "range" {
  type = string
}

resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

    public_access_cidrs = [var.range] # undecided: var.range has no default
  }
}
```

## Sources

- [endpointPublicAccess, VpcConfigRequest](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/eks/aws.sdk.kotlin.services.eks.model/-vpc-config-request/endpoint-public-access.html), read on 2026-11-29
- [create-cluster](https://docs.aws.amazon.com/cli/latest/reference/eks/create-cluster.md), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.eks import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.networks import everybody, is_a_part, narrow
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known, Unknown

_WHOSE = "Name the ranges of those who operate the cluster, and of its build servers; or turn the public endpoint off, and reach it through the VPC."
_INSIDE = (
    "The private endpoint needs DNS support and DNS hostnames of the VPC, whose clients then use it: the cluster's security group has to let them in at "
    "port 443."
)
_CUT_OFF = "Functions and jobs outside of the VPC that call the API, for example to admit nodes, are cut off: move them into the VPC first."


def _to(ranges: list[str], *, inside: bool = False) -> Remedy:
    """The remedy that leaves the endpoint open to some ranges, for a cluster that has a private endpoint already or not."""
    private_cfn, private_tf = ({}, {}) if inside else ({"EndpointPrivateAccess": True}, {"endpoint_private_access": True})
    return Remedy(
        cfn={"ResourcesVpcConfig": {**private_cfn, "PublicAccessCidrs": ranges}},
        tf={"vpc_config": {**private_tf, "public_access_cidrs": ranges}},
        decision=f"{_WHOSE if inside else f'{_WHOSE} {_INSIDE}'} {_CUT_OFF}",
    )


def _keeping(cluster: Cluster, _: Graph) -> Remedy | None:
    """The remedy for a list that has narrow ranges beside everybody's: it keeps them. A private endpoint that is there already stays."""
    ranges = narrow(cluster.public_ranges) or ["<your range>"]
    return _to(ranges, inside=cluster.private_endpoint == Known(True))


@rule(
    practices=["SEC05-BP01", "SEC05-BP02", "SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=replace(_to(["<your range>"]), given=_keeping),
    equivalents={
        "checkov": ["CKV_AWS_38", "CKV_AWS_39"],
        "trivy": ["AVD-AWS-0040", "AVD-AWS-0041"],
        "cdk_nag": ["AwsSolutions-EKS1"],
        "guard": ["EKS_ENDPOINT_NO_PUBLIC_ACCESS"],
        "config": ["EKS_ENDPOINT_NO_PUBLIC_ACCESS"],
        "security_hub": ["EKS.1"],
    },
)
def check(cluster: Cluster) -> Flags:
    if cluster.public_endpoint == Known(False):
        return
    exempt(given(cluster.on_outposts), "its API is on an Outpost")
    if settled(cluster.public_endpoint) == Known(False):
        return
    ranges = settled(cluster.public_ranges)
    listed = ranges.value if isinstance(ranges, Known) else []
    if listed and not everybody(each.value for each in listed if isinstance(each, Known)):
        all_known(*(each for each in listed if isinstance(each, Unknown) and not is_a_part(each)))
        return
    yield flag(
        ranges if isinstance(ranges, Known) else cluster.public_endpoint,
        "The API of this cluster answers every address on the internet: a stolen token or a weakness of Kubernetes can be used from anywhere.",
    )
