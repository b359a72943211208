"""# Message broker writes no logs

## Why

When a broker refuses connections, blocks producers or restarts, its own log says why. Without it in CloudWatch, nobody can look: Amazon
MQ gives no access to the broker's disk.

## What it checks

The rule looks at the general log of each broker, which is off by default.

## What is left out

The audit log, which only ActiveMQ has, and which is about changes by administrators.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: CLUSTER_MULTI_AZ
      PubliclyAccessible: false
```

```hcl
resource "aws_mq_broker" "orders" { # finding
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  deployment_mode    = "CLUSTER_MULTI_AZ"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: CLUSTER_MULTI_AZ
      PubliclyAccessible: false
      Logs:
        General: true
```

```hcl
resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  deployment_mode    = "CLUSTER_MULTI_AZ"

  logs {
    general = true
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  General:
    Type: String
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: CLUSTER_MULTI_AZ
      PubliclyAccessible: false
      Logs:
        General: !Ref General  # undecided: parameter "General" has no default
```

```hcl
variable "general" { # undecided: Fails when var.general is false
  type = bool
}

resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  deployment_mode    = "CLUSTER_MULTI_AZ"

  logs {
    general = var.general
  }
}
```

## Sources

- [AWS::AmazonMQ::Broker LogList](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-amazonmq-broker-loglist.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.mq import Broker
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, expect, rule
from wa_iac.core.value import Known

_FIX: Final = Recipe(
    cfn={"Logs": {"General": True}},
    tf={"logs": {"general": True}},
    unsafe_because="the logs begin once the broker has restarted, and they cost",
)


def _for_active_mq(broker: Broker, graph: Graph) -> Remedy | None:
    """ActiveMQ writes as the service, which a policy of CloudWatch Logs has to allow ("Configuring Amazon MQ for ActiveMQ logs", Amazon MQ
    Developer Guide)."""
    del graph
    if holds(broker.engine, lambda name: name.lower() == "activemq") != Known(True):
        return None
    return replace(
        Remedy.of_recipe(_FIX),
        decision="The logs begin once the broker has restarted, and they cost. A resource policy of CloudWatch Logs has to allow mq.amazonaws.com to write "
        "to log groups with the name /aws/amazonmq/*, and anyone who restarts the broker has to be allowed logs:CreateLogGroup.",
    )


@rule(
    practices=["OPS08-BP02", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_48"],
        "trivy": ["AVD-AWS-0071"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), given=_for_active_mq),
    fix=_FIX,
)
def check(broker: Broker) -> Flags:
    yield from expect(
        broker.general_log,
        True,
        "This broker sends no log to CloudWatch: when it refuses connections or blocks producers, CloudWatch does not show why.",
    )
