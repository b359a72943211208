"""The actions of an experiment as they are found, and what it cannot test."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known
from wa_iac.drill_report.words import some
from wa_iac.knowledge.architecture.kinds import kind_of

from .actions import KINDS, action
from .model import Action, Ambient, Named, Statement, Target, Text
from .resources import extension_of, first, is_true, service_of, tags_of

_ZONE: Final[Text] = (Ambient.ZONE,)
_RUNNING: Final[tuple[str, Text]] = ("State.Name", ("running",))
_IN_ZONE: Final[tuple[str, Text]] = ("Placement.AvailabilityZone", _ZONE)
_MOST: Final = 5
"""Resources that one target has, as for subnets and most others: "Quotas" of FIS in the AWS General Reference."""
_TEMPLATES: Final = ("launch_template", "LaunchTemplate", "mixed_instances_policy", "MixedInstancesPolicy")
_OF_CLUSTER: Final = ("cluster_identifier", "DBClusterIdentifier")


class Strikes:
    """What strikes the resources of one unit. The methods that take a resource make it fail as its kind can.

    Attributes:
        of_zone: whether a zone fails: then only what is in it.
        limits: what the experiment does not test, or what must be there first.
        statements: what the role needs beside the permissions of the actions.
    """

    def __init__(self, graph: Graph, *, of_zone: bool) -> None:
        self.of_zone: Final = of_zone
        self.limits: Final[list[str]] = []
        self.statements: Final[list[Statement]] = []
        self._graph: Final = graph
        self._actions: Final[list[Action]] = []
        self._names: Final[dict[str, int]] = {}
        self._alike: Final[dict[tuple[str, str, tuple[tuple[str, Text], ...]], list[Declared]]] = {}
        self._remarks: Final[dict[str, list[str]]] = {}

    def finish(self) -> tuple[Action, ...]:
        """All actions. Resources that are struck alike are the targets of one action, as many as FIS accepts."""
        for (id_, about, parameters), found in self._alike.items():
            for start in range(0, len(found), _MOST):
                together = found[start : start + _MOST]
                wanted = together[0].name if len(found) == 1 else KINDS[id_].key
                arns = tuple(Named(each.address, each.type, "arn") for each in together)
                self._add(id_, about, Target(self._name(wanted), KINDS[id_].target, arns), *parameters)
        self.limits.extend(f"{what}: {some(addresses)}" for what, addresses in self._remarks.items())
        return tuple(self._actions)

    def leave_out(self, declared: Declared, why: str) -> None:
        """Say that a resource is not struck, and why."""
        self.remark(declared, f"Left out, since {why}")

    def remark(self, declared: Declared, what: str) -> None:
        """Say something of a resource, together with all others of which it is said."""
        self._remarks.setdefault(what, []).append(declared.address)

    def strike(self, id_: str, about: str, declared: Declared, *parameters: tuple[str, Text]) -> None:
        """Strike a resource by its ARN."""
        self._alike.setdefault((id_, about, parameters), []).append(declared)

    def cut_off(self, subnet: Declared, scope: str = "all") -> None:
        """No traffic to and from a subnet, or none to and from a service."""
        about = (
            "No traffic enters or leaves the subnets." if scope == "all" else "The service is out of reach from the subnets."
        )
        self.strike("aws:network:disrupt-connectivity", about, subnet, ("scope", (scope,)))

    def group(self, group: Declared) -> None:
        """The instances of an Auto Scaling group stop; of a zone, those in it, and the group gets no others there."""
        self._stop(group, ("aws:autoscaling:groupName", _called(group, "name", "AutoScalingGroupName")))
        if not self.of_zone:
            self.remark(group, "A group replaces its instances as soon as it finds that they stopped")
        elif isinstance(first(group, *_TEMPLATES), Absent):
            self.remark(group, "FIS keeps only groups with a launch template from launching instances in the zone, not these")
        else:
            about = "The groups get no new instance in the zone."
            where = ("availabilityZoneIdentifiers", _ZONE)
            self.strike("aws:ec2:asg-insufficient-instance-capacity-error", about, group, where)

    def nodes(self, nodes: Declared) -> None:
        """The nodes of a managed node group stop in a zone; all of them are terminated else."""
        if self.of_zone:
            self._stop(nodes, ("eks:nodegroup-name", _called(nodes, "node_group_name", "NodegroupName")))
            return
        about = "All nodes are terminated. The group launches others."
        self.strike("aws:eks:terminate-nodegroup-instances", about, nodes, ("instanceTerminationPercentage", ("100",)))

    def instance(self, instance: Declared) -> None:
        """An instance stops."""
        about = "The instances stop, and start again afterwards."
        self.strike("aws:ec2:stop-instances", about, instance, ("completeIfInstancesTerminated", ("true",)))

    def volume(self, volume: Declared) -> None:
        """A volume does not answer."""
        self.strike("aws:ebs:pause-volume-io", "The volumes answer nothing.", volume)
        self.remark(volume, "Volumes must be attached to instances on the Nitro System")

    def database(self, database: Declared) -> None:
        """A database fails over, or restarts if it has no standby."""
        if not isinstance(first(database, *_OF_CLUSTER), Absent):
            self.leave_out(database, "its cluster is struck as a whole")
            return
        standby = is_true(database, "multi_az", "MultiAZ")
        about = "The standby takes over." if standby else "The database restarts."
        self.strike("aws:rds:reboot-db-instances", about, database, ("forceFailover", ("true" if standby else "false",)))
        if not standby:
            why = "FIS cannot keep a database down that has no standby. It restarts; its loss and the restoring of a backup are not tested"
            self.remark(database, why)

    def cluster(self, cluster: Declared) -> None:
        """The writer of a cluster fails over."""
        self.strike("aws:rds:failover-db-cluster", "A reader takes over, if there is one.", cluster)
        if self.of_zone:
            self.remark(cluster, "Clusters fail over from wherever their writers are")

    def tasks(self, service: Declared) -> None:
        """The tasks of a service stop; of a zone, those in it."""
        written = first(service, "cluster", "Cluster")
        found = next((each for each in self._graph.referred(written) if kind_of(each.type) == "ecs.cluster"), None)
        if found is not None and found.kind == "resource":
            cluster = _called(found, "name", "ClusterName")
        elif isinstance(written, Known) and isinstance(written.value, str):
            cluster = (written.value.rpartition("/")[2],)
        else:
            self.leave_out(service, "the name of its cluster is not known here")
            return
        by = (("cluster", cluster), ("service", _called(service, "name", "ServiceName")))
        filters = (("AvailabilityZone", _ZONE),) if self.of_zone else ()
        target = Target(self._name(service.name), "aws:ecs:task", filters=filters, parameters=by)
        self._add("aws:ecs:stop-task", "The tasks stop. The service starts others.", target)
        self.remark(service, f"FIS stops {_MOST} tasks of a service, unless its quota is raised")

    def cache(self, cache: Declared) -> None:
        """The nodes of a replication group in the zone fail."""
        tags = tags_of(cache)
        if not is_true(cache, "multi_az_enabled", "MultiAZEnabled"):
            self.leave_out(cache, "FIS interrupts the power of caches with Multi-AZ only")
        elif not tags:
            self.leave_out(cache, "FIS finds caches by their tags, and there is none")
        else:
            name, where = self._name(cache.name), (("availabilityZoneIdentifier", _ZONE),)
            about = "The nodes in the zone have no power. A replica takes over."
            target = Target(name, "aws:elasticache:replicationgroup", tags=tags, parameters=where)
            self._add("aws:elasticache:replicationgroup-interrupt-az-power", about, target)

    def function(self, function: Declared) -> None:
        """Every invocation of a function fails."""
        ready, location = extension_of(function)
        if not ready:
            why = "FIS reaches functions only through its extension: its layer, with AWS_FIS_CONFIGURATION_LOCATION in the environment"
            self.leave_out(function, why)
            return
        about = "Every invocation fails, and no code runs."
        self.strike("aws:lambda:invocation-error", about, function, ("preventExecution", ("true",)))
        where: Text = (f"{location.rstrip('/')}/*",) if location else ("arn:", Ambient.PARTITION, ":s3:::*")
        statement = Statement(("s3:DeleteObject", "s3:PutObject"), (where,))
        if statement not in self.statements:
            self.statements.append(statement)

    def stream(self, stream: Declared) -> None:
        """Every call to a stream fails."""
        about = "Every call is refused for its throughput."
        self.strike("aws:kinesis:stream-provisioned-throughput-exception", about, stream, ("percentage", ("100",)))

    def endpoint(self, endpoint: Declared) -> None:
        """Nothing passes an interface endpoint."""
        if service_of(endpoint):
            self.strike("aws:network:disrupt-vpc-endpoint", "Nothing passes the endpoints.", endpoint)
        else:
            self.leave_out(endpoint, "FIS cuts off interface endpoints only")

    def dsql(self, cluster: Declared) -> None:
        """Every connection to an Aurora DSQL cluster fails."""
        self.strike("aws:dsql:cluster-connection-failure", "Every connection fails.", cluster, ("percentage", ("100",)))

    def _stop(self, group: Declared, tag: tuple[str, Text]) -> None:
        filters = (_RUNNING, _IN_ZONE) if self.of_zone else (_RUNNING,)
        target = Target(self._name(group.name), "aws:ec2:instance", tags=(tag,), filters=filters)
        about = "The instances stop, and start again afterwards unless their group replaced them."
        self._add("aws:ec2:stop-instances", about, target, ("completeIfInstancesTerminated", ("true",)))

    def _name(self, wanted: str) -> str:
        """A name in letters, digits and dashes that no other target has."""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", wanted).strip("-")[:32] or "target"
        number = self._names[plain] = self._names.get(plain, 0) + 1
        return plain if number == 1 else f"{plain}-{number}"

    def _add(self, id_: str, about: str, target: Target, *parameters: tuple[str, Text]) -> None:
        taken = {each.name for each in self._actions}
        name = f"{target.name}-{id_.rpartition(':')[2]}"[:60]
        while name in taken:
            name += "-2"
        self._actions.append(action(name, id_, about, target, *parameters))


def _called(declared: Declared, *arguments: str) -> Text:
    """The name of a resource. In a module, where no expression reaches it, its literal name if it has one."""
    name = first(declared, *arguments)
    if declared.calls and isinstance(name, Known) and isinstance(name.value, str) and not name.origin.sensitive:
        return (name.value,)
    return (Named(declared.address, declared.type, "name"),)


Strike = Callable[[Strikes, Declared], None]
_IN_BOTH: Final[dict[str, Strike]] = {
    "autoscaling.autoscalinggroup": Strikes.group,
    "docdb.dbcluster": Strikes.cluster,
    "ec2.instance": Strikes.instance,
    "ec2.volume": Strikes.volume,
    "ecs.service": Strikes.tasks,
    "eks.nodegroup": Strikes.nodes,
    "rds.dbcluster": Strikes.cluster,
    "rds.dbinstance": Strikes.database,
}
IN_ZONE: Final[dict[str, Strike]] = {**_IN_BOTH, "elasticache.replicationgroup": Strikes.cache}
"""How resources fail with their zone, by kind."""
ALONE: Final[dict[str, Strike]] = {
    **_IN_BOTH,
    "dsql.cluster": Strikes.dsql,
    "ec2.subnet": Strikes.cut_off,
    "ec2.vpcendpoint": Strikes.endpoint,
    "kinesis.stream": Strikes.stream,
    "lambda.function": Strikes.function,
}
"""How resources fail alone, by kind."""


def all_alone(strikes: Strikes, resources: Sequence[Declared]) -> None:
    """Make resources fail, each as its kind can."""
    for declared in resources:
        made = ALONE.get(kind_of(declared.type))
        if made is None:
            strikes.limits.append(f"FIS has no action that makes a resource of the type {declared.type} fail")
        else:
            made(strikes, declared)
