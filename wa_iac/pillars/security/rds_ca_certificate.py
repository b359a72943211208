"""# RDS database uses an expired certificate authority

## Why

Clients check the certificate of a database against its certificate authority. If that has expired, clients that check it, as they should,
cannot connect, and people turn the check off, so that anybody in between can read and change what they send.

## What it checks

The rule looks at the certificate authority that a database, or a member of a cluster, names. It reports those that have expired:
`rds-ca-2015` in March 2020, and `rds-ca-2019` in August 2024.

## What is left out

A database that names none gets a valid one from RDS.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      CACertificateIdentifier: rds-ca-2019  # finding: August 2024
```

```hcl
resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.m7g.large"
  allocated_storage  = 100
  ca_cert_identifier = "rds-ca-2019" # finding: August 2024
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      CACertificateIdentifier: rds-ca-rsa2048-g1
```

```hcl
resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.m7g.large"
  allocated_storage  = 100
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}
```

## Undecided

The result is undecided if the certificate authority is not known before deployment.

```yaml
Parameters:
  Authority:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      CACertificateIdentifier: !Ref Authority  # undecided: parameter "Authority" has no default
```

```hcl
variable "authority" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.m7g.large"
  allocated_storage  = 100
  ca_cert_identifier = var.authority # undecided: var.authority has no default
}
```

## Sources

- [class CaCertificate](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_docdb.CaCertificate.html), read on 2026-11-29
- [ModifyCertificates - Amazon Relational Database Service](https://docs.amazonaws.cn/AmazonRDS/latest/APIReference/API_ModifyCertificates.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, flag, rule, written
from wa_iac.knowledge.dated import facts
from wa_iac.pillars.judgements.maintenance import waits

_FIX = Recipe(
    cfn={"CACertificateIdentifier": "rds-ca-rsa2048-g1"},
    tf={"ca_cert_identifier": "rds-ca-rsa2048-g1"},
    unsafe_because="clients that check the certificate need the new authority first, and some engines restart",
)


def _made_later(database: Instance | ClusterInstance, _: Graph) -> Remedy:
    """The remedy for one database, and when the change is made."""
    remedy = Remedy.of_recipe(_FIX)
    return replace(remedy, decision=f"{remedy.decision} {waits(database)}".rstrip())


@rule(
    practices=["SEC09-BP01"],
    severity=Severity.MEDIUM,
    remedy=replace(Remedy.of_recipe(_FIX), given=_made_later),
    equivalents={"checkov": ["CKV_AWS_211"]},
    fix=_FIX,
)
def check(database: Instance | ClusterInstance) -> Flags:
    authority = written(database.certificate_authority)
    expired = facts("rds_certificates")["expired"].get(authority.value)
    if expired:
        yield flag(
            authority,
            f"The certificate authority {authority.value} expired in {expired}: clients that check the database's certificate cannot "
            "connect.",
        )
