"""# Data stores have no copy in another Region

## Why

If a whole Region is away for long, or everything in it is deleted, data without a copy in another Region is away with it: there is nothing to
start again from. The owner of the workload decides, once, whether it needs this: a copy costs storage and transfer, and some data may not leave
its Region.

## What it checks

The rule looks at databases, tables, file systems, data warehouses and search domains, and reports once for a template or root module which of
them have no copy outside of their Region, by what [the failure drill](../drill.md) says of data at risk: no global table or database, no replicated
backups, no plan of AWS Backup that copies them.

## What is left out

Buckets (`s3-replication`) and the copies of backup plans in general (`backup-cross-region-copy`). Caches, and volumes of servers. Copies that are
made from elsewhere. The rule is in the profile `all`, since most workloads are in one Region on purpose.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: Orders
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      MultiAZ: true
```

```hcl
resource "aws_dynamodb_table" "orders" { # finding: aws_dynamodb_table.orders and aws_rds_cluster.shop
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_rds_cluster" "shop" {
  engine = "aurora-postgresql"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      Replicas:
        - Region: eu-west-1
        - Region: eu-central-1
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = "eu-central-1"
  }
}
```

## Undecided

The result is undecided if it is not known before deployment where the copies are.

```yaml
Parameters:
  Vault:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: Default
            CopyActions:
              - DestinationBackupVaultArn: !Ref Vault  # undecided: parameter "Vault" has no default
  Everything:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Daily
      BackupSelection:
        SelectionName: everything
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources: ["*"]
```

```hcl
variable "vault" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "Default"

    copy_action {
      destination_vault_arn = var.vault # undecided: var.vault has no default
    }
  }
}

resource "aws_backup_selection" "everything" {
  name         = "everything"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["*"]
}
```

## Sources

- [Regional services - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/regional-services.html), read on 2026-11-29
- [Creating backup copies across AWS Regions](https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Step, Unknown
from wa_iac.knowledge.architecture.kinds import kind_of

_STORES: Final = frozenset({"database", "cluster", "files", "warehouse", "search", "windows files"})
_TABLES: Final = ("dynamodb.table", "dynamodb.globaltable")
_SERVICES: Final = (
    "rds.",
    "docdb.",
    "neptune.",
    "efs.",
    "fsx.",
    "redshift.",
    "opensearchservice.",
    "elasticsearch.",
    "dynamodb.",
)
_NAMED: Final = 3


@rule(
    practices=["REL13-BP02", "REL09-BP01", "REL10-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        decision="Decide how much data and how many hours the workload may lose with its Region. If a copy is needed, let a plan of AWS Backup copy the "
        "backups into a vault of another Region, or use what the service has: global tables, a global database, replicated backups. If not, "
        "suppress the finding with this reason."
    ),
)
def check(graph: Graph) -> Flags:
    accept(not any(kind_of(each).startswith(_SERVICES) for each in graph.types))
    from wa_iac.drill.losses import loss_with_its_region
    from wa_iac.drill.mesh import mesh

    doubt: Unknown | None = None
    without = []
    for node in mesh(graph).nodes.values():
        if node.shape not in _STORES and node.kind not in _TABLES:
            continue
        loss = loss_with_its_region(node, graph)
        if loss is None:
            continue
        if loss.unknown is not None:
            doubt = first_unknown(doubt, loss.unknown)
        elif loss.is_total:
            without.append(node.declared)
    if not without:
        all_known(doubt)
        return
    names = [each.address for each in without[:_NAMED]]
    more = f" and {len(without) - _NAMED} more" if len(without) > _NAMED else ""
    listed = ", ".join(names) + more if more or len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    yield flag(
        graph.typed(without[0], Resource),
        f"If the Region fails, everything in {listed} is away with it: nothing here keeps a copy in another Region.",
        related=[Step(each.span, f"{each.address} is one of them") for each in without[1:_NAMED]],
    )
