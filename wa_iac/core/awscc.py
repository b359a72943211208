"""Terraform's `awscc` provider: CloudFormation's schema in snake case, so that its types are read by CloudFormation's bindings.

`AWS::RDS::DBInstance` is `awscc_rds_db_instance`, `SSEAlgorithm` is `sse_algorithm`, `CidrIpv6` is `cidr_ipv_6`. What CloudFormation
leaves free is text in JSON there (`policy_document = jsonencode({...})`), in CloudFormation's own spelling.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from .binding import Cfn, Segment, Tf, segments
from .declared import Declared

PREFIX: Final = "awscc_"
_ONE_WORD: Final = re.compile("CloudFormation|CloudFront|CloudWatch|FSx")
_BOUNDARY: Final = re.compile("(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])")


def is_awscc(declared: Declared) -> bool:
    """Whether a resource is the `awscc` provider's."""
    return declared.type.startswith(PREFIX)


@cache
def snake(name: str) -> str:
    """The provider's name of a property: `KMSMasterKeyID` is `kms_master_key_id`."""
    whole = _ONE_WORD.sub(lambda match: match[0].capitalize(), name)
    return re.sub("[^a-z0-9]", "_", _BOUNDARY.sub("_", whole).lower())


def type_name(cfn: str) -> str:
    """The provider's name of a type; empty for what only CloudFormation has."""
    parts = cfn.split("::")
    if len(parts) != 3 or parts[0] != "AWS" or parts[1] == "Serverless":
        return ""
    return f"{PREFIX}{parts[1].lower()}_{snake(parts[2])}"


def and_awscc(*types: str) -> tuple[str, ...]:
    """Types as they are given, and after them the provider's names of those that are CloudFormation's."""
    return (*types, *filter(None, map(type_name, types)))


def spelled(binding: Cfn) -> Cfn:
    """A binding in the provider's spelling; each name keeps CloudFormation's beside it, for what stands in JSON."""
    of = type_name(binding.of) if binding.of else ""
    return replace(binding, path=_path(binding.path), of=of, by=_path(binding.by))


def bindings(cfn: tuple[Cfn, ...], tf: tuple[Tf, ...]) -> tuple[Cfn | Tf, ...]:
    """How a field of such a resource is read: as CloudFormation writes it, then from what Terraform puts beside the body or into
    satellites of the other provider."""
    own = [spelled(each) for each in cfn if not each.path.startswith("@")]
    return (*own, *(each for each in tf if each.of or each.path.startswith("@")))


def _path(path: str) -> str:
    return ".".join(map(_segment, segments(path)))


def _segment(segment: Segment) -> str:
    selected = (
        f"[{snake(segment.key)}={segment.equals}]" if segment.key else "[]" if segment.every else "[0]" if segment.first else ""
    )
    return f"{snake(segment.name)}|{segment.name}{selected}"
