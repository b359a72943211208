"""Tags that a person wrote, without those that tools add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.coerce import Tags
from wa_iac.core.partial import entries_of
from wa_iac.core.value import Known, Tree, Unknown, Value

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


def names(tags: Mapping[str, Tree]) -> list[str]:
    """The keys of tags, without those of tools and the name that the console shows: they charge nothing to anyone."""
    return [name for name in written(tags) if name.lower() != "name"]


def say_more_than_a_name(tags: Value[Tags]) -> Value[bool]:
    """Whether a resource has a tag of a person that is not only its name."""
    if names(entries(tags)):
        return Known(True, tags.origin)
    return tags if isinstance(tags, Unknown) else Known(False, tags.origin)


def _is_of_a_tool(key: str, value: Tree) -> bool:
    return key.startswith(_TOOLS) or (key in _SAM and value == Known("SAM"))
