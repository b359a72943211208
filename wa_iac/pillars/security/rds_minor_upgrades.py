"""# RDS database or ElastiCache cluster has automatic minor version upgrades disabled

Minor versions of an engine bring security fixes. With automatic upgrades disabled, the database keeps its known vulnerabilities
until someone remembers to upgrade it.

The upgrade happens in the maintenance window; a Multi-AZ deployment fails over instead of stopping. RDS and ElastiCache upgrade
by default, so the rule reports only an explicit `false`. RDS Custom accepts nothing else, since its owner installs the upgrades.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: false  # finding
```

```hcl
resource "aws_db_instance" "orders" {
  engine                     = "postgres"
  instance_class             = "db.m7g.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = false # finding
}
```

```hcl
resource "aws_rds_cluster_instance" "first" {
  cluster_identifier         = "orders"
  engine                     = "aurora-mysql"
  instance_class             = "db.r7g.large"
  auto_minor_version_upgrade = false # finding
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
      AutoMinorVersionUpgrade: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

## Not applicable

```yaml
Resources:
  Custom:  # not applicable: no automatic minor version upgrades
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: false
```

```hcl
resource "aws_db_instance" "custom" { # not applicable: no automatic minor version upgrades
  engine                     = "custom-oracle-ee"
  instance_class             = "db.m5.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = false
}
```

## Undecided

The result is undecided if `AutoMinorVersionUpgrade` or `auto_minor_version_upgrade` is not known before deployment.

```yaml
Parameters:
  AutoMinorVersionUpgrade:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      AutoMinorVersionUpgrade: !Ref AutoMinorVersionUpgrade  # undecided: parameter "AutoMinorVersionUpgrade" has no default
```

```hcl
variable "auto_minor_version_upgrade" { # undecided: Fails when var.auto_minor_version_upgrade is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine                     = "postgres"
  instance_class             = "db.m7g.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = var.auto_minor_version_upgrade
}
```
"""

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.aws.rds import Cluster, ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, exempt, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC06-BP01", "REL08-BP05", "OPS05-BP05"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_226", "CKV_AWS_322"],
        "cdk_nag": ["RDSAutomaticMinorVersionUpgradeEnabled"],
        "guard": ["RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED"],
        "config": ["RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED"],
    },
    fix=Recipe(
        cfn={"AutoMinorVersionUpgrade": True},
        tf={"auto_minor_version_upgrade": True},
        unsafe_because="an upgrade restarts the engine in its maintenance window",
    ),
)
def check(database: Instance | ClusterInstance | Cluster | ReplicationGroup) -> Flags:
    if isinstance(database, Instance) and database.minor_upgrades != Known(True):
        exempt(database.is_custom(), "RDS Custom has no automatic minor version upgrades")
    yield from refuse(
        database.minor_upgrades,
        False,
        f"This {'cache' if isinstance(database, ReplicationGroup) else 'database'} has automatic minor version upgrades turned off: "
        "security fixes of the engine wait until someone installs them.",
    )
