"""Terraform's `awscc` provider has CloudFormation's schema in snake case, so CloudFormation's bindings read its types.

`AWS::RDS::DBInstance` is `awscc_rds_db_instance`, `SSEAlgorithm` is `sse_algorithm`, `CidrIpv6` is `cidr_ipv_6`. A property
without a schema in CloudFormation is JSON text there (`policy_document = jsonencode({...})`), in CloudFormation's own spelling.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from .binding import Cfn, Segment, Tf, segments
from .declared import Declared
from .late_pattern import late

PREFIX: Final = "awscc_"
_ONE_WORD: Final = late("CloudFormation|CloudFront|CloudWatch|FSx")
_BOUNDARY: Final = late("(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])")


def is_awscc(declared: Declared) -> bool:
    """Whether a resource is from the `awscc` provider."""
    return is_awscc_type(declared.type)


def is_awscc_type(name: str) -> bool:
    """Whether a type is one of the `awscc` provider."""
    return name.startswith(PREFIX)


@cache
def snake(name: str) -> str:
    """The provider's name of a property: `KMSMasterKeyID` is `kms_master_key_id`."""
    whole = _ONE_WORD.sub(lambda match: match[0].capitalize(), name)
    return re.sub("[^a-z0-9]", "_", _BOUNDARY.sub("_", whole).lower())


def type_name(cfn: str) -> str:
    """The provider's name of a CloudFormation type; empty if the provider cannot have it."""
    parts = cfn.split("::")
    if len(parts) != 3 or parts[0] != "AWS" or parts[1] == "Serverless":
        return ""
    return f"{PREFIX}{parts[1].lower()}_{snake(parts[2])}"


def and_awscc(*types: str) -> tuple[str, ...]:
    """The given types, followed by the provider's names of those that are CloudFormation's."""
    return (*types, *filter(None, map(type_name, types)))


def spelled(binding: Cfn) -> Cfn:
    """A binding in the provider's spelling. Each name also keeps CloudFormation's spelling, for text in JSON."""
    of = type_name(binding.of) if binding.of else ""
    return replace(binding, path=_path(binding.path), of=of, by=_path(binding.by))


def bindings(cfn: tuple[Cfn, ...], tf: tuple[Tf, ...]) -> tuple[Cfn | Tf, ...]:
    """The bindings of a field for such a resource: CloudFormation's, then those of Terraform's for attributes beside the body
    and for satellites of the other provider."""
    own = [spelled(each) for each in cfn if not each.path.startswith("@")]
    return (*own, *(each for each in tf if each.of or each.path.startswith("@")))


def _path(path: str) -> str:
    return ".".join(map(_segment, segments(path)))


def _segment(segment: Segment) -> str:
    selected = (
        f"[{snake(segment.key)}={segment.equals}]" if segment.key else "[]" if segment.every else "[0]" if segment.first else ""
    )
    return f"{snake(segment.name)}|{segment.name}{selected}"
