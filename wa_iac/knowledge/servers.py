"""What the rules on single instances share: their public addresses, and what they are for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.aws.parts.zones import no_subnet_id, zone_elsewhere
from wa_iac.aws.vpc import ElasticIp, ElasticIpAssociation, IngressRule, SecurityGroup, zone_named
from wa_iac.core.algebra import references
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.reasons import Follows, Said
from wa_iac.core.resource import Link
from wa_iac.core.value import Absent, Known, Reference, Tree, Unknown, Value

from .called import called, tagged, words_of
from .same_kind import alike
from .security_group_rules import ingress, may_be_open, opened, port
from .server_software import WEB
from .user_data import Server, scripts, traces

_FORWARDING = late(r"--no-source-dest-check|\bMASQUERADE\b|\bmasquerade\b")
"""How a script makes an instance forward traffic: "Work with NAT instances" in the Amazon VPC User Guide."""
_PERSONAL = late(r"workstation|workspace|desktop|devbox|sandbox|cloud ?9|vs ?code|code server")
_SERVICE = frozenset({"web", "www", "webserver", "api", "app", "application", "appserver", "frontend", "backend"})
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
_TARGETS = ("target_id", "targets", "instances", "instance", "Targets", "Instances")
"""The arguments in which a front names what it sends traffic to."""
_HYBRID = late(r"\bssm-(?:agent|setup-cli)\b.*\s-register\b|\bactivationCode:")
"""How a script uses a hybrid activation: "Install SSM Agent on hybrid Linux nodes" (AWS Systems Manager User Guide), "Hybrid nodes
nodeadm reference" (Amazon EKS User Guide)."""
_ADDRESSES = frozenset({"public_ip", "public_dns", "PublicIp", "PublicDnsName"})
_SSH = late(r"\b(?:ssh|scp)\b")
_PRIVATE_ADDRESSES = frozenset({"private_ip", "private_dns", "PrivateIp", "PrivateDnsName"})
_RECORDS = frozenset(and_awscc("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup", "aws_route53_record"))
_OTHER_RECORD = late(r"^(?!aws_|awscc_)\w+_(?:dns_)?(?:\w{1,5}_)?record(?:_set)?$")
"""A DNS record of another provider: `cloudflare_record`, `google_dns_record_set`, `azurerm_dns_a_record`."""
_ELASTIC_TYPES = frozenset({*ElasticIp.types(), *ElasticIpAssociation.types()})
_FILES = frozenset({"local_file", "local_sensitive_file"})
_CONTENT = frozenset({"content", "sensitive_content", "content_base64"})
VOLUME_ATTACHMENTS = frozenset(and_awscc("AWS::EC2::VolumeAttachment", "aws_volume_attachment"))
_FOR_CLIENTS = _FRONTS | _RECORDS | {"aws_route53_health_check"}


def elastic_addresses(instance: Instance, graph: Graph) -> Iterator[Value[str]]:
    """The places that give it an Elastic IP address; an unknown that is a condition stands for one that may not exist."""
    for holder in address_holders(instance, graph):
        doubt = holder.declared.condition
        yield holder.instance if doubt is None or doubt == instance.declared.condition else doubt


def address_holders(instance: Instance, graph: Graph) -> Sequence[ElasticIp | ElasticIpAssociation]:
    """What gives it an Elastic IP address."""
    return graph.once(_holders_by_instance).get(id(instance.declared), [])


def _holders_by_instance(graph: Graph) -> dict[int, list[ElasticIp | ElasticIpAssociation]]:
    """What gives an Elastic IP address to an instance, by the `id` of the instance's declaration."""
    found: dict[int, list[ElasticIp | ElasticIpAssociation]] = defaultdict(list)
    holders: list[ElasticIp | ElasticIpAssociation] = [*graph.of(ElasticIp), *graph.of(ElasticIpAssociation)]
    for holder in holders:
        for declared in graph.referred(holder.instance):
            found[id(declared)].append(holder)
    return found


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
        why, other = "its subnet is not in this unit", instance.subnet.unknown
        reason = Said(why, "check it together with its subnet") if other is None else Follows(why, other.reason)
        return Unknown(reason, ("subnet", instance.address), instance.absent.origin)
    for subnet in subnets:
        if subnet.map_public_ip != Known(False):
            return subnet.map_public_ip
    return Known(False, instance.absent.origin)


def read_by(instance: Instance, graph: Graph) -> str:
    """The block that reads the public address of an instance in order to connect to it: a script that is written, a provisioner, an
    output with a command for SSH. Empty if there is none. A DNS record or a distribution sends it clients."""
    for each in sorted(_readers(instance, graph, graph.types), key=_reads_little):
        if (
            each.type not in _FOR_CLIENTS
            and _OTHER_RECORD.search(each.type) is None
            and (each.type != "output" or _SSH.search(_spelled_out(each.body)))
        ):
            return "its provisioner" if each is instance.declared else _INDEX.sub("", each.address)
    return ""


