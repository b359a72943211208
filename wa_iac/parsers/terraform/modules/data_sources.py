"""The results of data sources, if they follow from the configuration."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from wa_iac.core.reasons import LookedUp
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.unit import Lazy

from .policy_document import read_policy_document
from .protocols import DataSource


def read_data(instance: DataSource, attribute: str) -> Tree | None:
    """An attribute that a data source computes; None if only its name is known."""
    reader = _READERS.get((instance.type, attribute))
    if reader is not None:
        return reader(instance, attribute)
    return _unknown(instance, attribute, ("data", instance.address, attribute))


def _origin(instance: DataSource, attribute: str) -> Origin:
    header = instance.header
    return Origin(header, "computed", references=(Reference(instance.address, attribute),))


def _unknown(instance: DataSource, attribute: str, identity: tuple[str, ...]) -> Unknown:
    reason = LookedUp(instance.type, instance.address, attribute)
    return Unknown(reason, identity, _origin(instance, attribute), itself=True)


def _zones(instance: DataSource, attribute: str) -> Tree:
    """A list whose elements are known to differ: `names[0]` is never `names[1]`."""
    zones = _unknown(instance, attribute, ("data", instance.address, attribute))

    def one(key: str | int) -> Tree:
        return zones.member(key, distinct=True)

    return Lazy(zones.reason, zones.identity, zones.origin, one, itself=True)


def _region(instance: DataSource, attribute: str) -> Tree:
    region = instance.region()
    if isinstance(region, Absent):
        return _unknown(instance, attribute, ("region", instance.provider_key()))
    return region


def _account(instance: DataSource, attribute: str) -> Tree:
    return _unknown(instance, attribute, ("account", instance.provider_key()))


def _partition(instance: DataSource, attribute: str) -> Tree:
    """A partition's id or DNS names, which follow from a region's name."""
    region = instance.region()

    def of(name: Tree) -> Tree:
        text = name.value if isinstance(name, Known) and isinstance(name.value, str) else ""
        found = next((each for each in _PARTITIONS if each.regions.fullmatch(text)), None)
        if found is None:
            return _unknown(instance, attribute, ("partition", attribute, instance.provider_key()))
        content = {"dns_suffix": found.dns, "reverse_dns_prefix": ".".join(reversed(found.dns.split(".")))}.get(
            attribute, found.id
        )
        return Known(content, _origin(instance, attribute)._replace(chain=region.origin.chain))

    if isinstance(region, Unknown) and region.alternatives:
        return region.map(("partition", attribute), of)
    return of(region)


def _policy(instance: DataSource, attribute: str) -> Tree:
    return read_policy_document(instance, attribute)


def _managed(instance: DataSource, attribute: str) -> Tree:
    """The ARN of a policy that is looked up by its name. AWS's own policies are in every account, and one of the account with the same name
    would make the lookup fail, so the name of one of AWS's is that one."""
    name, prefix = instance.written("name"), instance.written("path_prefix")
    unknown = _unknown(instance, attribute, ("data", instance.address, attribute))
    if not (isinstance(name, Known) and name.value in _OF_AWS and isinstance(prefix, Absent)):
        return unknown
    match _partition(instance, "partition"):
        case Known(str() as partition):
            return Known(f"arn:{partition}:iam::aws:policy/{name.value}", unknown.origin)
        case partition:
            parts = ("arn:", partition, f":iam::aws:policy/{name.value}") if isinstance(partition, Unknown) else ()
            return Unknown(unknown.reason, unknown.identity, unknown.origin, itself=True, parts=parts)


def _local_file(instance: DataSource, attribute: str) -> Tree:
    """The content that `file()` would read, which Terraform reads before apply."""
    from wa_iac.parsers.terraform.evaluation.functions.files import read_text

    match instance.written("filename"):
        case Known(str() as name):
            run = instance.run
            return read_text(run, name, bytes.decode, _origin(instance, attribute))
        case _:
            return _unknown(instance, attribute, ("data", instance.address, attribute))


_OF_AWS: Final = frozenset({"AdministratorAccess", "IAMFullAccess", "PowerUserAccess"})
"""Policies of AWS that allow so much that a rule asks for them ("AWS managed policies", AWS Managed Policy Reference)."""


class _Partition(NamedTuple):
    id: str
    regions: re.Pattern[str]
    dns: str


_PARTITIONS: Final = (
    _Partition("aws", re.compile(r"(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+"), "amazonaws.com"),
    _Partition("aws-cn", re.compile(r"cn-[a-z]+-\d+"), "amazonaws.com.cn"),
    _Partition("aws-us-gov", re.compile(r"us-gov-[a-z]+-\d+"), "amazonaws.com"),
)
"""The partitions in the SDKs. A region of any other partition leaves the partition unknown."""

_READERS: Final[dict[tuple[str, str], Callable[[DataSource, str], Tree]]] = {
    ("aws_availability_zones", "names"): _zones,
    ("aws_availability_zones", "zone_ids"): _zones,
    ("aws_region", "name"): _region,
    ("aws_region", "id"): _region,
    ("aws_region", "region"): _region,
    ("aws_caller_identity", "account_id"): _account,
    ("aws_caller_identity", "id"): _account,
    ("aws_partition", "partition"): _partition,
    ("aws_partition", "id"): _partition,
    ("aws_partition", "dns_suffix"): _partition,
    ("aws_partition", "reverse_dns_prefix"): _partition,
    ("aws_iam_policy_document", "json"): _policy,
    ("aws_iam_policy_document", "minified_json"): _policy,
    ("aws_iam_policy", "arn"): _managed,
    ("local_file", "content"): _local_file,
}
