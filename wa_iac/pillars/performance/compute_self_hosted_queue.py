r"""# Server runs a message broker of its own

Messages on a broker that runs on one server are lost with its disk, and wait while it restarts. SQS, SNS and Kinesis keep them in several
Availability Zones and need no server; Amazon MQ and MSK run RabbitMQ, ActiveMQ and Kafka for those who need their protocols.

Read are the user data and the `cfn-init` packages: a server package, an image that is run, or a broker that is started. Clients are fine.

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
"""

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.aws._user_data import Server, Software, judge
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, rule

QUEUE: Final = Software(
    packages=re.compile(
        r"rabbitmq-server|activemq|artemis|zookeeperd?|zookeeper-server|kafka|confluent-(?:kafka|server|platform|community)\S*|"
        r"nats-server|mosquitto|redpanda|pulsar|beanstalkd|nsqd?"
    ),
    images=re.compile(
        r"rabbitmq|(?:apache/)?activemq(?:-classic|-artemis)?|(?:apache/|confluentinc/cp-|wurstmeister/)?kafka|confluentinc/cp-server|"
        r"(?:confluentinc/cp-|wurstmeister/)?zookeeper|nats|eclipse-mosquitto|(?:redpandadata|vectorized)/redpanda|apachepulsar/pulsar|nsqio/nsq"
    ),
    services=re.compile(
        r"rabbitmq-server|activemq|(?:confluent-)?kafka|(?:confluent-)?zookeeper|nats-server|mosquitto|beanstalkd"
    ),
    commands=re.compile(r"\b(?:kafka-server-start|zookeeper-server-start)(?:\.sh)?\b"),
)


@rule(
    practices=["SUS05-BP03", "SEC01-BP05", "REL04-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Queue:\n  Type: AWS::SQS::Queue",
        tf='resource "aws_sqs_queue" "this" {}',
    ),
)
def check(server: Server, graph: Graph) -> Iterator[Flag]:
    yield from judge(
        server,
        graph,
        QUEUE,
        "its messages are lost with its disk and wait while it restarts, where SQS, Amazon MQ or MSK keeps them in several zones.",
    )
