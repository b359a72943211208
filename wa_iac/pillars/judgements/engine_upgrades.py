"""What the upgrade of a database to another major version needs, as far as the code shows that it is missing."""

from typing import Final

from wa_iac.aws.rds import Cluster, ClusterInstance, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.value import Known
from wa_iac.knowledge.database_parameters import surely_leaves_off
from wa_iac.knowledge.ended_engines import FIRST_AURORA
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.knowledge.node_sizes import is_dropped, is_previous

from .set_by_default import set_by_default
from .wording import listed

_WITH_SECRETS_MANAGER: Final = "A blue/green deployment would keep the interruption short, but RDS makes none while Secrets Manager manages the master password."
_SHORT: Final = "A blue/green deployment keeps the interruption short."
_BY_HAND: Final = (
    "Make it with RDS itself (create-blue-green-deployment), and write the new version and groups here afterwards."
)
_IN_TEMPLATE: Final = (
    "In CloudFormation, AWS::RDS::Deployment makes the copy with the new version, but does not switch over to it: do that with RDS itself "
    "(switchover-blue-green-deployment), and write the new version and groups here afterwards."
)
""""AWS::RDS::Deployment" (CloudFormation Template Reference Guide) has no property for it."""
_OLD_ONE: Final = (
    "A blue/green deployment (blue_green_update) keeps the interruption short: Terraform switches over to the changed copy in the same apply, and deletes "
    "the old database without a snapshot, so make one before."
)
_NO_BACKUPS: Final = "A blue/green deployment needs automated backups, which are off here: first set {} to at least 1, which restarts the database, and for which AWS may charge."
_LOGICAL: Final = (
    "A blue/green deployment needs logical replication, which is off here: first set rds.logical_replication to 1 in {}, and restart the database. "
    "Each table needs a primary key."
)
_BINLOG: Final = "A blue/green deployment needs the binary log, which is off here: first set binlog_format to ROW in {}, and restart the database."
_FROM: Final = {11: 21, 12: 16, 13: 12, 14: 9, 15: 4}
"""The first minor version of PostgreSQL from which a blue/green deployment leads to another major version, by the major version: "PostgreSQL
replication methods for blue/green deployments" (Amazon RDS User Guide)."""
_CATCH_UP: Final = (
    "If the database exists, AWS upgrades it by itself: look up what it runs now, and write that engine and version here, or the next deployment may be refused or "
    "may replace the database. Then upgrade to a version in standard support, after a test on a copy. A new database can have that from the start. {}"
    "Parameter groups, option groups and classes have to fit the new version."
)
_RENAMED: Final = "The engine aurora-mysql takes the place of aurora, for the cluster and its instances. "
_GROUPS: Final = (
    "parameter_group_name",
    "option_group_name",
    "db_cluster_parameter_group_name",
    "db_instance_parameter_group_name",
)
"""The arguments for groups that are for one version."""


def short_way(database: Instance | Cluster) -> str:
    """Sentences on the way with a short interruption, and on what it needs that the code does not have; empty where RDS may have none: for a
    read replica, which goes with its source, and for a Multi-AZ cluster."""
    alone = database.is_aurora() if isinstance(database, Cluster) else negate(database.is_replica())
    if alone != Known(True):
        return ""
    if database.manage_password == Known(True):
        return _WITH_SECRETS_MANAGER
    if isinstance(database, Instance) and database.blue_green == Known(True):
        return " ".join(_needs(database))
    if database.dialect == "cloudformation":
        words = [_SHORT, _IN_TEMPLATE]
    elif database.as_cloudformation:
        words = [_SHORT, _BY_HAND]
    elif isinstance(database, Cluster):
        words = [_SHORT, "Terraform makes none of a cluster.", _BY_HAND]
    else:
        words = [_OLD_ONE]
    return " ".join((*words, *_needs(database)))


