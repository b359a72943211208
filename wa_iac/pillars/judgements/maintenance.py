"""Changes of databases and caches that wait for their next maintenance window."""

from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.binding import value_at
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known

WAITS: Final = "Terraform leaves the change to the next maintenance window unless apply_immediately is true."

_SWITCHES: Final = (
    "With blue_green_update, Terraform makes the change in the same apply: it switches over to a changed copy, and deletes the old database without a "
    "snapshot."
)


def waits(database: Resource) -> str:
    """A sentence on the window for which Terraform leaves a change, unless it is told otherwise ("aws_db_instance", Terraform's AWS provider).
    CloudFormation makes the change at once."""
    if isinstance(database, Instance) and database.blue_green == Known(True):
        return _SWITCHES
    at_once = value_at(database.declared.body, "apply_immediately") == Known(True)
    return "" if database.dialect != "terraform" or database.as_cloudformation or at_once else WAITS
