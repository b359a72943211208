r"""# EC2 instance or ECS task runs a self-managed cache

## Why

A cache on an instance has one node, no failover and no metrics, and is lost with the instance. ElastiCache and MemoryDB run
Redis, Valkey and Memcached with replicas, patches and monitoring, and grow without a new instance.

## What it checks

The rule searches user data, `cfn-init` and ECS containers for a server package, an image that runs, or a service that is started.

## What is left out

The rule accepts clients, such as `redis-tools` or `php-redis`, and a cache within a task that only the task's other containers use. An
instance whose user data cannot be read is undecided.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:  # finding
        Fn::Base64: !Sub |
          #!/bin/bash
          dnf install -y redis6
          systemctl enable --now redis6
          /opt/aws/bin/cfn-signal --stack ${AWS::StackName}
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data_base64 = base64encode("#!/bin/bash\napt-get install -y memcached") # finding
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
          yum install -y php-redis libmemcached
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = <<-EOT
    #!/bin/bash
    apt-get install -y redis-tools
    redis-cli -h cache.example.com ping
  EOT
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { name = "web", image = "nginx:1.27", essential = true },
    { name = "sessions", image = "redis:7", essential = false },
  ])
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

- [Welcome - Amazon ElastiCache](https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/Welcome.html), read on 2026-11-29
"""

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.knowledge.server_software import CACHE
from wa_iac.knowledge.user_data import Host
from wa_iac.pillars.judgements.self_hosted import judge


@rule(
    practices=["SUS05-BP03", "SEC01-BP05", "PERF03-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        decision=(
            "Use Amazon ElastiCache instead: a replication group (AWS::ElastiCache::ReplicationGroup, "
            "aws_elasticache_replication_group) with automatic failover."
        )
    ),
)
def check(host: Host, graph: Graph) -> Flags:
    yield from judge(
        host,
        graph,
        CACHE,
        "it has one node and no failover, and you have to patch it, while ElastiCache has replicas and is patched for you.",
    )
