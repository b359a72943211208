"""Servers by which people and traffic come in or go out: bastions, VPN servers and NAT instances, by their names."""

import os
from pathlib import PurePath

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core import files
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent

from .called import called, words_of
from .servers import spelled, works_for_others
from .user_data import Server

_BASTION = late(r"bastion|jump")
_FILE_OF_BASTIONS = late(r"\b(?:bastions?|jump ?(?:box|host|server)s?)\b")
_GATEWAY = late(r"vpn|wireguard|(?<![a-z])nat(?![a-z])")


def is_way_in(server: Server) -> bool:
    """Whether its names say that it is a bastion, a VPN or a NAT instance."""
    return is_bastion(server) or is_gateway(server)


def is_bastion(server: Server) -> bool:
    """Whether its names, or those of its file or of the directory around it, say that administrators connect through it."""
    return any(_BASTION.search(name) for name in spelled(server)) or _is_in_file_of_bastions(server)


def _is_in_file_of_bastions(server: Resource) -> bool:
    """Whether its file or the directory around it is called after bastions, and the server itself after nothing else."""
    if not _is_file_of_bastions(server.declared.span.path):
        return False
    return not works_for_others(word for name in called(server, Absent()) for word in name.split())


@files.once_in_a_run
def _is_file_of_bastions(name: str) -> bool:
    if _FILE_OF_BASTIONS.search(words_of(os.path.abspath(name))) is None:
        return False  # most paths, for which no root has to be found
    path = PurePath(files.below_root(name))
    return any(_FILE_OF_BASTIONS.search(words_of(each)) is not None for each in (path.stem, path.parent.name))


def is_of_bastions(group: AutoScalingGroup) -> bool:
    """Whether the names of a group say that administrators connect through its instances."""
    return any(_BASTION.search(name) for name in called(group, Absent())) or _is_in_file_of_bastions(group)


def is_gateway(server: Server) -> bool:
    """Whether its names say that it is a VPN server or a NAT instance, which do not work without a public address."""
    return any(_GATEWAY.search(name) for name in spelled(server))
