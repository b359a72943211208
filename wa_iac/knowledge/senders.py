"""Servers whose address others know as that of a sender."""

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import ElasticIpAssociation
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late

from .called import called
from .servers import address_holders, spelled

_SENDER = late(
    r"\b(?:team ?servers?|c2|go ?phish|phish(?:ing)?|kali|nmap|nessus|(?:port |vulnerability )?scanners?|smtp|mail|mail ?servers?|mailers?|mta|"
    r"postfix|exim|egress)\b"
)


def sends_to_others(instance: Instance, graph: Graph) -> bool:
    """Whether its names, or those of its Elastic IP address, say that it sends mails or scans: others have its address in their lists."""
    holders = address_holders(instance, graph)
    addresses = (
        each for holder in holders for each in (holder.addresses if isinstance(holder, ElasticIpAssociation) else (holder,))
    )
    names = (*spelled(instance), *(name for each in addresses for name in called(each, each.tags)))
    return any(map(_SENDER.search, names))
