r"""# EC2 instance or ECS task runs a self-managed message broker

## Why

Messages on a broker that runs on one instance are lost with its disk, and wait while it restarts. SQS, SNS and Kinesis keep
messages in several Availability Zones and need no instance. Amazon MQ and MSK run RabbitMQ, ActiveMQ and Kafka if you need
their protocols.

## What it checks

The rule searches user data, `cfn-init` and ECS containers for a server package, an image that runs, or a broker that is started.

## What is left out

Clients are accepted. ZooKeeper is a coordinator and no broker: it counts only as a part of Kafka (`zookeeper-server-start`).

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:  # finding
        Fn::Base64: |
          #!/bin/bash
          curl -sO https://archive.apache.org/dist/kafka/3.6.1/kafka_2.13-3.6.1.tgz
          kafka/bin/kafka-server-start.sh -daemon kafka/config/server.properties
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = "#cloud-config\npackages:\n  - nginx\n  - rabbitmq-server" # finding
}
```

## Compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:
        Fn::Base64: |
          #!/bin/bash
          curl -sO https://archive.apache.org/dist/kafka/3.6.1/kafka_2.13-3.6.1.tgz
          kafka/bin/kafka-topics.sh --list --bootstrap-server broker.example.com:9098
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = <<-EOT
    #cloud-config
    packages:
      - mosquitto-clients
  EOT
}
```

## Undecided

The result is undecided if `UserData` or `user_data` is not known before deployment.

```yaml
Parameters:
  Script:
    Type: String
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData: !Base64 { Ref: Script }  # undecided: parameter "Script" has no default
```

```hcl
variable "script" {
  type = string
}

resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"
  user_data     = var.script # undecided: var.script has no default
}
```

## Sources

- [Welcome - Amazon Simple Queue Service](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html), read on 2026-11-29
- [mq - AWS CLI](https://docs.aws.amazon.com/cli/latest/reference/mq/index.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.knowledge.server_software import QUEUE
from wa_iac.knowledge.user_data import Host
from wa_iac.pillars.judgements.self_hosted import judge

_SERVICES: Final = {
    "rabbitmq": "Amazon MQ for RabbitMQ",
    "activemq": "Amazon MQ for ActiveMQ",
    "artemis": "Amazon MQ for ActiveMQ",
    "kafka": "Amazon MSK",
    "cp-": "Amazon MSK",
    "confluent": "Amazon MSK",
    "zookeeper": "Amazon MSK",
    "redpanda": "Amazon MSK",
    "mosquitto": "AWS IoT Core",
    "eclipse-mosquitto": "AWS IoT Core",
    "": "Amazon SQS or SNS",
}


@rule(
    practices=["SUS05-BP03", "SEC01-BP05", "REL04-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision=(
            "Use Amazon SQS instead (AWS::SQS::Queue, aws_sqs_queue) or, for programs that need the protocol of a broker, "
            "Amazon MQ."
        )
    ),
)
def check(host: Host, graph: Graph) -> Flags:
    yield from judge(
        host,
        graph,
        QUEUE,
        "somebody has to patch it, and its messages can be lost with its volume and wait while it restarts, while {service} keeps them in several zones.",
        _SERVICES,
    )
