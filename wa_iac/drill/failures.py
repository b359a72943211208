"""What a user writes for a failure, and the failures that it means in a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final, get_args

from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError, some
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.secrets import Hidden, seen
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.architecture.kinds import kind_of, service_of_kind

from .kinds import ALIASES, service_called, services_called
from .mesh import UNNAMED, Mesh, mesh
from .model import Failure, FailureKind
from .zones import Zone

_EACH: Final = "each"
_REGION: Final = late(r"[a-z]{2,4}(-[a-z]+)+-[0-9]+")
_NAMED: Final = 3
_ZONES: Final = 8
_ALIKE: Final = 0.6
_FORMS: Final = "zone:NAME, zone:each, region, region:NAME, resource:ADDRESS, service:NAME or dependency:each"


class UnknownNameError(UsageError):
    """A name that nothing has.

    Attributes:
        missing: what nothing has, as a sentence around the place: "nothing", "is of the service 'rds'".
        near: the names that look like the one that is asked for.
        names: all names that may be given.
    """

    def __init__(self, missing: tuple[str, str], near: Sequence[str], names: Sequence[str]) -> None:
        self.missing: Final = missing
        self.near: Final = tuple(near)
        self.names: Final = tuple(names)
        super().__init__(self.told())

    def told(self, most: int = 3, units: int = 1) -> str:
        """The sentence: the names that look like the one that is asked for, else so many of all.

        Args:
            units: the number of templates and root modules that do not have it.
        """
        before, after = self.missing
        here = "here" if units == 1 else f"in these {units:,} templates and root modules"
        said = " ".join(filter(None, (before, here, after)))
        if self.near:
            return f"{said}; did you mean {', '.join(self.near[:_NAMED])}?"
        verb = "is" if len(self.names) == 1 else "are"
        return f"{said}; there {verb} {some(self.names, most)}" if self.names else said


def failures(text: str, unit: Unit, graph: Graph) -> list[Failure]:
    """The failures that a text means in a unit: `zone:a`, `zone:each`, `region`, `region:NAME`, `resource:ADDRESS`, `service:rds`,
    `dependency:each`. Raises `UsageError` for another form, and for something that the unit does not have, with the nearest names."""
    kind, colon, name = text.partition(":")
    if kind in get_args(FailureKind) and colon and not name.strip():
        raise UsageError(f"{text!r} names nothing; write {_FORMS}")
    found = mesh(graph)
    match kind, name:
        case "zone", "each":
            return [Failure("zone", each.name) for each in found.zones]
        case "zone", _ if name:
            return [Failure("zone", zone_called(name, found).name)]
        case "region", _:
            return [_region(name, found)]
        case "resource", _ if name:
            return [Failure("resource", each) for each in resources_called(name, found, graph)]
        case "service", _ if name:
            return [_service(name, found, graph)]
        case "dependency", "each":
            return [Failure("service", each) for each in services_of(found)]
        case _:
            raise UsageError(f"{text!r} is not a failure; write {_FORMS}")


def zone_called(name: str, found: Mesh) -> Zone:
    """The zone of a name, of a letter, or of a place in a list. Raises `UsageError` if the unit has none of this name."""
    named = [each for each in found.zones if each.name == name]
    named = named or [
        each for each in found.zones if isinstance(each.value, Known) and each.name.endswith(name) and len(name) == 1
    ]
    if not named and len(name) == 1 and name.isalpha():
        # The first zone of a list stands for a, the second for b.
        place = str(ord(name.lower()) - ord("a"))
        named = [each for each in found.zones if each.name == place]
    if len(named) != 1:
        hidden = Hidden(seen()).out_of
        labels = {UNNAMED: "no code names it"}
        names = [
            f"{hidden(each.name)} ({labels.get(each.label, each.label)})" if each.label != each.name else hidden(each.name)
            for each in found.zones
        ]
        if named:
            raise UsageError(f"{name!r} means several zones; its zones are {some(names, _ZONES)}")
        raise UnknownNameError((f"there is no zone {name!r}", ""), (), names)
    return named[0]


def _region(name: str, found: Mesh) -> Failure:
    if name:
        known = regions_named(found)
        if known and name not in known and not _has_unnamed(found):
            raise _unknown(("nothing", f"is in the Region {name!r}"), name, known)
        if name not in known and _REGION.fullmatch(name) is None:
            raise UsageError(f"{name!r} is not the name of a Region, such as eu-west-1")
        return Failure("region", name)
    most = region_of_most(found)
    return Failure("region", str(most.value) if isinstance(most, Known) else "")


def _has_unnamed(found: Mesh) -> bool:
    """Whether something is in a Region that the code does not name."""
    return any(not isinstance(each.declared.region, Known) for each in found.nodes.values() if each.shape != "global")


def regions_named(found: Mesh) -> list[str]:
    """The Regions that the code names for what serves something, in the order of their names."""
    return sorted({str(each.declared.region.value) for each in found.nodes.values() if isinstance(each.declared.region, Known)})


def region_of_most(found: Mesh) -> Tree:
    """The Region in which most resources are that serve something; absent if nothing names one."""
    count = Counter(each.declared.region for each in found.nodes.values() if each.shape != "global")
    return count.most_common(1)[0][0] if count else Absent()


def resources_called(name: str, found: Mesh, graph: Graph) -> list[str]:
    """The addresses that an address means: without the key of an instance, all instances."""
    addresses = [each.address for each in graph.declared if each.kind == "resource"]
    wanted = [each for each in addresses if each == name or each.startswith(f"{name}[")]
    if not wanted:
        raise _unknown(("no resource", f"has the address {name!r}"), name, addresses)
    return wanted


def services_of(found: Mesh) -> list[str]:
    """The services of the resources that serve something, by their usual names, each once."""
    return list(dict.fromkeys(service_called(each.kind) for each in found.nodes.values() if "." in each.kind))


def _service(name: str, found: Mesh, graph: Graph) -> Failure:
    services = {service_of_kind(each.kind) for each in found.nodes.values()}
    services |= {service_of_kind(kind_of(each.type)) for each in graph.declared if each.kind == "resource"}
    if services.isdisjoint(services_called(name)):
        names = sorted({*services, *(alias for alias, meant in ALIASES.items() if not services.isdisjoint(meant))})
        raise _unknown(("nothing", f"is of the service {name!r}"), name, names, sorted(services))
    return Failure("service", name.lower())


def _unknown(missing: tuple[str, str], name: str, names: Sequence[str], listed: Sequence[str] = ()) -> UnknownNameError:
    """The error for a name that nothing has, with those of some names that are nearest.

    Args:
        listed: the names to list if none is near; all if there is none.
    """
    last = name.rpartition(".")[2].lower()
    near = [
        *get_close_matches(name, names, _NAMED, cutoff=_ALIKE),
        *(each for each in names if each.rpartition(".")[2].lower() == last),
    ]
    hidden = Hidden(seen()).out_of_address
    return UnknownNameError(missing, [hidden(each) for each in dict.fromkeys(near)], [hidden(each) for each in listed or names])
