"""A subnet in another Availability Zone, like one that exists: what to write for it, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.aws.vpc import Subnet, Vpc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Remedy
from wa_iac.core.value import Known, Step, Tree, Unknown
from wa_iac.knowledge.vpc_contents import has_firewall, is_attached

_DECISION: Final = (
    "Add a subnet in another Availability Zone, with the same routes. A subnet cannot be moved without being replaced."
)
_USED: Final = (
    "Name it in the groups, load balancers and subnet groups that use the present one: nothing moves there by itself."
)
_EACH: Final = (
    "Add subnets in another Availability Zone, one like each of the present ones, with the same routes. A subnet cannot be moved without being "
    "replaced. Name them in the groups, load balancers and subnet groups that use the present ones: nothing moves there by itself."
)
_STAY: Final = "First see in the plan whether the ranges of the present subnets stay, since a subnet whose range changes is replaced with everything in it."
_SIMPLE: Final = late(r'(?:\[(?:\d+|"[\w-]+")\])?$')
_INDEXED: Final = late(r"\[[^\]]*\]$")


def like(models: Sequence[Subnet], vpc: Vpc, graph: Graph) -> Remedy:
    """A subnet in another zone like each of the models, with their route tables."""
    sentences: list[str] = []
    codes: list[str] = []
    zones: dict[str, str] = {}
    for number, model in enumerate(models):
        if words := _by_lists(model):
            sentences.append(words)
            continue
        name = "another" if number == 0 else f"another{number + 1}"
        if isinstance(model.zone, Unknown) and model.zone.element is None:
            sentences.append("Take another zone than that of the present subnet.")
        if vpc.dialect == "cloudformation":
            codes.append("\n".join(_cfn(model, vpc, name)))
            continue
        if _module_of(model) != _module_of(vpc):
            sentences.append(f"It belongs beside {model.address} ({model.span.path}:{model.span.start_line}).")
        source, declaration = _zones(model, graph)
        before = "" if declaration in zones or not declaration else f"{declaration}\n\n"
        zones[declaration] = source
        codes.append(before + "\n".join(_tf(model, vpc, name, source)))
    first = [f"{_DECISION} {_USED}"] if codes else ["A subnet cannot be moved without being replaced."]
    return Remedy(
        cfn="\n".join(codes) if vpc.dialect == "cloudformation" else "",
        tf="\n\n".join(codes) if vpc.dialect == "terraform" else "",
        decision=" ".join((*first, *dict.fromkeys(sentences))),
        differs=True,
    )


def in_words(vpc: Vpc, graph: Graph) -> str:
    """What a VPC needs in another zone to which more belongs than subnets: an attachment of a transit gateway, an endpoint of a firewall.
    Empty if it has neither."""
    more: list[str] = []
    if is_attached(vpc, graph):
        more.append(
            "Name one of the new subnets in the attachment of the transit gateway also, which reaches no zone without one."
        )
    if has_firewall(vpc, graph):
        more.append("Give the firewall an endpoint there, and the new subnets route tables of their own that lead to it.")
    return " ".join((_EACH, *more)) if more else ""


def _by_lists(model: Subnet) -> str:
    """For a subnet that `count` or `for_each` makes from lists: the variables or arguments that say how many there are, and where."""
    if model.dialect != "terraform" or _INDEXED.search(model.address) is None:
        return ""
    range_ = next((each for each in reversed(model.cidr.origin.chain) if each.argument or each.default_of), None)
    if range_ is None:
        zone = next((each for each in reversed(model.availability_zone.origin.chain) if each.argument or each.default_of), None)
        return (
            ""
            if zone is None
            else (
                f"The subnets are made from a list: add another zone to {_named(zone)} ({zone.span.path}:{zone.span.start_line}). {_STAY}"
            )
        )
    chain = [each for each in model.availability_zone.origin.chain if each.span.path]
    place = f" ({chain[-1].span.path}:{chain[-1].span.start_line})" if chain else ""
    return (
        f"{model.address} is one of a list: add another range to {_named(range_)} ({range_.span.path}:{range_.span.start_line}), and "
        f"another zone to its list of zones{place}."
    )


def of_their_block(subnets: Sequence[Subnet], graph: Graph) -> Remedy | None:
    """What to do for another subnet where a list is all that one Terraform block makes, as `aws_subnet.private[*].id`: the block has to make
    it, and the list then has it. None for a list of others."""
    blocks = {_block(each) for each in subnets}
    block = next(iter(blocks), "")
    if not block or len(blocks) != 1 or subnets[0].dialect != "terraform":
        return None
    if len(graph.index(Subnet, _blocks)[block]) != len({each.address for each in subnets}):
        return None
    model = subnets[0]
    zones = next((each for each in reversed(model.availability_zone.origin.chain) if each.argument or each.default_of), None)
    place = f": add it to {_named(zones)} ({zones.span.path}:{zones.span.start_line})" if zones is not None else ""
    return Remedy(
        decision=f"{block} ({model.span.path}:{model.span.start_line}) makes all subnets of this list: let it make one in another Availability "
        f"Zone{place}. {_STAY} What else is made for each zone, such as NAT gateways and routes, has to fit.",
        differs=True,
        more_of="" if place else model.address,
    )


def _blocks(subnet: Subnet) -> Iterator[str]:
    yield _block(subnet)


def _block(subnet: Subnet) -> str:
    """The block that makes a subnet and others; empty if it makes one only."""
    return _INDEXED.sub("", subnet.address) if _INDEXED.search(subnet.address) is not None else ""


def _named(step: Step) -> str:
    return f'the argument "{step.argument}"' if step.argument else f"the default of {step.default_of}"


def _tf(model: Subnet, vpc: Vpc, name: str, zones: str) -> Iterator[str]:
    own = "<this VPC>.id" if _module_of(model) == _module_of(vpc) else f"{_written(model.declared)}.vpc_id"
    arguments = {
        "vpc_id": own,
        "cidr_block": "<an unused range of the VPC>",
        "availability_zone": f"{zones}.names[{_free_zone(model)}]",
    }
    if model.map_public_ip == Known(True):
        arguments["map_public_ip_on_launch"] = "true"
    yield f'resource "aws_subnet" "{name}" {{'
    width = max(map(len, arguments))
    yield from (f"  {each:{width}} = {value}" for each, value in arguments.items())
    yield "}"
    for table in _tables(model):
        yield f'\nresource "aws_route_table_association" "{name}" {{'
        yield f"  subnet_id      = aws_subnet.{name}.id"
        yield f"  route_table_id = {table}"
        yield "}"


def _cfn(model: Subnet, vpc: Vpc, name: str) -> Iterator[str]:
    subnet = name.title() + "Subnet"
    own = "!Ref <this VPC>" if _module_of(model) == _module_of(vpc) else f"!GetAtt {model.declared.name}.VpcId"
    yield f"{subnet}:\n  Type: AWS::EC2::Subnet\n  Properties:\n    VpcId: {own}"
    yield f"    CidrBlock: <an unused range of the VPC>\n    AvailabilityZone: !Select [{_free_zone(model)}, !GetAZs '']"
    if model.map_public_ip == Known(True):
        yield "    MapPublicIpOnLaunch: true"
    for table in _tables(model):
        yield f"{name.title()}Routes:\n  Type: AWS::EC2::SubnetRouteTableAssociation\n  Properties:"
        yield f"    SubnetId: !Ref {subnet}\n    RouteTableId: {table}"


def _tables(model: Subnet) -> Iterator[str]:
    """The route table of a subnet, as its own module or template writes it. A subnet without one uses the VPC's main table, as a new one
    does."""
    for association in model.associations:
        if _module_of(association) != _module_of(model):
            yield "<the same route table>.id" if model.dialect == "terraform" else "<the same route table>"
        elif model.dialect == "terraform":
            table = next((each for each in association.table if _module_of(each) == _module_of(model)), None)
            read = f"{_written(association.declared)}.route_table_id"
            yield f"{_written(table.declared)}.id" if table is not None and len(association.table) == 1 else read
        else:
            table = next(iter(association.table), None)
            yield f"!Ref {table.declared.name}" if table is not None else "<the same route table>"
        return


def _free_zone(model: Subnet) -> int:
    """The number of a zone in the Region's list that is not the model's."""
    zone: Tree = model.zone
    if isinstance(zone, Known) and str(zone.value).endswith("b"):
        return 0  # the list is in the order of the letters
    taken = zone.element[1] if isinstance(zone, Unknown) and zone.element is not None else 0
    return 0 if taken == 1 else 1


def _zones(model: Subnet, graph: Graph) -> tuple[str, str]:
    """The data source of zones in the module of a subnet, and its declaration, if it is to be added."""
    declared = graph.once(_zones_by_module).get(_module_of(model))
    if declared is not None:
        return declared, ""
    return "data.aws_availability_zones.available", 'data "aws_availability_zones" "available" {}'


def _zones_by_module(graph: Graph) -> dict[str, str]:
    """The data source of zones in each module, by the beginning of its addresses."""
    found = (each for each in graph.declared if each.kind == "data" and each.type == "aws_availability_zones")
    return {_start(each.address, "data."): each.address[len(_start(each.address, "data.")) :] for each in found}


def _module_of(resource: Resource) -> str:
    """The part of an address before the block's own: `module.network.` of `module.network.aws_vpc.this`, `Stack/` of `Stack/Network`."""
    if resource.dialect == "cloudformation":
        return resource.address.removesuffix(resource.declared.name)
    return _start(resource.address, resource.declared.type)


def _start(address: str, start: str) -> str:
    return address[: address.rfind(start)]


def _written(declared: Declared) -> str:
    """How other blocks of its module write a resource: with its key, if that is simple."""
    key = _SIMPLE.search(declared.address)
    name = f"{declared.type}.{declared.name}"
    if declared.representative is not None or key is None:
        return f"{name}[<its key>]" if declared.address.endswith("]") else name
    return f"{name}{key[0]}"
