"""Settings of an account hold in one Region: which of them are about a resource."""

from wa_iac.core.algebra import same
from wa_iac.core.reader import doubt
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Unknown, Value


def holds_for(setting: Resource, resource: Resource) -> Value[bool]:
    """Whether a setting of a Region is there, and for the Region of `resource`.

    Where neither says a Region, both are in the stack's, or in the one that the provider takes from its environment.
    """
    here, there = resource.declared.region, setting.declared.region
    if isinstance(here, Absent) != isinstance(there, Absent):
        written = here if isinstance(there, Absent) else there
        why = "the provider of one takes its Region from the environment: whether this setting is for the same Region is not known"
        return Unknown(Said(why, "write the provider's region"), ("region", setting.address, resource.address), written.origin)
    match same(here, there):
        case None:
            return here if isinstance(here, Unknown) else there
        case False:
            return Known(False, there.origin)
        case True:
            uncertain = doubt(setting.declared, resource.declared)
            return Known(True, setting.absent.origin) if uncertain is None else uncertain
