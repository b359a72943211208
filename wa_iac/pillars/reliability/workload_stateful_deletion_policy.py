"""# Data store is deleted together with its stack

## Why

When the stack is deleted, when this resource is removed from the template, or when an update has to replace it, CloudFormation
deletes the resource with all its data. In Terraform, the same happens to a database that skips its final snapshot.

By default, CloudFormation keeps a snapshot of an RDS database when it deletes it, but not when it replaces it. It keeps nothing of tables
and file systems. `DeletionPolicy` and `UpdateReplacePolicy` set what stays: `Retain`, or `Snapshot` for resources that have snapshots.

## What it checks

The rule reads the deletion policies of RDS databases, DynamoDB tables and EFS file systems in CloudFormation, and the final snapshot of RDS
databases in Terraform. It reports one that is deleted with its data. The rule requires `UpdateReplacePolicy` if `DeletionPolicy` shows
that the data matters.

The finding is advice for a table whose items expire or are WebSocket connections (partition key `connectionId`), and for anything whose
name, `Name` tag or module has a word like cache, session or temporary. If `DeletionPolicy: Delete` or `UpdateReplacePolicy: Delete` is written, the
author has decided. The severity is then medium, and the finding for a table or a file system, which CloudFormation deletes by default, is
advice.

So is the finding for anything that is not for production, by its names, its tags or its directory, or in a file of a workshop or a
demonstration, by its path. So is it if a custom resource of the template writes the items, by its names (`Custom::Prepopulate`): it does so again for a new
table.

Of a table, the finding has high severity, and is reported by default, where something says that nothing makes its items again: its name or its key
names people or business (users, orders, payments), it is a global table, one of the two policies keeps it, or its items have a KMS key of
their own. Of any other table, it is advice of medium severity.

The remedy for a database is a snapshot. A database that is retained stays in its subnet group and its VPC, which CloudFormation then cannot
delete with the rest of the stack.

## What is left out

The rule does not report a database or table with deletion protection, a table with point-in-time recovery (DynamoDB keeps a backup of it
for 35 days), anything of which AWS Backup keeps recovery points (a file system with a backup policy that is `ENABLED`, or what a selection of
a backup plan names), a table that locks Terraform's state (partition key `LockID`), a cluster member or a read replica. In Terraform, it does not
report resources with `prevent_destroy`, and in OpenTofu, resources that are forgotten instead of destroyed: `destroy = false` in the
[`lifecycle` block](https://opentofu.org/docs/language/resources/behavior/#lifecycle-customizations). In Terraform, it does not check
tables and file systems, because they have no setting for a final snapshot.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: the stack is deleted
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete  # finding: the stack is deleted
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```yaml
Resources:
  Shared:  # finding: an update replaces this resource
    Type: AWS::EFS::FileSystem
    DeletionPolicy: Retain
    Properties:
      Encrypted: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  skip_final_snapshot = true # finding: no final snapshot is made
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Ledger:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
  Sessions:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      DeletionProtection: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine                    = "postgres"
  instance_class            = "db.m7g.large"
  allocated_storage         = 100
  final_snapshot_identifier = "orders-final"
}

resource "aws_rds_cluster" "sessions" {
  engine              = "aurora-mysql"
  skip_final_snapshot = true
  deletion_protection = true
}
```

## Not applicable

```yaml
Resources:
  Sessions:  # not applicable: protected from deletion
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      DeletionProtectionEnabled: true
  Files:  # not applicable: its data is also elsewhere
    Type: AWS::EFS::FileSystem
    Properties:
      BackupPolicy: {Status: ENABLED}
  Uploads:  # not applicable: AWS Backup keeps recovery points of it
    Type: AWS::EFS::FileSystem
  Daily:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: 8f81f553-3a74-4a3f-b93d-b3360dc80c50
      BackupSelection:
        SelectionName: daily
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        Resources: [!GetAtt Uploads.Arn]
  Locks:  # not applicable: it locks Terraform's state
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: LockID, AttributeType: S}]
      KeySchema: [{AttributeName: LockID, KeyType: HASH}]
  Replica:  # not applicable: its data is also elsewhere
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
```

```hcl
resource "aws_db_instance" "kept" { # not applicable: protected from deletion
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  skip_final_snapshot = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_db_instance" "forgotten" { # not applicable: protected from deletion
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  skip_final_snapshot = true

  lifecycle {
    destroy = false
  }
}

resource "aws_dynamodb_table" "orders" { # not applicable: only databases have a setting for a final snapshot
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Undecided

The result is undecided if `DeletionProtection` or `skip_final_snapshot` is not known before deployment.

```yaml
Parameters:
  DeletionProtection:
    Type: String
Resources:
  Sessions:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      DeletionProtection: !Ref DeletionProtection  # undecided: parameter "DeletionProtection" has no default
```

```hcl
variable "skip_final_snapshot" { # undecided: Fails when var.skip_final_snapshot is true
  type = bool
}

resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  skip_final_snapshot = var.skip_final_snapshot
}
```

## Sources

- [Backing up EFS file systems](https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html), read on 2026-11-30
- [DeletionPolicy attribute - AWS CloudFormation](https://docs.aws.amazon.com/en_us/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html), read on 2026-11-29
- [AWS::RDS::DBInstance - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.aws.efs import FileSystem
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    exempt,
    flag,
    milder,
    not_applicable,
    refuse,
    rule,
    settled,
    unless,
)
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.backups import backed_up, keeps_itself
from wa_iac.knowledge.lasting_records import keeps_records
from wa_iac.knowledge.purposes import not_production
from wa_iac.knowledge.short_lived import filled_by, short_lived
from wa_iac.knowledge.workshops import FOR_SOME_HOURS, is_of_a_workshop

KEPT = ("Retain", "RetainExceptOnCreate", "Snapshot")
_DATABASES: Final = ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")
"""Types that have snapshots. A database that is retained keeps its stack's subnets and security groups from being deleted."""
_POLICIES: Final = ("DeletionPolicy", "UpdateReplacePolicy")
_REMEDY: Final = Remedy(
    cfn="DeletionPolicy: Retain\nUpdateReplacePolicy: Retain",
    tf='skip_final_snapshot       = false\nfinal_snapshot_identifier = "<name>-final"',
    of=dict.fromkeys(_DATABASES, "DeletionPolicy: Snapshot\nUpdateReplacePolicy: Snapshot"),
)
_NAMED: Final = "It has a fixed name: what is kept stops the next stack with the same name, until that stack imports it or gets another name."
_APPLIED: Final = (
    "Apply this before you destroy anything: Terraform heeds what the state says. A snapshot of that name must not exist yet, so choose another name "
    "after each one."
)
_PERHAPS_MADE_AGAIN: Final = "Nothing here says that its items cannot be made again."
Stateful = Instance | Cluster | Table | GlobalTable | FileSystem


