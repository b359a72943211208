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

resource "aws_dms_certificate" "shop" {
  certificate_id  = "shop"
  certificate_pem = "-----BEGIN CERTIFICATE-----"
}

resource "aws_dms_endpoint" "shop" { # finding: sqlserver
  endpoint_id     = "shop"
  endpoint_type   = "target"
  engine_name     = "sqlserver"
  server_name     = "db.example.com"
  port            = 1433
  database_name   = "shop"
  certificate_arn = aws_dms_certificate.shop.certificate_arn
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

- [Using SSL with AWS Database Migration Service](https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.dms import Endpoint
from wa_iac.core.graph import Graph
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
_VERIFY_FULL: Final = frozenset({"sqlserver", "azuredb", "mongodb", "docdb", "sybase"})
"""Engines that do not accept `verify-ca`: "Using SSL with AWS Database Migration Service" (AWS DMS User Guide)."""
_REQUIRE: Final = frozenset({"sqlserver", "azuredb", "mongodb", "postgres", "aurora-postgresql"})
"""Engines that also accept `require`."""


def _verified(mode: str, more: str = "") -> Remedy:
    return Remedy(
        cfn={"SslMode": mode, "CertificateArn": "<the certificate's ARN>"},
        tf={"ssl_mode": mode, "certificate_arn": "<the certificate's ARN>"},
        decision=f"Import the certificate of the database's authority into DMS (AWS::DMS::Certificate, aws_dms_certificate){more}. First see that "
        "the database offers TLS, and stop the tasks that use the endpoint: it cannot change while they run.",
    )


def _of_engine(endpoint: Endpoint, graph: Graph) -> Remedy | None:
    """A mode that the engine accepts. An endpoint that names a certificate already, perhaps by an expression, gets no second one."""
    del graph
    engine = endpoint.engine.value.lower() if isinstance(endpoint.engine, Known) else ""
    full = engine in _VERIFY_FULL
    more = "; verify-full needs one for the very name by which the endpoint calls the server" if full else ""
    more += "; the mode require encrypts without a certificate" if engine in _REQUIRE else ""
    if engine == "oracle":
        more = "; Oracle needs its wallet there, and the endpoint the port that listens for TLS"
    remedy = _verified("verify-full" if full else "verify-ca", more)
    named = next((each for each in ("CertificateArn", "certificate_arn") if each in endpoint.declared.body.value), "")
    if not named:
        return remedy
    mode = "verify-full" if full else "verify-ca"
    return replace(
        remedy,
        cfn={"SslMode": mode},
        tf={"ssl_mode": mode},
        decision=f"{remedy.decision} See that `{named}` gives the certificate.",
    )


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=replace(_verified("verify-ca"), given=_of_engine),
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
            f"DMS connects to this {engine.value.lower()} database without TLS: all data that it copies crosses the network in the clear.",
            confidence=Confidence.MEDIUM if engine.value.lower() == "oracle" else None,
        )
