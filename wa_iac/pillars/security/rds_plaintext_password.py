"""# RDS database password is written in plain text

## Why

Anyone who can read this file, its history or the deployment's logs, and reaches the database, can sign in to the database as its administrator, and changing the
password needs a deployment. The default of a parameter or a variable is also in plain text, even if it is marked NoEcho or sensitive.

RDS can generate, store and rotate the password itself (`ManageMasterUserPassword`).

## What it checks

The rule reads the master password of each database instance and cluster. It reports a password that is written in the file, or that is
the default of a parameter or a variable. The report never shows the password. A dynamic reference `{{resolve:ssm:...}}` reads a parameter of type String,
which keeps the password in plain text: the severity is high.

If Terraform ignores changes of the password, it is the first one, which somebody may have changed since: the severity is high.

## What is left out

The rule accepts a dynamic reference to Secrets Manager or to a `SecureString` parameter (`{{resolve:ssm-secure:...}}`), a parameter or variable without a default, and in Terraform a secret's data
source, an ephemeral value or `random_password`.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MasterUsername: orders
      MasterUserPassword: not-a-good-place  # finding: The administrator's password
  Sessions:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MasterUsername: sessions
      MasterUserPassword: '{{resolve:ssm:/sessions/password}}'  # finding: a parameter of type String
```

```yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
    Default: not-a-good-place
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      MasterUsername: orders
      MasterUserPassword: !Ref Password  # finding: sensitive and is not shown
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  username          = "orders"
  password          = "not-a-good-place" # finding: The administrator's password
}
```

```hcl
variable "password" {
  type      = string
  sensitive = true
  default   = "not-a-good-place"
}

resource "aws_rds_cluster" "orders" {
  engine          = "aurora-mysql"
  master_username = "orders"
  master_password = var.password # finding: sensitive and is not shown
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
      MasterUsername: orders
      ManageMasterUserPassword: true
  Sessions:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MasterUsername: sessions
      MasterUserPassword: '{{resolve:secretsmanager:sessions:SecretString:password}}'
```

```yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MasterUsername: orders
      MasterUserPassword: !Ref Password
```

```hcl
variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "orders" {
  engine                      = "postgres"
  instance_class              = "db.m7g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
}

resource "aws_db_instance" "sessions" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  username          = "sessions"
  password          = var.password
}
```

```hcl
resource "random_password" "orders" {
  length = 32
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  username          = "orders"
  password          = random_password.orders.result
}
```

## Sources

- [manageMasterUserPassword (CreateDBCluster)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/manage-master-user-password.html), read on 2026-11-29
- [Password management with Amazon Aurora and AWS Secrets Manager - Amazon Aurora](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html), read on 2026-11-29
- [Get a plaintext value from Systems Manager Parameter Store](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html), read on 2026-12-01
- [Using dynamic references to specify template values](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html), read on 2026-11-29
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.partial import PartlyMap
from wa_iac.core.rule import Flags, Remedy, Severity, milder, rule
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.database_replicas import forbids_managed_password, may_be_replica
from wa_iac.knowledge.provider_versions import newest_major
from wa_iac.knowledge.same_password import who_has
from wa_iac.pillars.judgements.plain_text import judge
from wa_iac.pillars.judgements.wording import first_of


def _unmanaged(database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """The remedy for a database whose password RDS does not manage: "Limitations" in "Password management with Amazon RDS and AWS
    Secrets Manager" (Amazon RDS User Guide)."""
    if isinstance(database, Cluster):
        several = any(not isinstance(each, Absent) for each in (database.global_cluster.presence, database.source))
        if several or database.engine_mode in (Known("serverless"), Known("global")):
            return _OF_OTHER_CLUSTERS
        return _also_kept(database, graph)
    if not _takes_its_own(database, graph):
        made = _also_kept(database, graph)
        return _for_replicas_too(_MANAGED if made is None else made) if may_be_replica(database) else made
    return Remedy(
        decision="Generate another password in Secrets Manager, take it from there by a dynamic reference or a data source, and let the clients read it "
        "there too: RDS does not manage the passwords of "
        "read replicas and of databases that have some, of RDS Custom, and of databases with blue/green deployments."
        f"{_raised(database)}"
    )


def _takes_its_own(database: Instance, graph: Graph) -> bool:
    """Whether RDS certainly does not manage its password."""
    copied = database.blue_green == Known(True) or forbids_managed_password(database, graph)
    return copied or Known(True) in (database.is_custom(), database.is_replica())


def _fitting(remedy: Remedy, database: Instance | Cluster, graph: Graph) -> Remedy:
    """The remedy for a password that a module takes, without what RDS refuses, and with what a write-only argument needs."""
    refused = isinstance(database, Instance) and _takes_its_own(database, graph)
    decision = remedy.decision.replace(_PREFERRED, "") if refused else remedy.decision
    return replace(remedy, decision=f"{decision}{_raised(database)}")


def _raised(database: Instance | Cluster) -> str:
    """What a write-only argument needs: Terraform sends it again only for another version."""
    names = (f"{each}_wo_version" for each in _PASSWORDS if f"{each}_wo" in database.declared.body.value)
    return "".join(f" Raise {each} too, without which the database keeps the old one." for each in names)


def _for_replicas_too(made: Remedy) -> Remedy:
    """A remedy for a block that stands for read replicas and their sources too."""
    return replace(
        made,
        decision=f"{made.decision} The block takes replicate_source_db from its callers: RDS does not manage the password of a read replica, nor that "
        "of an instance with read replicas. Let a variable of the module turn this on, only for the instances without any.",
    )


