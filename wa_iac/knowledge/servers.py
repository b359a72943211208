"""What the rules on single instances share: their public addresses, and what they are for."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import ElasticIp, ElasticIpAssociation, IngressRule, SecurityGroup
from wa_iac.core.algebra import references, same
from wa_iac.core.awscc import and_awscc
from wa_iac.core.budget import EACH, current
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.partial import PartlyMap
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .security_group_rules import ingress, opened, port

_JUMP = re.compile(r"bastion|jump|vpn|wireguard|(?<![a-z])nat(?![a-z])")
_PERSONAL = re.compile(r"workstation|workspace|desktop|devbox|sandbox|cloud ?9|vs ?code|code server")
_SERVICE = frozenset(
    {"web", "www", "webserver", "api", "app", "application", "appserver", "frontend", "backend", "worker", "workers"}
)
_OTHERWISE = frozenset(
    {
        *(
            "db",
            "dbapp",
            "database",
            "mysql",
            "postgres",
            "postgresql",
            "mongo",
            "mongodb",
            "oracle",
            "sql",
            "redis",
            "cache",
            "queue",
        ),
        *("ldap", "ad", "dc", "domain", "license", "file", "files", "nfs", "ftp", "sftp", "mail", "dns", "proxy", "backup"),
        *(
            "jenkins",
            "gitlab",
            "ci",
            "runner",
            "build",
            "builder",
            "monitor",
            "monitoring",
            "admin",
            "mgmt",
            "management",
            "tools",
        ),
    }
)
_FRONTS = frozenset(
    and_awscc(
        *("AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::ElasticLoadBalancing::LoadBalancer"),
        *("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
        *("AWS::GlobalAccelerator::EndpointGroup", "aws_globalaccelerator_endpoint_group"),
        *("aws_lb_target_group_attachment", "aws_alb_target_group_attachment", "aws_elb", "aws_elb_attachment"),
    )
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def refers_to(value: Tree, instance: Instance, graph: Graph) -> bool:
    """Whether a value is an attribute of the instance."""
    return any(each is instance.declared for found in references(value) for each in graph.at(found.address))


def _holders(graph: Graph) -> list[ElasticIp | ElasticIpAssociation]:
    return [*graph.of(ElasticIp), *graph.of(ElasticIpAssociation)]


def elastic_addresses(instance: Instance, graph: Graph) -> Iterator[Value[str]]:
    """The places that give it an Elastic IP address; an unknown that is a condition stands for one that may not exist."""
    for holder in _holders(graph):
        if refers_to(holder.instance, instance, graph):
            doubt = holder.declared.condition
            yield holder.instance if doubt is None or doubt == instance.declared.condition else doubt


def launch_address(instance: Instance) -> Value[bool]:
    """Whether it gets a public address at launch: its own word, else its launch template's, else its subnet's."""
    templates = instance.template.targets
    own = [instance.public_ip, *(each.public_ip for each in instance.interfaces)]
    inherited = [each.public_ip for template in templates for each in template.interfaces]
    for said in (own, inherited):
        for answer in said:
            if not isinstance(answer, Absent):
                return answer
    if instance.template.elsewhere:
        return Unknown(
            Said("its launch template is not in this unit"), ("launch template", instance.address), instance.absent.origin
        )
    if instance.own_interfaces.targets or instance.own_interfaces.elsewhere:
        # An interface that is made by itself never gets an address at launch.
        return Known(False, instance.absent.origin)
    subnets = instance.subnet.targets or tuple(
        subnet for template in templates for each in template.interfaces for subnet in each.subnet
    )
    if not subnets:
        return Unknown(Said("its subnet is not in this unit"), ("subnet", instance.address), instance.absent.origin)
    for subnet in subnets:
        if subnet.map_public_ip != Known(False):
            return subnet.map_public_ip
    return Known(False, instance.absent.origin)


def routes_traffic(instance: Instance) -> bool:
    """Whether it forwards the traffic of others, as a NAT instance does: it cannot do without a public address."""
    checks = [instance.source_dest_check, *(each.source_dest_check for each in instance.own_interfaces)]
    return Known(False) in checks


def is_way_in(instance: Instance) -> bool:
    """Whether its names say that it is a bastion, a VPN or a NAT instance."""
    return any(_JUMP.search(name) for name in spelled(instance))


def spelled(instance: Instance) -> Iterator[str]:
    """What it is called, as words: its address with the modules it is in, and its `Name` tag."""
    yield _words(instance.address)
    for name in _tagged(instance):
        yield _words(name)


def _words(name: str) -> str:
    """`WebServer_1` is "web server 1"."""
    return " ".join(_WORDS.split(name)).lower()


def _tagged(instance: Instance) -> Iterator[str]:
    """Its `Name` tag, as far as it is known."""
    if not isinstance(instance.tags, Known | PartlyMap):
        return
    tags = instance.tags.entries if isinstance(instance.tags, PartlyMap) else cast("dict[str, Tree]", instance.tags.value)
    match tags.get("Name"):
        case Known(str() as name):
            yield name
        case Unknown(parts=parts):
            yield " ".join(part for part in parts if isinstance(part, str))
        case _:
            return


def is_personal(instance: Instance) -> bool:
    """Whether its names say that one person works on it."""
    return any(_PERSONAL.search(name) for name in spelled(instance))


def is_called_a_service(instance: Instance) -> bool:
    """Whether its own name, or its `Name` tag, says that it is of a web or an application tier, and nothing else besides."""
    words = {
        word.rstrip("0123456789") for name in (instance.declared.name, *_tagged(instance)) for word in _words(name).split()
    }
    return not words.isdisjoint(_SERVICE) and words.isdisjoint(_OTHERWISE)


def fronted(instance: Instance, graph: Graph) -> Value[bool]:
    """Whether a load balancer, a distribution or an accelerator sends it its traffic."""
    addresses = {id(instance.declared)}
    for holder in _holders(graph):
        if refers_to(holder.instance, instance, graph):
            addresses.add(id(holder.declared))
            addresses |= {id(each.declared) for each in (holder.addresses if isinstance(holder, ElasticIpAssociation) else ())}
    doubt: Unknown | None = None
    for front in graph.declared:
        if front.type not in _FRONTS or front.kind != "resource":
            continue
        if any(id(found) in addresses for each in references(front.body) for found in graph.at(each.address)):
            if front.condition is None or front.condition == instance.declared.condition:
                return Known(True)
            doubt = first_unknown(doubt, front.condition)
        for key in ("target_id", "targets", "instances", "instance", "Targets", "Instances"):
            target = front.body.value.get(key)
            if isinstance(target, Unknown) and not any(True for _ in references(target)):
                doubt = first_unknown(doubt, target)
    return Known(False) if doubt is None else doubt


def security_groups(instance: Instance) -> Iterator[SecurityGroup]:
    """Those of its own, of its interfaces and of its launch template."""
    yield from instance.security_groups
    for interface in (*instance.interfaces, *instance.own_interfaces):
        yield from interface.security_groups
    for template in instance.template:
        yield from template.security_groups
        for interface in template.interfaces:
            yield from interface.security_groups


WEB_PORTS = (80, 443, 8080)


def open_web_port(instance: Instance) -> tuple[int, IngressRule] | None:
    """A web port that one of its security groups opens to the world, and the rule that does."""
    for group in security_groups(instance):
        for holder in (group, *group.standalone):
            for each in ingress(holder):
                if not opened(each):
                    continue
                for number in WEB_PORTS:
                    if port(each, number) == Known(True):
                        return number, each
    return None


_INDEX = re.compile(r"\[[^\]]*\]$")
_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"(?:[_-]?\d+|[_-][a-z]|(?<=[a-z])[A-Z]|[_-]?(?i:one|two|three|primary|secondary))$")


@lru_cache(4096)
def _block(address: str) -> tuple[str, str | None]:
    """The block that makes an instance, and its name without the number or letter at its end; None where it has none."""
    block = _INDEX.sub("", address)
    start, end = block[:-_LONGEST_NUMBER], block[-_LONGEST_NUMBER:]
    return block, start + _NUMBER.sub("", end) if _NUMBER.search(end) else None


def same_kind(one: Instance, other: Instance) -> bool:
    """Whether they do the same work: of one Terraform block, or of one image with names that differ in a number or a letter."""
    current().compare(EACH)
    (block, stem), (other_block, other_stem) = _block(one.address), _block(other.address)
    if block == other_block:
        return True
    numbered = stem is not None and stem == other_stem
    return numbered and not isinstance(one.image, Absent) and same(one.image, other.image) is True
