"""# Data store is not covered by a backup plan

## Why

The template backs up other resources with AWS Backup, but not this one: no backup selection includes it by ARN, wildcard or
tag, and it has no backups of its own. Deleted data cannot be restored.

## What it checks

The rule checks DynamoDB tables, EFS file systems and RDS instances in a template or configuration that has a backup selection. It reports
one that no selection includes and that has no backups of its own.

## What is left out

The rule checks only templates with a backup selection, because others may be covered by a plan elsewhere, for example by their
organization's. It does not report tables with point-in-time recovery, databases with automated backups, or file systems with
their own backup policy, or tables that lock Terraform's state (partition key `LockID`). The finding is advice: the code does not show which data
can be made again, and a team that selects some resources has mostly left the others out on purpose. The severity is low for a store whose name or whose
expiring items say that its data is short-lived.

## Non-compliant

```yaml
Resources:
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
  Selected:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Daily
      BackupSelection:
        SelectionName: data
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources:
          - !GetAtt Sessions.Arn
  Sessions:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Shared:  # finding
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
```

```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"
  }
}

resource "aws_backup_selection" "data" {
  name         = "data"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "backup"
    value = "daily"
  }
}

resource "aws_efs_file_system" "shared" { # finding
  encrypted = true
}
```

## Compliant

```yaml
Resources:
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
  Selected:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Daily
      BackupSelection:
        SelectionName: data
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources:
          - arn:aws:elasticfilesystem:*:*:file-system/*
          - !GetAtt Sessions.Arn
  Sessions:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
```

```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"
  }
}

resource "aws_backup_selection" "data" {
  name         = "data"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "backup"
    value = "daily"
  }
}

resource "aws_efs_file_system" "shared" {
  encrypted = true
  tags      = { backup = "daily" }
}
```

## Not applicable

```yaml
Resources:
  Files:  # not applicable: a plan elsewhere may cover it
    Type: AWS::EFS::FileSystem
```

```hcl
resource "aws_efs_file_system" "files" {} # not applicable: a plan elsewhere may cover it
```

## Undecided

The result is undecided if `Resources` or `value` is not known before deployment.

```yaml
Parameters:
  Selected:
    Type: CommaDelimitedList
Resources:
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Daily
      BackupSelection:
        SelectionName: data
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources: !Ref Selected  # undecided: parameter "Selected" has no default
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
```

```hcl
variable "value" {
  type = string
}

resource "aws_backup_selection" "data" {
  name         = "data"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "backup"
    value = var.value # undecided: var.value has no default
  }
}

resource "aws_efs_file_system" "shared" {
  encrypted = true
  tags      = { backup = "daily" }
}
```

## Sources

- [BackupSelection - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.backup import BackupSelection
from wa_iac.aws.dynamodb import Table
from wa_iac.aws.efs import FileSystem
from wa_iac.aws.rds import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.backups import backed_up, keeps_itself
from wa_iac.knowledge.short_lived import short_lived


def _fitting(store: Table | FileSystem | Instance, graph: Graph) -> Remedy | None:
    """The remedy with the selection, which may be in another module or stack: no reference leads from there to the resource."""
    selections = sorted(graph.of(BackupSelection), key=lambda each: each.declared.calls != store.declared.calls)
    nearest = selections[0]
    place = f"{nearest.address} ({nearest.span.path}:{nearest.span.start_line})"
    same = nearest.declared.calls == store.declared.calls
    if same and (store.dialect == "terraform" or nearest.span.path == store.span.path):
        return replace(
            _REMEDY,
            cfn=_OF_DATABASE if isinstance(store, Instance) else _REMEDY.cfn,
            decision=f"Add the resource to a selection of a backup plan, such as {place}, by its ARN or by a tag. {_NEEDS}",
        )
    return Remedy(
        decision=f"Add the resource to a selection of a backup plan, such as {place}, by a tag, or by its ARN, which has to come there as the "
        f"output of one module or stack and the input of the other. {_NEEDS}"
    )


_NEEDS: Final = "AWS Backup has to be turned on for this kind of resource in the Region, and the role of the selection must be allowed to back it up."
_OF_DATABASE: Final = "Resources:\n  - !GetAtt <this resource>.DBInstanceArn"
_REMEDY: Final = Remedy(
    cfn="Resources:\n  - !GetAtt <this resource>.Arn",
    tf="resources = [<this resource>.arn]",
    decision=f"Add the resource to a selection of a backup plan, by its ARN or by a tag. {_NEEDS}",
    differs=True,
)


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_REMEDY, given=_fitting),
    equivalents={
        "checkov": ["CKV2_AWS_18"],
        "cdk_nag": ["RDSInBackupPlan", "DynamoDBInBackupPlan", "EFSInBackupPlan"],
        "guard": ["DYNAMODB_IN_BACKUP_PLAN", "EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN"],
        "config": ["RDS_IN_BACKUP_PLAN", "DYNAMODB_IN_BACKUP_PLAN", "EFS_IN_BACKUP_PLAN"],
    },
)
def check(store: Table | FileSystem | Instance, graph: Graph) -> Flags:
    exempt(not graph.of(BackupSelection), "nothing here is backed up with AWS Backup; a plan elsewhere may cover it")
    accept(any_of((keeps_itself(store), backed_up(store, graph))))
    message = "No backup selection covers this resource, and it has no backups of its own: data that is deleted in it is lost."
    why = short_lived(store) or ("its items expire" if isinstance(store, Table) and store.ttl == Known(True) else "")
    if why:
        yield flag(store, f"{message} It is probably short-lived: {why}.", severity=Severity.LOW)
        return
    yield flag(store, message)
