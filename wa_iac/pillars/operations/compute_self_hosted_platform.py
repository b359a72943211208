r"""# Search, files, monitoring or builds run on servers of your own

## Why

A search cluster, a file server, a monitoring server or a build server of your own has to be patched, backed up and scaled by you. It is often
one server without a spare. AWS runs the same software, or a service with the same protocol.

## What it checks

User data, `cfn-init` and the images of tasks. The rule reports servers of these programs:

| Program | Service |
| --- | --- |
| Elasticsearch, OpenSearch, Solr | Amazon OpenSearch Service |
| NFS and Samba servers | Amazon EFS, Amazon FSx |
| FTP servers | AWS Transfer Family |
| Prometheus | Amazon Managed Service for Prometheus |
| Grafana | Amazon Managed Grafana |
| Nagios, Zabbix | Amazon CloudWatch |
| Jenkins, runners of GitLab and GitHub | AWS CodeBuild |

## What is left out

Agents and clients of these programs. Many teams want plugins or versions that the services lack, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Search:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
      UserData:  # finding: OpenSearch Service
        Fn::Base64: |
          #!/bin/bash
          yum install -y elasticsearch
          systemctl start elasticsearch
```

```hcl
resource "aws_instance" "ci" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = "#cloud-config\npackages:\n  - jenkins" # finding: AWS CodeBuild
}
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_3.1
```

```hcl
resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = "#cloud-config\npackages:\n  - nginx"
}
```

## Undecided

The result is undecided if the user data is not known before deployment.

```yaml
Parameters:
  Script:
    Type: String
Resources:
  Search:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
      UserData: !Ref Script  # undecided: parameter "Script" has no default
```

```hcl
variable "script" {
  type = string
}

resource "aws_instance" "search" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = var.script # undecided: var.script has no default
}
```

## Sources

- [Amazon OpenSearch Service Documentation](https://docs.amazonaws.cn/opensearch-service/), read on 2026-11-29
"""

from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.knowledge.server_software import PLATFORM
from wa_iac.knowledge.user_data import Host
from wa_iac.pillars.judgements.self_hosted import judge

_SERVICES: Final = {
    "elasticsearch": "Amazon OpenSearch Service",
    "opensearch": "Amazon OpenSearch Service",
    "solr": "Amazon OpenSearch Service",
    "nfs": "Amazon EFS",
    "samba": "Amazon FSx",
    "smb": "Amazon FSx",
    "vsftpd": "AWS Transfer Family",
    "proftpd": "AWS Transfer Family",
    "prometheus": "Amazon Managed Service for Prometheus",
    "grafana": "Amazon Managed Grafana",
    "nagios": "Amazon CloudWatch",
    "zabbix": "Amazon CloudWatch",
    "jenkins": "AWS CodeBuild",
    "gitlab-runner": "AWS CodeBuild",
    "actions-runner": "AWS CodeBuild",
    "": "a managed service",
}


@rule(
    practices=["SUS05-BP03", "SEC01-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(decision="Use the managed service instead, and let the programs connect to it."),
)
def check(host: Host, graph: Graph) -> Flags:
    yield from judge(
        host,
        graph,
        PLATFORM,
        "you have to patch, back up and scale it yourself, while {service} does so for you.",
        _SERVICES,
    )
