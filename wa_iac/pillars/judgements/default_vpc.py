"""Data stores that name no subnets of their own, so that AWS places them in the default VPC."""

from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, accept, flag
from wa_iac.core.value import Known, Tree


def placed(store: Resource, what: str, subnets: Tree) -> Flags:
    """Flag a data store whose subnet group, or list of subnets, is not written, or is AWS's default group."""
    if subnets != Known("default"):
        accept(given(subnets))
    yield flag(
        subnets if subnets.origin.span.path else store,
        f"This {what} names no subnets of its own, so it is in the default VPC: with all else that names none, in subnets with a route to "
        "the internet.",
    )
