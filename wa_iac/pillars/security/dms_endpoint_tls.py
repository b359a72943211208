"""# DMS connects to a database without TLS

## Why

The replication instance signs in to the database over this connection, and sends all of its data over it. Without TLS, anybody on the way
can read and change them. The way often leads out of the VPC.

## What it checks

The rule looks at endpoints of relational databases, MongoDB and DocumentDB. It reports those whose SSL mode is `none`, which is the
default.

## What is left out

Amazon S3, DynamoDB, Kinesis, Kafka, OpenSearch, Neptune, Redis and Redshift endpoints, which have other settings or always use TLS. Db2
and Babelfish, and engines that DMS may add. Oracle has an encryption of its own, which its server may demand: such a finding has a medium
confidence.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DMS::Endpoint
    Properties:
      EndpointType: source
      EngineName: mysql
      ServerName: db.example.com
      Port: 3306
      DatabaseName: orders
      Username: dms
      Password: '{{resolve:secretsmanager:orders}}'
```

```hcl
resource "aws_dms_endpoint" "orders" {
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "mysql"
  server_name   = "db.example.com"
  port          = 3306
  database_name = "orders"
  ssl_mode      = "none" # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DMS::Endpoint
    Properties:
      EndpointType: source
      EngineName: mysql
      ServerName: db.example.com
      Port: 3306
      DatabaseName: orders
      Username: dms
      Password: '{{resolve:secretsmanager:orders}}'
      SslMode: verify-full
      CertificateArn: arn:aws:dms:eu-west-1:111122223333:cert:ABC
```

```hcl
resource "aws_dms_endpoint" "orders" {
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "mysql"
  server_name   = "db.example.com"
  port          = 3306
  database_name = "orders"
  ssl_mode      = "require"
}
```

## Not applicable

```yaml
Resources:
  Lake:  # not applicable: has no SSL mode
    Type: AWS::DMS::Endpoint
    Properties:
      EndpointType: target
      EngineName: s3
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Orders:
    Type: AWS::DMS::Endpoint
    Properties:
      EndpointType: source
      EngineName: mysql
      ServerName: db.example.com
      Port: 3306
      DatabaseName: orders
      Username: dms
      Password: '{{resolve:secretsmanager:orders}}'
      SslMode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_dms_endpoint" "orders" {
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "mysql"
  server_name   = "db.example.com"
  port          = 3306
  database_name = "orders"
  ssl_mode      = var.mode # undecided: var.mode has no default
}
```

## Sources

- [dms-replication-not-public - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/dms-replication-not-public.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.dms import Endpoint
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Known

_ENGINES: Final = frozenset(
    {
        "mysql",
        "mariadb",
        "aurora",
        "aurora-postgresql",
        "postgres",
        "oracle",
        "sqlserver",
        "azuredb",
        "sybase",
        "mongodb",
        "docdb",
    }
)
"""Engines for which DMS connects by the SSL mode."""
_ONLY_VERIFIED: Final = frozenset({"mysql", "mariadb", "aurora", "oracle", "sybase"})
"""Engines that accept no mode without a check of the certificate: "Using SSL with AWS DMS" (AWS DMS User Guide)."""


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"SslMode": "verify-ca", "CertificateArn": "<the certificate's ARN>"},
        tf={"ssl_mode": "verify-ca", "certificate_arn": "<the certificate's ARN>"},
        decision="Import the certificate of the database's authority into DMS; some engines also accept require, without a certificate.",
    ),
    equivalents={"security_hub": ["DMS.9"], "config": ["DMS_ENDPOINT_SSL_CONFIGURED"], "checkov": ["CKV2_AWS_49"]},
)
def check(endpoint: Endpoint) -> Flags:
    engine = settled(endpoint.engine)
    if isinstance(engine, Absent) or engine.value.lower() not in _ENGINES:
        yield not_applicable("its engine has no SSL mode, or always uses TLS")
        return
    mode = settled(endpoint.ssl_mode)
    if mode == Known("none"):
        yield flag(
            mode,
            f"DMS connects to this {engine.value} database without TLS: all data that it copies crosses the network in the clear.",
            confidence=Confidence.MEDIUM if engine.value.lower() == "oracle" else None,
        )
