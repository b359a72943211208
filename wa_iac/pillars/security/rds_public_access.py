"""# RDS database is publicly accessible

A publicly accessible database has a name that resolves to a public IP address. Then only a security group and a password
protect it from the whole internet, and a mistake in one of them is enough.

If CloudFormation does not set it, RDS decides by the VPC of the subnet group, and the result is undecided. Administrators reach
a private database through a VPN, a bastion host or Session Manager's port forwarding.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      PubliclyAccessible: true  # finding
```

```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  publicly_accessible = true # finding
}
```

```hcl
resource "aws_rds_cluster_instance" "first" {
  cluster_identifier  = "orders"
  engine              = "aurora-mysql"
  instance_class      = "db.r7g.large"
  publicly_accessible = true # finding
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
      PubliclyAccessible: false
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}

resource "aws_rds_cluster_instance" "first" {
  cluster_identifier  = "sessions"
  engine              = "aurora-mysql"
  instance_class      = "db.r7g.large"
  publicly_accessible = false
}
```
"""

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flags, Remedy, Severity, expect, rule, undecided
from wa_iac.core.value import Absent, Unknown


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.CRITICAL,
    remedy=Remedy(cfn="PubliclyAccessible: false", tf="publicly_accessible = false"),
    equivalents={
        "checkov": ["CKV_AWS_17"],
        "trivy": ["AVD-AWS-0180"],
        "cdk_nag": ["RDSInstancePublicAccess"],
        "guard": ["RDS_INSTANCE_PUBLIC_ACCESS_CHECK"],
        "config": ["RDS_INSTANCE_PUBLIC_ACCESS_CHECK"],
        "cfn_nag": ["F22"],
    },
    fix=Recipe(
        cfn={"PubliclyAccessible": False},
        tf={"publicly_accessible": False},
        unsafe_because="clients outside of the VPC can no longer connect",
    ),
)
def check(instance: Instance | ClusterInstance) -> Flags:
    if isinstance(instance.publicly_accessible, Absent):
        why = "without PubliclyAccessible, RDS decides by the subnet group's VPC"
        origin = instance.publicly_accessible.origin
        yield undecided(Unknown(Said(why, "set PubliclyAccessible: false"), ("public by default", instance.address), origin))
        return
    yield from expect(
        instance.publicly_accessible,
        False,
        "This database has a public IP address: only its security group and a password keep the internet out.",
    )
