"""# RDS database is not encrypted

## Why

Without encryption, the data of this database, its backups, its replicas and all its snapshots are stored unencrypted.
Encryption cannot be turned on later. An instance has to be restored from a copy of its snapshot that is made with encryption. The snapshot of
a cluster cannot be copied so: a new cluster is restored from it with a KMS key ([Encrypting Amazon Aurora
resources](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html)).

CloudFormation makes the new database before it deletes the old one. So a fixed identifier must change together with the encryption, or the
update fails. Terraform deletes the old one first.

## What it checks

The rule reads the storage encryption of each database instance and cluster. It reports one for which the encryption is not turned on.
Aurora has encrypted every new cluster since February 2026. So the rule reports only an explicit `false` there, which keeps a cluster from
before that date unencrypted, and the severity is lower.

A database restored from a snapshot is encrypted if the
snapshot is. The result is then undecided.

## What is left out

A read replica inherits the encryption of its source, and an instance of a cluster that of the cluster. The secondary cluster of a global
cluster, which has no master user of its own, is encrypted if and only if the primary is
([CreateDBCluster](https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html)). RDS Custom is always encrypted
([CreateDBInstance](https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html)). The rule does not check SQL
Server Express, which RDS does not encrypt, and Aurora Serverless v1, which is always encrypted.

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

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      StorageEncrypted: false  # finding
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine                    = "mysql"
  db_cluster_instance_class = "db.m6gd.large"
  storage_encrypted         = false # finding
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
      StorageEncrypted: true
  Replica:
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: !Ref Orders
      DBInstanceClass: db.m7g.large
  Sessions:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_encrypted = true
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.m7g.large"
}

# RDS cannot encrypt this edition.
resource "aws_db_instance" "express" {
  engine            = "sqlserver-ex"
  instance_class    = "db.t3.large"
  allocated_storage = 20
  storage_encrypted = false
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: that of its source
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
  Express:  # not applicable: does not encrypt SQL Server Express
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: sqlserver-ex
      DBInstanceClass: db.t3.medium
      AllocatedStorage: "20"
  Custom:  # not applicable: always encrypted
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
  Secondary:  # not applicable: the primary of its global cluster
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: docdb
      GlobalClusterIdentifier: orders
  Serverless:  # not applicable: Serverless v1 is always encrypted
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      EngineMode: serverless
```

```hcl
resource "aws_db_instance" "replica" { # not applicable: that of its source
  replicate_source_db = "orders"
  instance_class      = "db.m7g.large"
}

resource "aws_db_instance" "express" { # not applicable: does not encrypt SQL Server Express
  engine            = "sqlserver-ex"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}
```

## Undecided

The result is undecided if `StorageEncrypted` or `storage_encrypted` is not known before deployment.

```yaml
Parameters:
  StorageEncrypted:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      StorageEncrypted: !Ref StorageEncrypted  # undecided: parameter "StorageEncrypted" has no default
```

```hcl
variable "storage_encrypted" { # undecided: Fails when var.storage_encrypted is false
  type = bool
}

resource "aws_rds_cluster" "orders" {
  engine                    = "mysql"
  db_cluster_instance_class = "db.m6gd.large"
  storage_encrypted         = var.storage_encrypted
}
```

## Sources

- [storageEncrypted (CreateDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/storage-encrypted.html), read on 2026-11-29
- [Encrypting Amazon Aurora resources (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.md), read on 2026-11-29
- [Limitations of Multi-AZ DB clusters for Amazon RDS](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.Limitations.html), read on 2026-11-30
- [AWS::RDS::DBInstance - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.binding import value_at
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, flag, rule, settled, undecided
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.allowed_values import allowed_for
from wa_iac.knowledge.kept_when_replaced import KEPT_WHEN_REPLACED
from wa_iac.pillars.judgements.cluster_databases import GLOBAL, OF_ALL_REGIONS
from wa_iac.pillars.judgements.replaced_databases import kept_from_deletion, members_too
from wa_iac.pillars.judgements.wording import listed

_RESTORED: Final = "If the database exists, this replaces it by an empty one: to keep its data, stop what writes to it, take a snapshot, copy it with encryption, {}"
_FROM_THE_COPY: Final = (
    "write DBSnapshotIdentifier with that copy, without {}, which the snapshot has, and leave it there from then on."
)
_NAME_THE_COPY: Final = "name that copy in {}, and leave it there from then on."
_OF_SNAPSHOT: Final = (
    "StorageEncrypted",
    "KmsKeyId",
    "DBName",
    "MasterUsername",
    "MasterUserPassword",
    "CharacterSetName",
    "Timezone",
)
"""What a template says only of an instance that is not restored: DBSnapshotIdentifier in "AWS::RDS::DBInstance" (AWS CloudFormation Template
Reference)."""
_OF_SEVERAL_ZONES: Final = (
    "Changing this replaces the cluster by an empty one, and RDS encrypts no Multi-AZ cluster that exists, nor a copy of its snapshot: make an encrypted "
    "cluster beside it, and move the data by a dump or by replication."
)
_RESTORED_CLUSTER: Final = (
    "If the cluster exists, this replaces it by an empty one: to keep its data, stop what writes to it, take a snapshot, and restore the new cluster from it with a "
    "KMS key ({arguments}{removed}, from then on). A copy of a cluster's snapshot cannot be encrypted."
)
_OFF: Final = "StorageEncrypted"
_ADDRESS: Final = "Its address changes: clients that have it written down need the new one."
_INSTANCES: Final = frozenset(Instance.types())
_UNENCRYPTED: Final = late(r"db\.(?:m1|m2)\.|db\.t2\.micro$")
"""Classes that RDS does not encrypt: "Encrypting Amazon RDS resources" (Amazon RDS User Guide)."""


def _unencrypted(database: Instance | Cluster) -> str:
    """The class of a database, if RDS does not encrypt it; else empty."""
    size = database.instance_class if isinstance(database, Instance) else Absent()
    return size.value if isinstance(size, Known) and _UNENCRYPTED.match(size.value) else ""


def _is_lost(database: Instance | Cluster) -> bool:
    """Whether the code says that nothing is kept of the database when it is replaced: then a fix would lose its data."""
    kept = database.replace_policy if database.dialect == "cloudformation" else database.skip_final_snapshot
    return settled(kept) in (Known("Delete"), Known(True)) and kept.origin.how != "service default"


def _other_class(database: Instance | Cluster, size: str, graph: Graph) -> str:
    """What to do about a class that RDS does not encrypt: choose another one, which a parameter may not allow yet."""
    asked = database.instance_class if isinstance(database, Instance) else Absent()
    parameter, allowed = allowed_for(asked, database, graph)
    if allowed and all(map(_UNENCRYPTED.match, allowed)):
        others = ", nor any other" if len(allowed) > 1 else ", the only one"
        return f"RDS does not encrypt the class {size}{others} that {parameter} allows: add a newer one to its AllowedValues, and choose that also."
    return f"RDS does not encrypt the class {size}: choose another class also."


def _replaced(database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """The remedy for a database with what it needs and what is replaced with it: a class that RDS does not encrypt, its members, its replicas, its global cluster, and the clients that know its address."""
    said = []
    express = next((each for each in allowed_for(database.engine, database, graph)[1] if each.lower() == "sqlserver-ex"), "")
    if express:
        said.append(
            f"RDS refuses encryption for {express}, which the parameter allows too: let the setting depend on the engine."
        )
    if size := _unencrypted(database):
        said.append(_other_class(database, size, graph))
    if isinstance(database, Cluster):
        names = ("SnapshotIdentifier", "KmsKeyId") if database.as_cloudformation else ("snapshot_identifier", "kms_key_id")
        said.append(
            _OF_SEVERAL_ZONES
            if database.is_aurora() == Known(False)
            else _RESTORED_CLUSTER.format(arguments=" and ".join(names), removed=_not_beside_a_snapshot(database))
        )
        said.append(members_too(database, database.members))
        if given(database.global_cluster.value) != Known(False) or graph.referring(database, GLOBAL):
            said.append(OF_ALL_REGIONS)
    else:
        said.append(_RESTORED.format(_from_the_copy(database)))
        copies = (graph.typed(declared, Instance) for declared in graph.referring(database, _INSTANCES))
        replicas = [each for each in copies if graph.refers(each.replica_of, database)]
        again = f"Make the read replicas ({listed([each.address for each in replicas])}) again from the new one"
        off = any(each.storage_encrypted == Known(False) and _says(each) for each in replicas)
        argument = _OFF if database.as_cloudformation else "storage_encrypted"
        more = f", with {argument} set to true too, since they get its encryption" if off else ""
        said.append(f"{again}{more}." if replicas else "")
    said.append(kept_from_deletion(database))
    if database.dialect == "cloudformation" or isinstance(database.identifier, Absent):
        said.append(_ADDRESS)
    return replace(_ENCRYPTED, decision=" ".join(filter(None, said)))


def _says(replica: Instance) -> bool:
    """Whether the code of a replica says whether it is encrypted."""
    return not isinstance(value_at(replica.declared.body, "storage_encrypted"), Absent) or not isinstance(
        value_at(replica.declared.body, _OFF), Absent
    )


def _from_the_copy(database: Instance) -> str:
    """How an instance is restored from the encrypted copy of its snapshot, in its dialect."""
    if database.dialect == "terraform":
        return _NAME_THE_COPY.format("db_snapshot_identifier" if database.as_cloudformation else "snapshot_identifier")
    body = database.declared.body
    return _FROM_THE_COPY.format(
        listed([each for each in _OF_SNAPSHOT if each == _OFF or not isinstance(value_at(body, each), Absent)])
    )


def _not_beside_a_snapshot(cluster: Cluster) -> str:
    """The properties that a template must not have beside SnapshotIdentifier: "AWS::RDS::DBCluster" (AWS CloudFormation Template Reference)."""
    if cluster.dialect != "cloudformation":
        return ""
    written = [
        each
        for each in ("MasterUsername", "MasterUserPassword")
        if not isinstance(value_at(cluster.declared.body, each), Absent)
    ]
    return f", without {' and '.join(written)}" if written else ""


_FIX: Final = Recipe(
    cfn={"StorageEncrypted": True},
    tf={"storage_encrypted": True},
    unsafe_because="the database is replaced by an empty one",
    replaced=KEPT_WHEN_REPLACED,
)
_ENCRYPTED: Final = replace(
    Remedy.of_recipe(_FIX),
    replaces=True,
    decision=_RESTORED.format(_NAME_THE_COPY.format("DBSnapshotIdentifier (snapshot_identifier)")),
    given=_replaced,
)


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    remedy=_ENCRYPTED,
    equivalents={
        "checkov": ["CKV_AWS_16", "CKV_AWS_96"],
        "trivy": ["AVD-AWS-0079", "AVD-AWS-0080"],
        "cdk_nag": ["AwsSolutions-RDS2"],
        "guard": ["RDS_STORAGE_ENCRYPTED"],
        "config": ["RDS_STORAGE_ENCRYPTED", "RDS_CLUSTER_ENCRYPTED_AT_REST"],
        "cfn_nag": ["F26", "F27"],
        "security_hub": ["RDS.3", "RDS.27"],
    },
    fix=_FIX,
)
def check(database: Instance | Cluster, graph: Graph) -> Flags:
    if database.storage_encrypted == Known(True):
        return
    if isinstance(database, Instance):
        express = holds(database.engine, lambda name: name.lower() == "sqlserver-ex") == Known(True)
        exempt(express, "RDS does not encrypt SQL Server Express")
        # RDS User Guide, requirements of RDS Custom: it needs a KMS key, and RDS refuses StorageEncrypted: false.
        exempt(database.is_custom() == Known(True), "RDS Custom is always encrypted")
        exempt(database.depends(), "a member uses the encryption of its cluster, a read replica that of its source")
    off = settled(database.storage_encrypted)
    if isinstance(database, Cluster):
        exempt(database.is_serverless_v1(), "Aurora Serverless v1 is always encrypted")
        exempt(database.is_secondary(), "a secondary cluster is encrypted if the primary of its global cluster is")
    # Beside a class that has to change also, the rule's fix alone would fail.
    alone = not (_unencrypted(database) or _is_lost(database))
    by_hand = "" if alone else _replaced(database, graph) or ""
    if settled(database.copied()) == Known(True):
        why = "its encryption is that of the snapshot or the database it is restored from"
        yield undecided(Unknown(Said(why), ("restored", database.address), off.origin))
        return
    if isinstance(database, Cluster) and isinstance(off, Absent):
        accept(database.is_aurora())
    elif isinstance(database, Cluster) and database.is_aurora() == Known(True):
        # "Encrypting Amazon Aurora resources" (Amazon Aurora User Guide): whatever this says.
        yield flag(
            off,
            "A cluster that was made before 18 February 2026 is not encrypted, nor are its backups and snapshots: Aurora encrypts "
            "only those made since, and encryption cannot be turned on later.",
            severity=Severity.MEDIUM,
            instead=by_hand,
        )
        return
    yield flag(
        off,
        "The storage of this database, its backups and its snapshots are not encrypted, and encryption cannot be turned on later.",
        instead=by_hand,
    )
