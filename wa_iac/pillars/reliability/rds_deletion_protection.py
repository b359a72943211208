"""# RDS database has no deletion protection

## Why

One request deletes a database instance: from a script in the wrong account, a stack update that replaces it, or `terraform destroy`
in the wrong directory. An Aurora cluster cannot be deleted while it has instances, but a script, the deletion of its stack, or
`terraform destroy` deletes these first. With deletion protection, RDS rejects the request until someone disables the protection.

## What it checks

The rule reads the deletion protection of each database instance and cluster. It reports one for which the protection is not turned on; it
is off by default. The severity is medium if the author has written `DeletionPolicy: Delete`, and the finding is advice if a parameter sets
the policy to that, or an example leaves out the final snapshot in its call of a module. The finding is
advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for a database that is not for
production by its names, its tags or its directory, unless a module decides.

## What is left out

The rule does not check read replicas, or cluster members, which the cluster protects. If databases come and go with a test
environment, let the setting depend on the environment.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_rds_cluster" "orders" { # finding
  engine = "aurora-mysql"
}
```

```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  deletion_protection = false # finding
}
```

```yaml
Transform: AWS::LanguageExtensions
Parameters:
  RetainDatabase:
    Type: String
    Default: Delete
    AllowedValues: [Retain, Delete]
Resources:
  Jobs:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: !Ref RetainDatabase
    Properties:
      Engine: mysql
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      DeletionProtection: false  # finding: who launches the stack chooses whether the database goes with it
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      DeletionProtection: true
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-mysql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Orders
```

```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  deletion_protection = true
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: a read replica
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
```

```hcl
resource "aws_db_instance" "replica" { # not applicable: a read replica
  replicate_source_db = "orders"
  instance_class      = "db.m7g.large"
}
```

## Undecided

The result is undecided if `DeletionProtection` or `deletion_protection` is not known before deployment.

```yaml
Parameters:
  DeletionProtection:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      DeletionProtection: !Ref DeletionProtection  # undecided: parameter "DeletionProtection" has no default
```

```hcl
variable "deletion_protection" { # undecided: Fails when var.deletion_protection is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  deletion_protection = var.deletion_protection
}
```

## Sources

- [Deleting Aurora DB clusters and DB instances](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.md), read on 2026-11-30
- [deletionProtection (ModifyDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-modify-db-instance-request/deletion-protection.html), read on 2026-11-29
"""

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, expect, milder, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.workshops import is_passed_by_an_example
from wa_iac.pillars.judgements.replaced_databases import cluster_without_protection
from wa_iac.pillars.judgements.workshops import where_needed

_ASKED = "A parameter sets its DeletionPolicy: who launches the stack chooses whether the database goes with it."
_SKIPPED = "The example that calls it leaves out the final snapshot: its data may go."
_MEANT = "The author has written DeletionPolicy: Delete, so the database may be meant to go with its stack."


@rule(
    practices=["SEC08-BP04", "OPS06-BP01"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_139", "CKV_AWS_293"],
        "trivy": ["AVD-AWS-0177", "AVD-AWS-0343"],
        "cdk_nag": ["AwsSolutions-RDS10"],
        "guard": ["RDS_INSTANCE_DELETION_PROTECTION_ENABLED"],
        "config": ["RDS_INSTANCE_DELETION_PROTECTION_ENABLED", "RDS_CLUSTER_DELETION_PROTECTION_ENABLED"],
        "security_hub": ["RDS.7", "RDS.8"],
    },
    fix=Recipe(
        cfn={"DeletionProtection": True},
        tf={"deletion_protection": True},
        unsafe_because="a deployment that deletes or replaces the database then fails until it is turned off, as does the deletion of everything together",
    ),
)
def check(database: Instance | Cluster) -> Flags:
    if database.deletion_protection == Known(True):
        return
    exempt(database.depends(), "it is a member of a cluster or a read replica")
    found = expect(database.deletion_protection, True, _message(database))
    if database.declared.attributes.get("DeletionPolicy") == Known("Delete"):
        policy = database.declared.attributes["DeletionPolicy"].origin
        asked = bool(policy.default_of) or policy.how == "given"
        found = milder(
            found, more=_ASKED if asked else _MEANT, severity=Severity.MEDIUM, confidence=Confidence.LOW if asked else None
        )
    if database.skip_final_snapshot == Known(True) and is_passed_by_an_example(database, database.skip_final_snapshot):
        found = milder(found, more=_SKIPPED, severity=Severity.MEDIUM, confidence=Confidence.LOW)
    # What a module decides counts for all who call it, not only for an example beside it.
    chain = database.deletion_protection.origin.chain
    by_caller = any(each.argument for each in chain) and not chain[-1].default_of
    of_module = bool(database.declared.calls) and not by_caller
    yield from where_needed(database, found, None if of_module else database.tags)


def _message(database: Instance | Cluster) -> str:
    """What can happen: the instances of a Multi-AZ cluster go with it, and Aurora Serverless v1 has none."""
    if isinstance(database, Cluster) and database.is_aurora() != Known(False) and not database.is_serverless_v1():
        return cluster_without_protection(database)
    return "This database has no deletion protection: a single request, by mistake or by an intruder, deletes it with all its data."
