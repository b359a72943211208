"""# Message broker can be reached from the internet

## Why

Anybody can try passwords on a public broker, and a user who is guessed reads and writes all messages. The web console of the broker is on
the internet too.

## What it checks

The rule reports an Amazon MQ broker that is publicly accessible. The severity is medium if it is not known whom its security groups
let in. The finding is advice if they let in no address of the internet.

## What is left out

Private brokers, which is the default in Terraform; in CloudFormation, the property is required.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: CLUSTER_MULTI_AZ
      PubliclyAccessible: true  # finding
```

```hcl
resource "aws_mq_broker" "orders" {
  broker_name         = "orders"
  engine_type         = "RabbitMQ"
  engine_version      = "3.13"
  host_instance_type  = "mq.m5.large"
  deployment_mode     = "CLUSTER_MULTI_AZ"
  publicly_accessible = true # finding
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
```

```hcl
resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  deployment_mode    = "CLUSTER_MULTI_AZ"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Public:
    Type: String
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: CLUSTER_MULTI_AZ
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "public" { # undecided: Fails when var.public is true
  type = bool
}

resource "aws_mq_broker" "orders" {
  broker_name         = "orders"
  engine_type         = "RabbitMQ"
  engine_version      = "3.13"
  host_instance_type  = "mq.m5.large"
  deployment_mode     = "CLUSTER_MULTI_AZ"
  publicly_accessible = var.public
}
```

## Sources

- [AwsAmazonMqBrokerDetails - AWS Security Hub](https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsAmazonMqBrokerDetails.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.mq import Broker
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known

_FIX: Final = Recipe(
    cfn={"PubliclyAccessible": False},
    tf={"publicly_accessible": False},
    unsafe_because="the broker is replaced by an empty one, and clients outside the VPC cannot reach it",
)


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=replace(
        Remedy.of_recipe(_FIX),
        replaces=True,
        decision="The broker is replaced by an empty one: let the consumers finish first, and give it private subnets. Clients outside "
        "of the VPC need another way in, and who finds the broker by its name or its addresses needs the new ones.",
    ),
    equivalents={"checkov": ["CKV_AWS_69"], "trivy": ["AVD-AWS-0072"]},
    fix=_FIX,
)
def check(broker: Broker, graph: Graph) -> Flags:
    public = settled(broker.publicly_accessible)
    if public != Known(True):
        return
    # Imported here, since few brokers are public.
    from wa_iac.knowledge.admission import admits_internet

    named = not isinstance(broker.security_groups.value, Absent)
    admitted = admits_internet([broker.security_groups], graph) if named else Known(True)
    if admitted == Known(False):
        yield flag(
            public,
            "This broker has a public address. Its security groups let in no address of the internet today.",
            severity=Severity.MEDIUM,
            confidence=Confidence.LOW,
        )
        return
    if admitted != Known(True):
        yield flag(
            public,
            "This broker has a public address, and whom its security groups let in is not known here.",
            severity=Severity.MEDIUM,
        )
        return
    yield flag(public, "Anybody on the internet can try passwords on this broker and on its web console.")
