"""Servers to which clients connect with a protocol of their own: games, calls, voice, and networks of peers. No web server can be in front of them."""

from __future__ import annotations

from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known

from .security_group_rules import ingress, opened
from .servers import security_groups, spelled
from .user_data import Server

_NAMES: Final = late(
    r"\b(?:minecraft|game ?servers?|factorio|valheim|terraria|palworld|satisfactory|counter ?strike|csgo|team ?speak|mumble|coturn|turn server)\b"
)
_PORTS: Final = (25565, 19132, 27015, 2456, 34197, 7777, 8211, 9987, 64738, 3478, 8333, 18333, 30303, 9735)
"""The usual ports of Minecraft, Source, Valheim, Factorio, Terraria and Unreal, Palworld, TeamSpeak, Mumble, and TURN; those by which nodes of Bitcoin,
Ethereum and Lightning find each other."""


def serves_players(server: Server) -> bool:
    """Whether its names say so, or one of its security groups opens such a port to the world, and only that one."""
    if any(map(_NAMES.search, spelled(server))):
        return True
    for group in security_groups(server):
        for holder in (group, *group.standalone):
            for rule in ingress(holder):
                first = rule.from_port
                if opened(rule) and first == rule.to_port and isinstance(first, Known) and first.value in _PORTS:
                    return True
    return False