def _also_kept(database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """The remedy for a database whose password a secret here is also made of: that secret would go on with the old one."""
    password = database.master_password
    secret = graph.once(_kept).get(password.value) if isinstance(password, Known) else None
    if secret is None:
        old = database.dialect == "terraform" and newest_major(graph) == _FIRST_MANAGED
        left = _left_over(password)
        if others := _of_others(password, graph):
            return Remedy(decision=f"{others} {left}".rstrip())
        more = " ".join(filter(None, ("It needs version 4.61 of the provider." if old else "", left)))
        return replace(_MANAGED, decision=f"{_MANAGED.decision} {more}") if more else None
    name = "ManageMasterUserPassword" if database.as_cloudformation else "manage_master_user_password"
    return Remedy(
        decision=f"The secret {secret} is made of the same password: it would keep the old one. Either keep that secret, let Secrets Manager or "
        "random_password generate its password, and take the database's password from there. Or let RDS manage the password "
        f"({name}), let the readers use the secret that RDS makes, and remove this one."
    )


def _left_over(password: Value[str]) -> str:
    """A sentence on the default that nothing needs any more; empty if the password is none."""
    names = [step.default_of for step in password.origin.chain if step.default_of]
    return f"Then remove {names[-1]} too, if nothing else uses it." if names else ""


def _of_others(password: Value[str], graph: Graph) -> str:
    """What to do if something else here has the password, which may not be able to read a secret that RDS manages; empty if nothing has."""
    found = who_has(password.value, graph) if isinstance(password, Known) else []
    if not found:
        return ""
    return (
        f"{first_of(found)} {'has' if len(found) == 1 else 'have'} the same password: generate another one in Secrets Manager, and let the database and "
        f"{'that' if len(found) == 1 else 'those'} take it from there, by a dynamic reference or a data source."
    )


def _kept(graph: Graph) -> dict[str, str]:
    """The names of the secrets whose content is written here, by each text in it."""
    from wa_iac.aws.secretsmanager import Secret  # few databases have a password that is written

    return {
        text: secret.declared.name
        for secret in graph.of(Secret)
        for each in (secret.content, secret.text)
        for text in _texts(each)
    }


def _texts(tree: Tree) -> Iterator[str]:
    match tree:
        case Known(str() as text):
            yield text
        case Known(dict() as entries) | PartlyMap(entries=entries):
            for each in entries.values():
                yield from _texts(each)
        case _:
            return


_PASSWORDS: Final = ("password", "master_password")
_PREFERRED: Final = " If the module can leave the password to RDS (manage_master_user_password), prefer that."
_FIRST_MANAGED: Final = 4
"""The major version of Terraform's provider in which RDS first manages passwords."""
_OF_OTHER_CLUSTERS: Final = Remedy(
    decision="Generate another password in Secrets Manager, take it from there by a dynamic reference or a data source, and let the clients read it "
    "there too: RDS does not manage the passwords of Aurora "
    "global databases, of Aurora Serverless v1, and of clusters with replicas in other Regions."
)
_MANAGED: Final = Remedy(
    cfn={"ManageMasterUserPassword": True},
    tf={"manage_master_user_password": True},
    removes=(
        *("MasterUserPassword", "password", "master_password", "password_wo", "password_wo_version"),
        *("master_password_wo", "master_password_wo_version"),
    ),
    decision="RDS then chooses a new password and keeps it in a secret of its own (MasterUserSecret.SecretArn, master_user_secret): clients have "
    "to read it there, also after each rotation. The deployment needs secretsmanager:CreateSecret, secretsmanager:TagResource and kms:DescribeKey. For a client that cannot read "
    "such a secret, generate one of your own instead.",
    given=_unmanaged,
)


@rule(
    practices=["SEC02-BP03", "SEC02-BP05"],
    severity=Severity.CRITICAL,
    remedy=_MANAGED,
    equivalents={
        "guard": ["RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD"]
    },
)
def check(database: Instance | Cluster, graph: Graph) -> Flags:
    for found in _judge(database):
        instead = found.instead
        # Without a remedy of its own, also for a password from a parameter: RDS can manage it.
        yield found._replace(instead=_fitting(instead, database, graph) if isinstance(instead, Remedy) else "")


def _judge(database: Instance | Cluster) -> Flags:
    password = database.master_password
    where, unless = (
        ("as a default", "unless a deployment gives another one, ") if password.origin.how == "default" else ("here", "")
    )
    if any(map(database.ignores, _PASSWORDS)):
        # A first password, which somebody may have changed by hand.
        message = (
            f"The administrator's first password is in plain text {where}, and Terraform ignores changes of it: unless somebody has changed it since, "
            "anyone who can read it and reaches the database can sign in."
        )
        yield from milder(
            judge(password, message, holder=database, instead=_passed(password, first=True)), severity=Severity.HIGH
        )
        return
    yield from judge(
        password,
        f"The administrator's password is in plain text {where}: {unless}anyone who can read it and reaches the database can sign in.",
        holder=database,
        instead=_passed(password),
    )


def _passed(password: Value[str], *, first: bool = False) -> Remedy | str:
    """The remedy for a password that a call passes to a module: others call that too."""
    last = password.origin.chain[-1] if password.origin.chain else None
    if last is None or not last.argument or isinstance(password, Unknown):
        return ""
    changed = (
        "Only the secrets of the module change with it"
        if first
        else "The database and the secrets of the module change with it"
    )
    then = "give a database that exists the same one by hand" if first else "clients need the new one"
    return Remedy(
        decision=f'Pass a generated password as "{last.argument}", such as one of random_password or a reference to a secret, and never a literal. '
        f"{changed}: {then}. If the module can leave the password to RDS (manage_master_user_password), "
        "prefer that."
    )