def _needs(database: Instance | Cluster) -> list[str]:
    """What a blue/green deployment to another major version needs, by the engine: "Preparing for a blue/green deployment" (Amazon RDS User
    Guide, Amazon Aurora User Guide). Terraform asks for backups whatever the engine ("aws_db_instance", backup_retention_period)."""
    engine = database.engine.value.lower() if isinstance(database.engine, Known) else ""
    if engine == "aurora-mysql" and surely_leaves_off(database, "binlog_format"):
        return [_BINLOG.format(_group(database))]
    found: list[str] = []
    asked = engine == "mysql" or not database.as_cloudformation
    if asked and isinstance(database, Instance) and _without_backups(database):
        found.append(_NO_BACKUPS.format("BackupRetentionPeriod" if database.as_cloudformation else "backup_retention_period"))
    if engine in ("postgres", "aurora-postgresql") and surely_leaves_off(database, "rds.logical_replication"):
        found.append(_LOGICAL.format(_group(database)))
    version = numbers(database.engine_version.value) if isinstance(database.engine_version, Known) else ()
    if engine == "postgres" and len(version) > 1 and version[1] < _FROM.get(version[0], 0):
        found.append(
            f"A blue/green deployment starts from {version[0]}.{_FROM[version[0]]} or later: upgrade to the newest minor version first."
        )
    return found


def _group(database: Instance | Cluster) -> str:
    """The parameter group in which a parameter can be set: a default group cannot be changed."""
    groups = database.parameter_group.targets
    if groups:
        return groups[0].address
    return f"a {'cluster ' if isinstance(database, Cluster) else ''}parameter group of its own"


def _without_backups(database: Instance) -> bool:
    """Whether automated backups are surely off. Terraform leaves a restored database those of its snapshot, unless they are written."""
    kept = database.backup_retention
    return kept == Known(0) and (kept.origin.how != "service default" or given(database.snapshot) == Known(False))


def class_first(database: Instance | Cluster) -> str:
    """Sentences on classes that have to change before the version; empty if there are none."""
    sized: list[Instance | ClusterInstance] = [database] if isinstance(database, Instance) else [*database.members]
    classes = sorted({each.instance_class.value for each in sized if isinstance(each.instance_class, Known)})
    previous = [*filter(is_previous, classes)]
    engine = database.engine.value.lower() if isinstance(database.engine, Known) else ""
    dropped = [each for each in classes if is_dropped(engine, each)]
    # What only chose the class among others has no list of classes.
    steps = [each.instance_class.origin.default_step for each in sized if each.instance_class.origin.how == "default"]
    given_by = next((each.default_of for each in steps if each is not None), "")
    allowed = f", which the allowed values of {given_by} have to contain, if it has any" if given_by else ""
    found: list[str] = []
    if previous:
        run = "do not run" if engine.startswith("aurora") else "may not run"
        found.append(
            f"{' and '.join(previous)} is of a previous generation, which newer versions {run} on: first change to a current class{allowed}."
        )
    if dropped:
        found.append(f"Newer versions do not run on {' and '.join(dropped)}: first change to a larger class{allowed}.")
    return " ".join(found)


def catch_up(database: Instance | Cluster, graph: Graph) -> Remedy:
    """What to do about an engine or a version that AWS has ended."""
    is_first = database.engine == Known(FIRST_AURORA)
    asked, what = (database.engine, "engine") if is_first else (database.engine_version, "version")
    there = set_by_default(asked, database, graph, what)
    return Remedy(decision=f"{_CATCH_UP.format(_RENAMED if is_first else '')} {there}".rstrip())


def held(database: Instance | Cluster) -> str:
    """A sentence on the groups whose change Terraform would ignore; empty if there is none."""
    found = [each for each in _GROUPS if database.ignores(each)]
    if not found:
        return ""
    return f"Terraform ignores changes of {listed(found)} here (ignore_changes): lift that with the upgrade, or RDS keeps the old group and refuses."
