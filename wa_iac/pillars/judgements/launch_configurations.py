"""Launch configurations: they never change, so that each change makes another one."""

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.core.binding import value_at
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

_FIXED = "LaunchConfigurationName"
_OTHER_NAME = f"CloudFormation makes a new launch configuration for this, so give it another {_FIXED}."


def renewed(server: Resource) -> str:
    """What it takes to put a new launch configuration in the place of one that a group uses. Empty where nothing is needed, and for
    anything else."""
    if not isinstance(server, LaunchConfiguration):
        return ""
    if server.as_cloudformation:
        return _OTHER_NAME if not isinstance(value_at(server.declared.body, _FIXED), Absent) else ""
    needs = []
    if not isinstance(value_at(server.declared.body, "name"), Absent):
        needs.append("name_prefix instead of name")
    if server.create_before_destroy == Known(False):
        needs.append("create_before_destroy in its lifecycle")
    return f"Terraform makes a new launch configuration for this. First give it {' and '.join(needs)}." if needs else ""