def _replacing(resource: Stateful, graph: Graph) -> Remedy | None:
    """The remedy for a resource that has one of the attributes already, or whose key goes with the stack."""
    if resource.dialect == "terraform":
        return _named(resource, graph)
    attributes = resource.declared.attributes
    kept = attributes.get("DeletionPolicy") in (Known("Retain"), Known("RetainExceptOnCreate"))
    there = [f"`{name}`" for name in _POLICIES[kept:] if name in attributes]
    said = [f"Replace the {' and the '.join(there)} that is there:"] if there else []
    if not isinstance(resource, Instance | Cluster) and not isinstance(resource.key_of(resource.declared), Absent):
        said.insert(0, _NAMED)
    if key := _key_that_goes(resource):
        said.insert(0, f"Keep the key {key} in the same way: nobody can read what it encrypts once it is deleted.")
    if kept:
        return Remedy(cfn="UpdateReplacePolicy: Retain", decision=" ".join(said))
    return replace(_REMEDY, decision=" ".join(said)) if said else None


def _named(resource: Stateful, graph: Graph) -> Remedy:
    """The remedy for a database of Terraform, with a name for the snapshot of each where one block makes several."""
    clusters, instances = graph.index(Cluster, _block), graph.index(Instance, _block)
    same = (clusters if isinstance(resource, Cluster) else instances).get(_block_of(resource), ())
    own = resource.address.endswith("]")
    if not own and len(same) < 2:
        return replace(_REMEDY, decision=_APPLIED)
    key = ("-${count.index}" if resource.address[-2].isdigit() else "-${each.key}") if own else ""
    return replace(
        _REMEDY,
        tf=f'skip_final_snapshot       = false\nfinal_snapshot_identifier = "<name>{key}-final"',
        decision=_APPLIED
        if own
        else f"{_APPLIED} Several calls share this block, and each of its databases needs a snapshot name of its own.",
    )


def _block(database: Instance | Cluster) -> tuple[tuple[str, int], ...]:
    return (_block_of(database),)


def _block_of(resource: Stateful) -> tuple[str, int]:
    """The place of the block that makes a resource, which others may share."""
    return resource.span.path, resource.span.start_line


def _key_that_goes(resource: Stateful) -> str:
    """The name of the KMS key of the same template that is deleted with it; empty if there is none."""
    if isinstance(resource, GlobalTable):
        return ""
    return next((each.declared.name for each in resource.key if each.deletion_policy == Known("Delete")), "")


def _snapshot(resource: Stateful) -> Remedy:
    """A snapshot before an update also, for an author who has chosen one before a deletion."""
    there = "Replace the `UpdateReplacePolicy` that is there:" if "UpdateReplacePolicy" in resource.declared.attributes else ""
    return Remedy(cfn="UpdateReplacePolicy: Snapshot", decision=there)


