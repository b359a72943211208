"""# MSK cluster sends its broker logs nowhere

## Why

Without broker logs, nobody can find out afterwards why a broker left the cluster, why a consumer was cut off, or who failed to sign in.

## What it checks

The rule reports a cluster that sends its broker logs neither to CloudWatch Logs, nor to S3, nor to Amazon Data Firehose. By default, it sends none.

## What is left out

The rule is in the profile `all`: a team decides once about the logs of its clusters.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      KafkaVersion: 3.9.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets:
          - subnet-0a1
          - subnet-0b2
          - subnet-0c3
        InstanceType: kafka.m7g.large
```

```hcl
resource "aws_msk_cluster" "orders" { # finding
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-0a1"]
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      KafkaVersion: 3.9.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets:
          - subnet-0a1
          - subnet-0b2
          - subnet-0c3
        InstanceType: kafka.m7g.large
      LoggingInfo:
        BrokerLogs:
          CloudWatchLogs:
            Enabled: true
            LogGroup: orders-kafka
```

```hcl
resource "aws_msk_cluster" "orders" {
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-0a1"]
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "orders-kafka"
      }
    }
  }
}
```

## Undecided

The result is undecided if it is not known before deployment whether logs are sent.

```yaml
Parameters:
  Logs:
    Type: String
Resources:
  Orders:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      KafkaVersion: 3.9.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo:
        ClientSubnets:
          - subnet-0a1
          - subnet-0b2
          - subnet-0c3
        InstanceType: kafka.m7g.large
      LoggingInfo:
        BrokerLogs:
          CloudWatchLogs:
            Enabled: !Ref Logs  # undecided: parameter "Logs" has no default
            LogGroup: orders-kafka
```

```hcl
variable "logs" { # undecided: Fails when var.logs is false
  type = bool
}

resource "aws_msk_cluster" "orders" {
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    client_subnets  = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-0a1"]
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = var.logs
        log_group = "orders-kafka"
      }
    }
  }
}
```

## Sources

- [aws_msk_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/msk_cluster), read on 2026-11-29
"""

from wa_iac.aws.msk import Cluster
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule


@rule(
    practices=["OPS08-BP02", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="LoggingInfo:\n  BrokerLogs:\n    CloudWatchLogs:\n      Enabled: true\n      LogGroup: <the name of a log group>",
        tf="logging_info {\n  broker_logs {\n    cloudwatch_logs {\n      enabled   = true\n      log_group = <a log group>.name\n    }\n  }\n}",
    ),
    equivalents={"checkov": ["CKV_AWS_80"], "trivy": ["AVD-AWS-0074"], "cdk_nag": ["AwsSolutions-MSK6"]},
)
def check(cluster: Cluster) -> Flags:
    accept(any_of((cluster.logs_to_cloudwatch, cluster.logs_to_s3, cluster.logs_to_firehose)))
    yield flag(
        cluster.logs_to_cloudwatch,
        "This cluster keeps no broker logs, which would tell why a broker or a client failed.",
    )
