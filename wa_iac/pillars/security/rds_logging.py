"""# RDS database exports no logs

## Why

The logs of this database stay on its own disk. RDS deletes them after a few days, and a restart or a failover may lose them. If you ask
later why a query failed, the logs are gone. CloudWatch Logs keeps them and can raise alarms on them. Their content depends on the engine
and its parameters. PostgreSQL logs failed sign-ins; with `log_connections`, it logs all of them. MySQL writes sign-ins to `audit` (an
option group) or `general` (a parameter).

## What it checks

The rule reads the log exports of each database instance and cluster. It reports one that exports no log; one log is enough, but not if it surely stays
empty: `slowquery` and `general` of MySQL and MariaDB, with the default parameter group. The available
logs depend on the engine: `postgresql`, `upgrade`; `error`, `slowquery`, `general`, `audit`; `alert`, `listener`, `trace`; `agent`,
`error`. AWS adds further types, such as `iam-db-auth-error`.
The finding is advice in a file of a workshop or a demonstration, by its path.

## What is left out

The rule does not check the members of a cluster, for which the cluster's settings count. It does not check RDS Custom, Neptune and
DocumentDB, which have their own settings, and Aurora Serverless v1, which exports its error log by itself.

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
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = [] # finding
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
      EnableCloudwatchLogsExports:
        - postgresql
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["audit", "error"]
}
```

## Not applicable

```yaml
Resources:
  First:  # not applicable: the cluster's settings
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-mysql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: orders
  Serverless:  # not applicable: exports its error log by itself
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      EngineMode: serverless
  Custom:  # not applicable: has its own settings
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_rds_cluster" "serverless" { # not applicable: exports its error log by itself
  engine      = "aurora-mysql"
  engine_mode = "serverless"
}

resource "aws_db_instance" "custom" { # not applicable: has its own settings
  engine            = "custom-oracle-ee"
  instance_class    = "db.m5.large"
  allocated_storage = 100
}
```

## Undecided

The result is undecided if `EnableCloudwatchLogsExports` or `enabled_cloudwatch_logs_exports` is not known before deployment.

```yaml
Parameters:
  Logs:
    Type: CommaDelimitedList
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      EnableCloudwatchLogsExports: !Ref Logs  # undecided: parameter "Logs" has no default
```

```hcl
variable "enabled_cloudwatch_logs_exports" {
  type = list(string)
}

resource "aws_rds_cluster" "orders" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = var.enabled_cloudwatch_logs_exports # undecided: var.enabled_cloudwatch_logs_exports
}
```

## Sources

- [enableCloudwatchLogsExports (CreateDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/enable-cloudwatch-logs-exports.html), read on 2026-11-29
"""

from collections.abc import Sequence
from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.allowed_values import allowed_for
from wa_iac.knowledge.database_replicas import engine_of
from wa_iac.pillars.judgements.wording import listed
from wa_iac.pillars.judgements.workshops import where_it_lasts

LOGS: Final = {
    "aurora-postgresql": ["postgresql"],
    "postgres": ["postgresql"],
    "aurora": ["error", "slowquery"],
    "mysql": ["error", "slowquery"],
    "mariadb": ["error", "slowquery"],
    "oracle": ["alert", "audit", "listener"],
    "sqlserver-ex": ["error"],
    "sqlserver": ["error", "agent"],
    "db2": ["diag.log", "notify.log"],
}
"""The logs to export, by the beginning of an engine's name: `EnableCloudwatchLogsExports` of CreateDBInstance and CreateDBCluster
(Amazon RDS API Reference). Longer names come first. The Express edition of SQL Server has no agent."""

_KEPT: Final = "RDS makes log groups for them, which keep everything forever until you set a retention."
_SWITCHES: Final = {"slowquery": "slow_query_log", "general": "general_log"}
"""Logs that MySQL and MariaDB write only if a parameter says so: "Publishing MySQL logs to Amazon CloudWatch Logs" (Amazon RDS User Guide)."""

_CONTENT: Final = {
    "aurora-postgresql": "its errors and failed sign-ins",
    "postgres": "its errors and failed sign-ins",
    "oracle": "its alerts, connections and audit records",
    "sqlserver": "its errors and failed sign-ins",
}
"""What the logs of an engine hold by default, where that is more than errors: "RDS for PostgreSQL database log files" and the pages on
other engines (Amazon RDS User Guide)."""


def _engine(database: Instance | Cluster, graph: Graph) -> str:
    """The name of its engine, or of its source's; empty if it is not known."""
    engine = engine_of(database, graph) if isinstance(database, Instance) else database.engine
    return str(engine.value).lower() if isinstance(engine, Known) else ""


def _content(name: str) -> str:
    """What is lost, in the words of the message."""
    return next((content for engine, content in _CONTENT.items() if name.startswith(engine)), "its errors")


def _place(database: Instance | Cluster) -> list[tuple[str, int]]:
    return [(database.declared.span.path, database.declared.span.start_byte)]


def _logs(name: str) -> list[str] | None:
    return next((logs for engine, logs in LOGS.items() if name.startswith(engine)), None)


def _shared_by_engines(database: Instance | Cluster, graph: Graph) -> bool:
    """Whether databases that have other logs are made from the same block, such as by other calls of its module."""
    index = graph.index(Instance, _place) if isinstance(database, Instance) else graph.index(Cluster, _place)
    return any(_logs(_engine(each, graph)) != _logs(_engine(database, graph)) for each in index.get(_place(database)[0], ()))


