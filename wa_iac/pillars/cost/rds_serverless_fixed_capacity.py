"""# Aurora Serverless v2 cannot scale

## Why

Aurora Serverless v2 costs more per unit of capacity than an instance of the same size, and saves money where it scales down. Here the minimum is the
maximum: the capacity never changes, and the higher price is paid around the clock.

## What it checks

The rule reports a cluster whose minimum and maximum capacity are the same.

## What is left out

The rule does not judge other ranges: whether a minimum is too high depends on the load. It is in the profile `all`.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      ServerlessV2ScalingConfiguration:
        MinCapacity: 8
        MaxCapacity: 8  # finding: 8
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"

  serverlessv2_scaling_configuration {
    min_capacity = 8
    max_capacity = 8 # finding: 8
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      ServerlessV2ScalingConfiguration:
        MinCapacity: 0.5
        MaxCapacity: 8
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 8
  }
}
```

## Undecided

The result is undecided if the capacity is not known before deployment.

```yaml
Parameters:
  Most:
    Type: Number
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      ServerlessV2ScalingConfiguration:
        MinCapacity: 2
        MaxCapacity: !Ref Most  # undecided: parameter "Most" has no default
```

```hcl
variable "most" {
  type = number
}

resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"

  serverlessv2_scaling_configuration {
    min_capacity = 2
    max_capacity = var.most # undecided: var.most has no default
  }
}
```

## Sources

- [ServerlessV2ScalingConfiguration](https://docs.aws.amazon.com/sdk-for-python/v4/reference/clients/rds/structures/ServerlessV2ScalingConfiguration/), read on 2026-11-29
- [interface ServerlessV2ScalingConfigurationProperty](https://docs.aws.amazon.com/cdk/api/v1/docs/@aws-cdk_aws-rds.CfnDBCluster.ServerlessV2ScalingConfigurationProperty.html), read on 2026-11-29
"""

from wa_iac.aws.rds import Cluster, ServerlessV2
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, each_of, flag, rule, written


@rule(
    practices=["COST06-BP03", "SUS02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Lower the minimum to what the database needs when it is quiet, or use an instance class of that size if the load is even."
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from each_of(cluster.serverless_v2, _fixed)


def _fixed(serverless: ServerlessV2) -> Flags:
    all_known(serverless.unknown)
    least, most = written(serverless.minimum), written(serverless.maximum)
    if least.value == most.value:
        units = f"{most.value:g}"
        yield flag(
            serverless.maximum,
            f"The capacity is always {units} units: it never scales, and costs more than an instance of that size.",
        )
