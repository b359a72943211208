r"""# Server runs a cache of its own

A cache on a server has one node, no failover and no metrics, and dies with the server. ElastiCache and MemoryDB run Redis, Valkey and
Memcached with replicas, patches and monitoring, and grow without a new server.

Read are the user data and the `cfn-init` packages: a server package, an image that is run, or a service that is started. Clients, such as
`redis-tools` or `php-redis`, are fine.

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
```
"""

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.aws._user_data import Server, Software, judge
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, rule

CACHE: Final = Software(
    packages=re.compile(r"(?:redis|valkey)(?:[\d.]+)?(?:-server)?|keydb(?:-server)?|memcached|dragonfly"),
    images=re.compile(
        r"redis(?:/redis-stack(?:-server)?)?|valkey(?:/valkey)?|memcached|eqalpha/keydb|dragonflydb/dragonfly|redis-cluster"
    ),
    services=re.compile(r"redis(?:\d+)?(?:-server)?|valkey(?:-server)?|memcached|keydb-server"),
)


@rule(
    practices=["SUS05-BP03", "SEC01-BP05", "PERF03-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Cache:\n  Type: AWS::ElastiCache::ReplicationGroup",
        tf='resource "aws_elasticache_replication_group" "this" {\n  # ...\n}',
    ),
)
def check(server: Server, graph: Graph) -> Iterator[Flag]:
    yield from judge(
        server,
        graph,
        CACHE,
        "it has one node, dies with the server, and is yours to patch, where ElastiCache has replicas and does it.",
    )