def _reads_little(reader: Declared) -> int:
    """How far from the point a reader is to name: a file that contains the address comes before one that is only called like it, and an
    output comes last."""
    if reader.type == "output":
        return 2
    return int(reader.type in _FILES and not any(each.attribute in _ADDRESSES for each in _in_content(reader)))


def _in_content(file: Declared) -> Iterator[Reference]:
    for name in _CONTENT & file.body.value.keys():
        yield from references(file.body.value[name])


def _readers(instance: Instance, graph: Graph, types: frozenset[str]) -> list[Declared]:
    """The blocks of some types that read the public address of an instance: its own, or an Elastic IP address that it has."""
    found: dict[int, Declared] = {}
    for holder in (instance, *_elastic_of(instance, graph)):
        for each in graph.referring(holder, types):
            reads = any(read.attribute in _ADDRESSES and read.address == holder.address for read in references(each.body))
            if reads and each.type not in _ELASTIC_TYPES:
                found[id(each)] = each
    return list(found.values())


def _elastic_of(instance: Instance, graph: Graph) -> list[ElasticIp]:
    """The Elastic IP addresses of an instance, by themselves or by an association."""
    found: list[ElasticIp] = []
    for holder in address_holders(instance, graph):
        found += [holder] if isinstance(holder, ElasticIp) else holder.addresses
    return list({each.address: each for each in found}.values())


def passed_on_by(instance: Instance, graph: Graph) -> tuple[list[str], list[str]]:
    """The DNS records, and the outputs, that read the public address of an instance."""
    found = _readers(instance, graph, _RECORDS | {each for each in graph.types if _OTHER_RECORD.search(each)} | {"output"})
    records = dict.fromkeys(_INDEX.sub("", each.address) for each in found if each.type != "output")
    return list(records), [each.address for each in found if each.type == "output"]


def has_own_record(instance: Instance, graph: Graph) -> bool:
    """Whether a DNS record leads to its private address: others know it by that name, as the members of a cluster do."""
    return any(
        reference.attribute in _PRIVATE_ADDRESSES and reference.address == instance.address
        for record in graph.referring(instance, _RECORDS)
        for reference in references(record.body)
    )


def _spelled_out(value: Tree) -> str:
    """The known pieces of all texts in a value."""
    match value:
        case Known(dict() as entries):
            return " ".join(_spelled_out(each) for each in entries.values())
        case Known(list() as items):
            return " ".join(_spelled_out(each) for each in items)
        case Unknown():
            return "".join(pieces_of(value))
        case Known(content):
            return str(content)
        case Absent():
            return ""


def routes_traffic(server: Server, graph: Graph) -> Value[bool]:
    """Whether it forwards the traffic of others, as a NAT instance does: it cannot do without a public address."""
    if forwards_by_script(server, graph):
        return Known(True)
    if not isinstance(server, Instance):
        return Known(False)
    checks = [server.source_dest_check, *(each.source_dest_check for each in server.own_interfaces)]
    return any_of(holds(each, lambda checked: not checked) for each in checks)


def forwards_by_script(server: Server, graph: Graph) -> bool:
    """Whether a script of it turns the forwarding of packets on."""
    texts = [each.text for each in scripts(server, graph)]
    # The words are looked for first, since many rules ask for the same scripts.
    return any("source-dest-check" in each or "asquerade" in each.lower() for each in texts) and any(
        map(_FORWARDING.search, texts)
    )


def works_for_others(words: Iterable[str]) -> bool:
    """Whether one of the words of a name says what a server does: a website, a database, a build."""
    return not (_SERVICE | _OTHERWISE).isdisjoint(words)


def spelled(server: Server) -> Iterator[str]:
    """What it is called, as words."""
    return called(server, Absent() if isinstance(server, LaunchConfiguration) else server.tags)


def is_personal(instance: Instance) -> bool:
    """Whether its names say that one person works on it."""
    return any(_PERSONAL.search(name) for name in spelled(instance))


def is_hybrid_node(instance: Instance, graph: Graph) -> bool:
    """Whether the code registers it like a machine outside AWS: with a hybrid activation of Systems Manager, which EKS hybrid nodes use
    also. The activation is in its user data, or in a script that connects to it."""
    if any(_HYBRID.search(script.text) for script in scripts(instance, graph)):
        return True
    blocks = (instance.declared, *graph.referring(instance, graph.types))
    return any(found.type == "aws_ssm_activation" for each in blocks for found in graph.referred(each.body))


