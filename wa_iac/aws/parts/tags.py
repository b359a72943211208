"""Tags that a person wrote, without those that tools add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.coerce import Tags
from wa_iac.core.partial import entries_of
from wa_iac.core.value import Known, Tree, Value

_SAM: Final = ("lambda:createdby", "httpapi:createdby", "statemachine:createdby", "graphqlapi:createdby")
"""Keys of tags with which AWS SAM marks its resources:
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html"""
_TOOLS: Final = ("aws-cdk:", "aws:")
"""Prefixes of keys from the AWS CDK (`aws-cdk:auto-delete-objects`, `aws-cdk:cr-owned:...`), and of keys reserved for AWS."""


def entries(tags: Value[Tags]) -> Mapping[str, Tree]:
    """The tags of a resource, as far as they are known."""
    return entries_of(tags)


def written(tags: Mapping[str, Tree]) -> dict[str, Tree]:
    """The tags without those that a tool adds, which do not say who owns a resource."""
    return {key: value for key, value in tags.items() if not _is_of_a_tool(key.lower(), value)}


def _is_of_a_tool(key: str, value: Tree) -> bool:
    return key.startswith(_TOOLS) or (key in _SAM and value == Known("SAM"))
