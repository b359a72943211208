"""From a drill to the experiment that tests it: which actions of FIS make the same failure, on which resources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known
from wa_iac.drill.model import Drill
from wa_iac.drill.report.words import in_words, outcome_in_words, sentence, share_in_words, time_in_words
from wa_iac.knowledge.architecture.kinds import kind_of

from .actions import action, needed, policy_of
from .model import Action, Ambient, Experiment, Named, Statement, Target, Text
from .resources import alarms_for, extension_of, first, is_true, of_kind, service_of, subnets_in, tags_of

_ZONE: Final[Text] = (Ambient.ZONE,)
_ZONE_NAME: Final = re.compile(r"[a-z]{2}(-[a-z]+)+-\d[a-z]")
_MOST_SUBNETS: Final = 5
"""Subnets that one action strikes: "Target Subnets" in the quotas of FIS, AWS General Reference."""
_RUNNING: Final[tuple[str, Text]] = ("State.Name", ("running",))
_CLUSTERS: Final = ("rds.dbcluster", "docdb.dbcluster")
_CROSSING: Final = "aws:network:route-table-disrupt-cross-region-connectivity"


def experiment(drill: Drill, graph: Graph) -> Experiment:
    """The experiment that tests a drill; without actions if FIS cannot make this failure, and its limits then say why."""
    made = _Plan(drill, graph)
    actions = tuple(made.actions)
    alarms, near = alarms_for(graph, frozenset(drill.entry_points))
    limits = made.limits
    if actions and not alarms:
        limits.append(
            "No alarm of this code can end the experiment early. Add one on what users see, such as the errors of an entry point, and "
            "put it into a stop condition"
        )
    elif actions and not near:
        limits.append(
            "No alarm is on an entry point. The alarms below end the experiment early: check that they mean harm to users"
        )
    return Experiment(
        title=in_words(drill.failure),
        hypothesis=tuple(_hypothesis(drill)),
        limits=tuple(map(sentence, dict.fromkeys(limits))),
        zone=made.zone,
        actions=actions,
        alarms=alarms,
        statements=(*needed(actions), *made.statements),
        policy=policy_of(actions),
    )


def _hypothesis(drill: Drill) -> Iterator[str]:
    """What the drill expects of each entry point."""
    for each in drill.entry_points:
        effect = drill.effects[each]
        left = f", {share_in_words(effect.share)} left" if effect.share is not None else ""
        back = f", back in {time_in_words(effect.time)}" if effect.time is not None else ""
        yield f"{each} {outcome_in_words(effect)}{left}{back}."
    if not drill.entry_points:
        yield "No entry point is known."


class _Plan:
    """The actions for one failure, as they are found."""

    def __init__(self, drill: Drill, graph: Graph) -> None:
        self._drill: Final = drill
        self._graph: Final = graph
        self._names: Final[dict[str, int]] = {}
        self.actions: Final[list[Action]] = []
        self.limits: Final[list[str]] = []
        self.statements: Final[list[Statement]] = []
        self.zone: str | None = None
        match drill.failure.kind:
            case "zone":
                self._of_zone(drill.failure.name)
            case "resource":
                self._of_resource(drill.failure.name)
            case "service":
                self._of_service(drill.failure.name)
            case "region":
                self._of_region(drill.failure.name)

    def _name(self, wanted: str) -> str:
        """A name in letters, digits and dashes that nothing else has."""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", wanted).strip("-")[:48] or "target"
        number = self._names[plain] = self._names.get(plain, 0) + 1
        return plain if number == 1 else f"{plain}-{number}"

    def _target(
        self, wanted: str, type_: str, resources: Iterable[Declared] = (), **found_by: tuple[tuple[str, Text], ...]
    ) -> Target:
        arns = tuple(Named(each.address, each.type, "arn") for each in resources)
        return Target(self._name(wanted), type_, arns, **found_by)

    def _add(self, id_: str, about: str, target: Target, *parameters: tuple[str, Text]) -> None:
        self.actions.append(action(f"{target.name}-{id_.rpartition(':')[2]}"[:64], id_, about, target, *parameters))

    # A zone

    def _of_zone(self, zone: str) -> None:
        self.zone = zone if _ZONE_NAME.fullmatch(zone) else ""
        inside, doubtful = subnets_in(self._graph, zone)
        self._cut_off("subnets", inside)
        if doubtful:
            named = ", ".join(each.address for each in doubtful[:3]) + (", ..." if len(doubtful) > 3 else "")
            self.limits.append(f"Subnets are left out, since nothing says whether they are in the zone: {named}")
        for declared in self._struck():
            made = _IN_ZONE.get(kind_of(declared.type))
            if made is not None:
                made(self, declared)
        if not self.actions:
            self.limits.append("Nothing of this code is in this zone for certain and can be struck by FIS")
        else:
            self.limits.append(
                "FIS strikes what it finds when the experiment begins. Instances that are launched later, and control planes, keep working"
            )

    def _struck(self) -> Iterator[Declared]:
        """The resources that the failure itself strikes, not only through others."""
        effects = self._drill.effects
        for declared in self._graph.declared:
            effect = effects.get(declared.address)
            if effect is None or declared.kind != "resource" or effect.outcome == "unaffected":
                continue
            if len(effect.chain) <= 1 or effect.chain[-1].address == effect.address or not effect.chain[-1].address:
                yield declared

    def _cut_off(self, wanted: str, subnets: list[Declared], scope: str = "all") -> None:
        """No traffic to and from subnets, in portions that FIS accepts."""
        for start in range(0, len(subnets), _MOST_SUBNETS):
            target = self._target(wanted, "aws:ec2:subnet", subnets[start : start + _MOST_SUBNETS])
            self._add(
                "aws:network:disrupt-connectivity", "No traffic enters or leaves the subnets.", target, ("scope", (scope,))
            )

    def instances_of_group(self, group: Declared) -> None:
        """The instances of an Auto Scaling group in the zone stop, and it cannot launch others there."""
        name: Text = (Named(group.address, group.type, "name"),)
        where = (_RUNNING, ("Placement.AvailabilityZone", _ZONE))
        target = self._target(group.name, "aws:ec2:instance", tags=(("aws:autoscaling:groupName", name),), filters=where)
        self._stop(target)
        by_template = ("launch_template", "LaunchTemplate", "mixed_instances_policy", "MixedInstancesPolicy")
        if not isinstance(first(group, *by_template), Known):
            self.limits.append(
                f"{group.address} may launch instances in the zone during the experiment: only groups with a launch template can be kept from it"
            )
            return
        whole = self._target(f"{group.name}-group", "aws:ec2:autoscaling-group", [group])
        about = "The group gets no new instance in the zone."
        self._add("aws:ec2:asg-insufficient-instance-capacity-error", about, whole, ("availabilityZoneIdentifiers", _ZONE))

    def _stop(self, target: Target) -> None:
        about = "The instances stop, and start again afterwards."
        self._add("aws:ec2:stop-instances", about, target, ("completeIfInstancesTerminated", ("true",)))

    def nodes_of_group(self, nodes: Declared) -> None:
        """The instances of a managed node group in the zone stop."""
        name: Text = (Named(nodes.address, nodes.type, "name"),)
        where = (_RUNNING, ("Placement.AvailabilityZone", _ZONE))
        self._stop(self._target(nodes.name, "aws:ec2:instance", tags=(("eks:nodegroup-name", name),), filters=where))

    def instance(self, instance: Declared) -> None:
        """An instance stops."""
        self._stop(self._target(instance.name, "aws:ec2:instance", [instance]))

    def volume(self, volume: Declared) -> None:
        """A volume does not answer."""
        target = self._target(volume.name, "aws:ec2:ebs-volume", [volume])
        self._add("aws:ebs:pause-volume-io", "The volume answers nothing.", target)
        self.limits.append(f"{volume.address} must be attached to an instance on the Nitro System")

    def database(self, database: Declared) -> None:
        """A database fails over, or restarts if it has no standby."""
        standby = is_true(database, "multi_az", "MultiAZ")
        target = self._target(database.name, "aws:rds:db", [database])
        about = "The standby takes over." if standby else "The database restarts."
        self._add("aws:rds:reboot-db-instances", about, target, ("forceFailover", ("true" if standby else "false",)))
        if not standby:
            self.limits.append(
                f"FIS cannot keep {database.address} down: it restarts only. Its loss, and how long restoring a backup takes, are not tested"
            )

    def cluster(self, cluster: Declared) -> None:
        """The writer of a cluster fails over."""
        target = self._target(cluster.name, "aws:rds:cluster", [cluster])
        self._add("aws:rds:failover-db-cluster", "A reader takes over, if there is one.", target)
        if self._drill.failure.kind == "zone":
            self.limits.append(f"{cluster.address} fails over from wherever its writer is")

    def tasks(self, service: Declared) -> None:
        """The tasks of a service stop; of a zone, those in it."""
        cluster = next(
            (
                found
                for found in self._graph.referred(first(service, "cluster", "Cluster"))
                if kind_of(found.type) == "ecs.cluster"
            ),
            None,
        )
        if cluster is None:
            self.limits.append(f"{service.address} is left out, since its cluster is declared elsewhere")
            return
        found_by: tuple[tuple[str, Text], ...] = (
            ("cluster", (Named(cluster.address, cluster.type, "name"),)),
            ("service", (Named(service.address, service.type, "name"),)),
        )
        in_zone = (("AvailabilityZone", _ZONE),) if self.zone is not None else ()
        target = self._target(service.name, "aws:ecs:task", parameters=found_by, filters=in_zone)
        self._add("aws:ecs:stop-task", "The tasks stop. The service starts others.", target)

    def cache(self, cache: Declared) -> None:
        """The nodes of a replication group in the zone fail."""
        tags = tags_of(cache)
        if not is_true(cache, "multi_az_enabled", "MultiAZEnabled"):
            self.limits.append(f"{cache.address} is left out, since FIS needs Multi-AZ to interrupt its power")
        elif not tags:
            self.limits.append(f"{cache.address} is left out, since FIS finds caches by tags and it has none: give it one")
        else:
            where = (("availabilityZoneIdentifier", _ZONE),)
            target = self._target(cache.name, "aws:elasticache:replicationgroup", tags=tags, parameters=where)
            about = "The nodes in the zone have no power. A replica takes over."
            self._add("aws:elasticache:replicationgroup-interrupt-az-power", about, target)

    # A resource

    def _of_resource(self, address: str) -> None:
        for declared in self._graph.at(address):
            made = _ALONE.get(kind_of(declared.type))
            if made is None:
                self.limits.append(f"FIS has no action that makes a resource of the type {declared.type} fail")
            else:
                made(self, declared)

    def whole_group(self, group: Declared) -> None:
        """All instances of an Auto Scaling group stop."""
        name: Text = (Named(group.address, group.type, "name"),)
        tags = (("aws:autoscaling:groupName", name),)
        self._stop(self._target(group.name, "aws:ec2:instance", tags=tags, filters=(_RUNNING,)))
        self.limits.append(f"{group.address} replaces its instances as soon as it finds that they stopped")

    def node_group(self, nodes: Declared) -> None:
        """All instances of a managed node group are terminated."""
        target = self._target(nodes.name, "aws:eks:nodegroup", [nodes])
        about = "All nodes are terminated. The group launches others."
        self._add("aws:eks:terminate-nodegroup-instances", about, target, ("instanceTerminationPercentage", ("100",)))

    def subnet(self, subnet: Declared) -> None:
        """No traffic enters or leaves a subnet."""
        self._cut_off(subnet.name, [subnet])

    def function(self, function: Declared) -> None:
        """Every invocation of a function fails."""
        ready, location = extension_of(function)
        if not ready:
            self.limits.append(
                f"{function.address} needs FIS's extension first: its layer, and AWS_FIS_CONFIGURATION_LOCATION and "
                "AWS_LAMBDA_EXEC_WRAPPER in its environment"
            )
            return
        target = self._target(function.name, "aws:lambda:function", [function])
        about = "Every invocation fails, and no code runs."
        self._add("aws:lambda:invocation-error", about, target, ("preventExecution", ("true",)))
        where: Text = (f"{location.rstrip('/')}/*",) if location else ("arn:", Ambient.PARTITION, ":s3:::*")
        self.statements.append(Statement(("s3:DeleteObject", "s3:PutObject"), (where,)))

    def stream(self, stream: Declared) -> None:
        """Every call to a stream fails."""
        target = self._target(stream.name, "aws:kinesis:stream", [stream])
        about = "Every call is refused for its throughput."
        self._add("aws:kinesis:stream-provisioned-throughput-exception", about, target, ("percentage", ("100",)))

    def endpoint(self, endpoint: Declared) -> None:
        """Nothing passes an interface endpoint."""
        if not service_of(endpoint):
            self.limits.append(f"{endpoint.address} is left out, since FIS cuts off interface endpoints only")
            return
        target = self._target(endpoint.name, "aws:ec2:vpc-endpoint", [endpoint])
        self._add("aws:network:disrupt-vpc-endpoint", "Nothing passes the endpoint.", target)

    def dsql(self, cluster: Declared) -> None:
        """Every connection to an Aurora DSQL cluster fails."""
        target = self._target(cluster.name, "aws:dsql:cluster", [cluster])
        about = "Every connection fails."
        self._add("aws:dsql:cluster-connection-failure", about, target, ("percentage", ("100",)))

    # A service

    def _of_service(self, service: str) -> None:
        subnets = of_kind(self._graph, "ec2.subnet")
        wanted = {
            "ec2": (self.instance, "ec2.instance"),
            "lambda": (self.function, "lambda.function"),
            "kinesis": (self.stream, "kinesis.stream"),
        }
        if service in ("dynamodb", "s3") and subnets:
            self._cut_off("subnets", subnets, service)
            self.limits.append("What runs outside of these subnets, such as functions without a VPC, still reaches the service")
        if service in wanted:
            made, kind = wanted[service]
            for each in of_kind(self._graph, kind):
                made(each)
        if service in ("ec2", "autoscaling"):
            for each in of_kind(self._graph, "autoscaling.autoscalinggroup"):
                self.whole_group(each)
        for each in of_kind(self._graph, "ec2.vpcendpoint"):
            if service_of(each) == service:
                self.endpoint(each)
        if not self.actions:
            self.limits.append(
                f"FIS has no action that makes the service {service} fail in a Region for this code. It can fail single resources: "
                "--fail resource:ADDRESS"
            )

    # A Region

    def _of_region(self, region: str) -> None:
        elsewhere = [
            each
            for each in of_kind(self._graph, "ec2.subnet")
            if isinstance(each.region, Known) and region and each.region.value != region
        ]
        for start in range(0, len(elsewhere), _MOST_SUBNETS):
            target = self._target("subnets", "aws:ec2:subnet", elsewhere[start : start + _MOST_SUBNETS])
            self._add(_CROSSING, "What is in the subnets does not reach the Region.", target, ("region", (region,)))
        for each in of_kind(self._graph, "dynamodb.globaltable", "dynamodb.table"):
            replicas = first(each, "replica", "Replicas")
            if isinstance(replicas, Known) and replicas.value:
                target = self._target(each.name, "aws:dynamodb:global-table", [each])
                self._add("aws:dynamodb:global-table-pause-replication", "Replicas get no new data.", target)
        if self.actions:
            self.limits.append(
                "FIS cannot make a Region fail. This cuts off what survives from it: deploy the experiment in the Region that survives, with "
                "the provider of that Region"
            )
        else:
            self.limits.append(
                "FIS cannot make a Region fail, only cut off another Region from it, and this code has nothing in another Region"
            )


_Make = Callable[[_Plan, Declared], None]
_IN_ZONE: Final[dict[str, _Make]] = {
    "autoscaling.autoscalinggroup": _Plan.instances_of_group,
    "ec2.instance": _Plan.instance,
    "ec2.volume": _Plan.volume,
    "ecs.service": _Plan.tasks,
    "eks.nodegroup": _Plan.nodes_of_group,
    "elasticache.replicationgroup": _Plan.cache,
    "rds.dbinstance": _Plan.database,
    **dict.fromkeys(_CLUSTERS, _Plan.cluster),
}
_ALONE: Final[dict[str, _Make]] = {
    "autoscaling.autoscalinggroup": _Plan.whole_group,
    "dsql.cluster": _Plan.dsql,
    "ec2.instance": _Plan.instance,
    "ec2.subnet": _Plan.subnet,
    "ec2.volume": _Plan.volume,
    "ec2.vpcendpoint": _Plan.endpoint,
    "ecs.service": _Plan.tasks,
    "eks.nodegroup": _Plan.node_group,
    "kinesis.stream": _Plan.stream,
    "lambda.function": _Plan.function,
    "rds.dbinstance": _Plan.database,
    **dict.fromkeys(_CLUSTERS, _Plan.cluster),
}