def is_called_a_service(instance: Instance) -> bool:
    """Whether its own name, or its `Name` tag, says that it is of a web or an application tier, and nothing else besides."""
    words = {
        word.rstrip("0123456789")
        for name in (instance.declared.name, *tagged(instance.tags))
        for word in words_of(name).split()
    }
    return not words.isdisjoint(_SERVICE) and words.isdisjoint(_OTHERWISE)


def fronted(instance: Instance, graph: Graph) -> Value[bool]:
    """Whether a load balancer, a distribution or an accelerator sends it its traffic."""
    holders = address_holders(instance, graph)
    addresses = [each for holder in holders if isinstance(holder, ElasticIpAssociation) for each in holder.addresses]
    fronts = [front for named in (instance, *holders, *addresses) for front in graph.referring(named, _FRONTS)]
    answers = (front.exists_with(instance.declared) for front in fronts)
    return any_of((*answers, graph.once(_any_target)), instance.absent.origin)


def _any_target(graph: Graph) -> Value[bool]:
    """A target of a front that may be any instance, as far as is known; absent where there is none."""
    fronts = [each for each in graph.declared if each.type in _FRONTS and each.kind == "resource"]
    targets = (each.body.value.get(key) for each in fronts for key in _TARGETS)
    return next((each for each in targets if isinstance(each, Unknown) and not any(references(each))), Absent())


def security_groups(server: Server) -> Iterator[SecurityGroup]:
    """Those of its own, of its interfaces and of its launch template."""
    for link in security_group_links(server):
        yield from link


def security_group_links(server: Server) -> Iterator[Link[SecurityGroup]]:
    """The arguments that name its security groups: its own, its interfaces' and its launch template's."""
    yield server.security_groups
    match server:
        case Instance():
            yield from (interface.security_groups for interface in (*server.interfaces, *server.own_interfaces))
            for template in server.template:
                yield from security_group_links(template)
        case LaunchTemplate():
            yield from (interface.security_groups for interface in server.interfaces)
        case LaunchConfiguration():
            pass


WEB_PORTS = (80, 443, 8080)


def open_web_port(instance: Instance, ports: Sequence[int] = WEB_PORTS) -> tuple[int, IngressRule] | None:
    """A web port that one of its security groups opens to the world, and the rule that does."""
    for group in security_groups(instance):
        for holder in (group, *group.standalone):
            for each in ingress(holder):
                if not opened(each):
                    continue
                for number in ports:
                    if port(each, number) == Known(True):
                        return number, each
    return None


def may_open_web_port(instance: Instance) -> Unknown | None:
    """Why it is not known whether one of its security groups opens a web port to the world; None if that is known."""
    for group in security_groups(instance):
        for holder in (group, *group.standalone):
            for each in ingress(holder):
                answer = all_of((any_of(port(each, number) for number in WEB_PORTS), may_be_open(each)))
                if isinstance(answer, Unknown):
                    return answer
    return None


_INDEX = late(r"\[[^\]]*\]$")


def zone_of(server: Instance) -> Tree:
    """The zone it is in, or an unknown that is equal for servers which are surely in the same one."""
    if not isinstance(server.availability_zone, Absent):
        return zone_named(server.availability_zone)
    if (others := next((each.declared.others for each in server.subnet if each.declared.others is not None), None)) is not None:
        # One stands here for all subnets of its block, so this may be any of them.
        return Unknown(others.reason, ("zone of", server.address), others.origin)
    if len(server.subnet.targets) == 1 and server.subnet.unknown is None:
        return server.subnet.targets[0].zone
    match server.subnet.value:
        case Known(str() as text) if not server.subnet.targets and (wrong := no_subnet_id(text)) is not None:
            return Unknown(Said(wrong, "give its id"), ("zone of", server.address), server.absent.origin)
        case Known(str() as text) if not server.subnet.targets:
            return zone_elsewhere(text).at(server.absent.origin)
        case Unknown() as unknown:
            return unknown
        case _:
            return Unknown(Said("nothing says in which zone it is"), ("zone of", server.address), server.absent.origin)


def service_of(server: Instance, graph: Graph) -> Value[str]:
    """What shows that it serves others; absent where nothing does."""
    if open_web_port(server) is not None:
        return Known("it serves the internet")
    if any(other.declared.exists_with(server.declared) == Known(True) for other in alike(server, graph)):
        return Known("several instances do the same work")
    for trace in traces(server, graph, WEB):
        return Known(f"it {trace.what}")
    if is_called_a_service(server):
        return Known("its name says that it serves clients")
    match fronted(server, graph):
        case Known(True):
            return Known("a load balancer or a CloudFront distribution sends it requests")
        case Unknown() as why:
            return why
        case _:
            return Absent()