@rule(
    practices=["REL09-BP01", "OPS06-BP01", "REL08-BP05", "SEC08-BP04"],
    severity=Severity.HIGH,
    remedy=replace(_REMEDY, given=_replacing),
    fix=Recipe(
        cfn={"@DeletionPolicy": "Retain", "@UpdateReplacePolicy": "Retain"},
        types={each: {"@DeletionPolicy": "Snapshot", "@UpdateReplacePolicy": "Snapshot"} for each in _DATABASES},
        unsafe_because="AWS charges for what is kept until someone deletes it",
    ),
)
def check(resource: Instance | Cluster | Table | GlobalTable | FileSystem, graph: Graph) -> Flags:
    for protects in _protections(resource):
        exempt(protects, "it is protected from deletion, or its data is also elsewhere")
    if not isinstance(resource, GlobalTable):
        exempt(backed_up(resource, graph), "AWS Backup keeps recovery points of it")
    if resource.dialect == "terraform":
        yield from _milder(resource, _terraform(resource), graph)
        return
    locks = resource.locks_state() if isinstance(resource, Table | GlobalTable) else Known(False)
    exempt(locks == Known(True), "it locks Terraform's state, and holds nothing to keep")
    yield from unless(locks, _milder(resource, _cloudformation(resource), graph))


def _milder(resource: Stateful, found: Flags, graph: Graph) -> Flags:
    """Faults of what holds nothing that lasts are mild, and so are those that the author has written."""
    if why := short_lived(resource) or _expires(resource):
        return milder(found, severity=Severity.LOW, confidence=Confidence.MEDIUM, more=f"It is probably short-lived: {why}.")
    if decided := _decided(resource):
        return milder(
            found,
            severity=Severity.MEDIUM,
            # Other stores than databases are deleted by default: nobody has to write that, except to say that it is meant.
            confidence=Confidence.MEDIUM if isinstance(resource, Instance | Cluster) else Confidence.LOW,
            more=f"The author has written {decided}: Delete, so this may be meant.",
        )
    tags = Absent() if isinstance(resource, GlobalTable) else resource.tags
    if word := not_production(resource, tags):
        more = f'It is probably not for production: its names, tags or directory have the word "{word}".'
        return milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=more)
    if is_of_a_workshop(resource):
        return milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=FOR_SOME_HOURS)
    if filler := filled_by(resource, graph):
        more = f"By its names, {filler} writes its items, and does so again for a new one."
        return milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=more)
    if isinstance(resource, Table | GlobalTable) and not _is_worth_keeping(resource):
        return milder(found, severity=Severity.MEDIUM, confidence=Confidence.LOW, more=_PERHAPS_MADE_AGAIN)
    return found


def _is_worth_keeping(table: Table | GlobalTable) -> bool:
    """Whether something says that its items are worth keeping: records of people or of business, a policy that keeps them in one of the two cases, or
    a KMS key of their own."""
    attributes = table.declared.attributes
    kept = any(attributes.get(name) == Known(policy) for name in _POLICIES for policy in KEPT)
    return kept or keeps_records(table) or any(each.key.presence == Known(True) for each in table.regional())


def _expires(resource: Stateful) -> str:
    return "its items expire" if isinstance(resource, Table) and resource.ttl == Known(True) else ""


def _decided(resource: Stateful) -> str:
    """The attribute that asks for the deletion."""
    attributes = resource.declared.attributes
    return next((name for name in _POLICIES if attributes.get(name) == Known("Delete")), "")


def _protections(resource: Stateful) -> list[Value[bool]]:
    """What keeps it, or a backup of it, whatever is deleted."""
    match resource:
        case Instance() | Cluster():
            # Terraform's `destroy = false` only takes it out of the state.
            forgotten = holds(resource.destroyed, lambda destroyed: not destroyed)
            return [resource.depends(), resource.deletion_protection, resource.prevent_destroy, forgotten]
        case Table():
            return [resource.deletion_protection, resource.point_in_time_recovery, resource.prevent_destroy]
        case GlobalTable():
            return [
                each for table in resource.replicas[:1] for each in (table.deletion_protection, table.point_in_time_recovery)
            ]
        case FileSystem():
            # The recovery points of AWS Backup stay when the file system is deleted.
            return [keeps_itself(resource)]


def _cloudformation(resource: Stateful) -> Flags:
    policy = resource.deletion_policy
    match settled(policy):
        case Known("Delete"):
            yield flag(policy, "When the stack is deleted, or this resource is removed from it, all its data is deleted.")
        case Known(kept) if kept in KEPT and policy.origin.how != "service default":
            found = refuse(
                resource.replace_policy,
                "Delete",
                "When an update replaces this resource, the old one is deleted with its data: DeletionPolicy does not "
                "prevent that.",
            )
            yield from milder(found, instead=_snapshot(resource) if kept == "Snapshot" else "")
        case _:
            return


def _terraform(resource: Stateful) -> Flags:
    if not isinstance(resource, Instance | Cluster):
        yield not_applicable("in Terraform, only databases have a setting for a final snapshot")
        return
    message = "When this database is destroyed or replaced, no final snapshot is made: all its data is lost."
    yield from refuse(resource.skip_final_snapshot, True, message)
