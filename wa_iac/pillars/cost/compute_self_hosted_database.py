r"""# EC2 instance or ECS task runs a self-managed database

## Why

You have to patch, back up, restore and resize a database on an instance by hand, and make it highly available. You also pay for
the instance while it is idle. RDS, Aurora, DocumentDB and DynamoDB do all of this, and cost less if you count the working
hours.

## What it checks

The rule searches user data, `cfn-init` and ECS containers for a server package, a database image that runs, or a database that is
started.

## What is left out

Client packages, such as `mysql-client` or `postgresql-client`, are accepted. So are databases that no service of AWS runs and whose
protocol none speaks: Neo4j, CouchDB, Couchbase, ClickHouse.

## Non-compliant

```yaml
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      UserData:  # finding: installs postgresql-16
        Fn::Base64: |
          #!/bin/bash
          apt-get update && apt-get install -y nginx postgresql-16
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        config:
          packages:
            apt:
              mysql-client: []
              mysql-server: []  # finding: installs mysql-server
    Properties:
      ImageId: ami-12345678
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = "#!/bin/bash\ndocker run -d --name db -p 5432:5432 postgres:16" # finding: instance runs the image postgres:16
}

resource "aws_ecs_task_definition" "db" {
  family = "db"
  container_definitions = jsonencode([{
    name  = "db"
    image = "public.ecr.aws/docker/library/postgres:16" # finding: task runs the image
  }])
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
        Fn::Base64: !Sub |
          #!/bin/bash
          yum install -y mysql postgresql15 php-mysqlnd
          docker run --rm mysql:8 mysql -h db.example.com -e 'select 1'
```

```hcl
resource "aws_instance" "server" {
  ami           = "ami-12345678"
  instance_type = "t3.small"

  user_data = <<-EOT
    #!/bin/bash
    # apt-get install mysql-server
    apt-get install -y mysql-client postgresql-client-16 libpq-dev
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

- [Key concepts and architecture of Amazon RDS - Amazon Relational Database Service](https://docs.aws.amazon.com/AmazonRDS/latest/gettingstartedguide/concepts.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.knowledge.server_software import DATABASE
from wa_iac.knowledge.user_data import Host
from wa_iac.pillars.judgements.self_hosted import judge

_SERVICES: Final = {
    "mysql": "Amazon RDS for MySQL or Aurora",
    "default-mysql": "Amazon RDS for MySQL or Aurora",
    "percona": "Amazon RDS for MySQL or Aurora",
    "mariadb": "Amazon RDS for MariaDB",
    "postg": "Amazon RDS for PostgreSQL or Aurora",
    "timescale": "Amazon RDS for PostgreSQL",
    "mongo": "Amazon DocumentDB",
    "cassandra": "Amazon Keyspaces",
    "scylla": "Amazon Keyspaces",
    "mssql": "Amazon RDS for SQL Server",
    "oracle": "Amazon RDS for Oracle",
    "gvenzl": "Amazon RDS for Oracle",
    "influxdb": "Amazon Timestream for InfluxDB",
    "cockroach": "Amazon Aurora DSQL",
    "": "Amazon RDS or Aurora",
}


@rule(
    practices=["SUS05-BP03", "SEC01-BP05", "PERF03-BP01", "REL09-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        decision=("Use Amazon RDS or Aurora instead (AWS::RDS::DBInstance, aws_db_instance), and move the data there.")
    ),
)
def check(host: Host, graph: Graph) -> Flags:
    yield from judge(
        host,
        graph,
        DATABASE,
        "you have to manage its patches, backups, failover and size, which {service} does for you.",
        _SERVICES,
    )
