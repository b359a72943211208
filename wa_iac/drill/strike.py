"""What a failure strikes, as a question: a lane, a Region, a resource, a service. The answers are true, false, or None for not known."""

from __future__ import annotations

from dataclasses import dataclass

from wa_iac.core.algebra import are_equal
from wa_iac.core.declared import Declared
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.architecture.kinds import service_of_kind

from .kinds import services_called
from .model import Failure
from .nodes import Lane, Node
from .zones import Zone, same_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """A failure, with what it means in this unit.

    Attributes:
        zone: the zone that fails, if it is one.
        region: the Region that fails, or in which the service fails; absent if nothing names the unit's Region.
        addresses: the resources that fail.
        subnets: the subnets that fail.
    """

    failure: Failure
    zone: Zone | None = None
    region: Tree = Absent()  # noqa: RUF009 - immutable
    addresses: frozenset[str] = frozenset()
    subnets: frozenset[str] = frozenset()

    @property
    def is_zonal(self) -> bool:
        """Whether it strikes places: a zone or a subnet."""
        return self.zone is not None or bool(self.subnets)

    @property
    def what(self) -> str:
        """What fails, for a sentence: "zone eu-west-1a"."""
        if self.zone is not None:
            return f"zone {self.zone.label}" if isinstance(self.zone.value, Known) else self.zone.label
        if self.failure.kind == "region":
            return f"Region {self.failure.name}" if self.failure.name else "the Region"
        if self.subnets:
            return f"subnet {self.failure.name}"
        return f"the service {self.failure.name}" if self.failure.kind == "service" else self.failure.name

    @property
    def place(self) -> str:
        """The place that fails, for a sentence: "zone eu-west-1a, which fails"."""
        return self.what if self.what.endswith("that fails") else f"{self.what}, which fails"

    def strikes_lane(self, lane: Lane) -> bool | None:
        if self.subnets:
            return lane.subnet in self.subnets
        return same_zone(lane.zone, self.zone.value) if self.zone is not None else False

    def strikes_region(self, declared: Declared) -> bool | None:
        """Whether a resource is in the Region of the failure."""
        one, other = declared.region, self.region
        if isinstance(one, Absent) or isinstance(other, Absent):
            return True if isinstance(one, Absent) and isinstance(other, Absent) else None
        return are_equal(one, other)

    def strikes_service(self, node: Node) -> bool:
        return self.strikes_service_of(service_of_kind(node.kind))

    def strikes_service_of(self, service: str) -> bool:
        """Whether a service is the one that fails."""
        return service in services_called(self.failure.name)
