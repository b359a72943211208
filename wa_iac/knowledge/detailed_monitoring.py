"""Whether a server sends its metrics each minute."""

from wa_iac.aws.ec2 import Instance
from wa_iac.core.logic import first_known
from wa_iac.core.value import Absent, Known, Value

from .user_data import Server


def is_detailed(server: Server) -> Value[bool]:
    """Whether it has detailed monitoring: by its own word, else by that of its launch template."""
    if not isinstance(server, Instance) or not isinstance(server.monitoring, Absent):
        return server.monitoring
    found = first_known(each.monitoring for each in server.template)
    if isinstance(found, Absent) and server.template.unknown is not None:
        return server.template.unknown
    return found if not isinstance(found, Absent) else Known(False, server.monitoring.origin)