def _surely_empty(database: Instance) -> list[str]:
    """The logs that a database exports, if all of them are of a kind that its default parameter group leaves off. A copy may have the group
    of its source."""
    exports = database.log_exports
    named = [each.value if isinstance(each, Known) else "" for each in exports.value] if isinstance(exports, Known) else []
    engine = str(database.engine.value).lower() if isinstance(database.engine, Known) else ""
    is_copy = database.copied()
    if engine not in ("mysql", "mariadb") or is_copy == Known(True) or isinstance(is_copy, Unknown):
        return []
    if not isinstance(database.parameter_group.presence, Absent):
        return []
    return named if all(each in _SWITCHES for each in named) else []


def _written_once(database: Instance | Cluster, logs: Sequence[str]) -> str:
    """A sentence on the parameters that logs need; empty if they need none."""
    needed = [f"{_SWITCHES[each]} to 1" for each in logs if each in _SWITCHES]
    if not needed:
        return ""
    own = isinstance(database.parameter_group.presence, Absent)
    group = "a parameter group of its own, instead of the default one," if own else "the parameter group"
    names = [each for each in logs if each in _SWITCHES]
    return f"{listed(names)} {'stays' if len(names) == 1 else 'stay'} empty until {group} sets {listed([*needed, 'log_output to FILE'])}."


def _chosen(database: Instance | Cluster, graph: Graph, name: str) -> str:
    """A sentence on logs that are right for one of several engines; empty if the engine is fixed, or all that are allowed have the same."""
    chain = database.engine.origin.chain
    chosen = next((each for each in chain if each.chooses), None) or database.engine.origin.default_step
    allowed = allowed_for(database.engine, database, graph)[1]
    if chosen is None or (allowed and all(_logs(each.lower()) == _logs(name) for each in allowed)):
        return ""
    why = f"depends on {chosen.default_of}" if chosen.default_of else f"is {name} since {chosen.note}"
    return f"These are logs of {name}. The engine {why}: let the logs depend on it too, since RDS refuses those that an engine does not have."


def _exported(database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """The export of an engine's own logs."""
    name = _engine(database, graph)
    logs = _logs(name)
    if logs is not None and not database.log_exports.origin.chain and _shared_by_engines(database, graph):
        return Remedy(
            decision="Databases of other engines share this block, and RDS refuses logs that an engine does not have: choose the logs by the engine, or "
            f"give the module an argument for them. {name} has {listed(logs)}. {' '.join(filter(None, (_written_once(database, logs), _KEPT)))}"
        )
    if logs is None:
        argument = "EnableCloudwatchLogsExports" if database.dialect == "cloudformation" else "enabled_cloudwatch_logs_exports"
        return Remedy(decision=f"Export the logs of the database's engine: {argument} lists their names. {_KEPT}")
    said = " ".join(filter(None, (_chosen(database, graph, name), _written_once(database, logs), _KEPT)))
    return Remedy(cfn={"EnableCloudwatchLogsExports": logs}, tf={"enabled_cloudwatch_logs_exports": logs}, decision=said)


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn={"EnableCloudwatchLogsExports": ["postgresql"]},
        tf={"enabled_cloudwatch_logs_exports": ["postgresql"]},
        decision=_KEPT,
        given=_exported,
    ),
    equivalents={
        "checkov": ["CKV_AWS_129", "CKV_AWS_324"],
        "cdk_nag": ["AwsSolutions-RDS16", "RDSLoggingEnabled"],
        "guard": ["RDS_LOGGING_ENABLED", "RDS_INSTANCE_LOGGING_ENABLED"],
        "config": ["RDS_LOGGING_ENABLED"],
        "security_hub": ["RDS.9"],
    },
)
def check(database: Instance | Cluster, graph: Graph) -> Flags:
    yield from where_it_lasts(database, _judge(database, graph))


def _judge(database: Instance | Cluster, graph: Graph) -> Flags:
    if isinstance(database, Cluster):
        exempt(database.is_serverless_v1(), "Aurora Serverless v1 exports its error log by itself")
    if isinstance(database.log_exports, Known) and database.log_exports.value:
        empty = _surely_empty(database) if isinstance(database, Instance) else []
        if empty:
            switches = [_SWITCHES[each] for each in empty]
            logs = ["error", *empty]
            yield flag(
                database.log_exports,
                f"This database sends only {listed(empty)} to CloudWatch, which {'stays' if len(empty) == 1 else 'stay'} empty: the default parameter group leaves {listed(switches)} off. "
                "Its errors are lost once RDS deletes its own copy.",
                instead=Remedy(
                    cfn={"EnableCloudwatchLogsExports": logs},
                    tf={"enabled_cloudwatch_logs_exports": logs},
                    decision=f"The error log is written by default. {_written_once(database, empty)} {_KEPT}",
                ),
            )
        return
    if isinstance(database, Instance):
        exempt(database.is_member(), "the cluster's settings decide for its members")
    if isinstance(database.engine, Known):
        name = database.engine.value
        exempt(name.lower().startswith(("custom-", "neptune", "docdb")), f"{name} has its own settings")
    yield flag(
        settled(database.log_exports),
        f"This database sends no log to CloudWatch: {_content(_engine(database, graph))} are lost once RDS deletes its own copy.",
    )
