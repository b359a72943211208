"""A change of a Lambda function that does not reach who invokes it by an alias: a sentence for remedies that change a function of a template.

A version keeps the code and most of the settings with which it was published ("Manage Lambda function versions", AWS Lambda Developer Guide), and
CloudFormation publishes another one only for a resource with another logical ID ("AWS::Lambda::Version", AWS CloudFormation Template Reference).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

from .code_parts import is_added, parts_of

if TYPE_CHECKING:
    from wa_iac.aws.lambda_function import Function
    from wa_iac.core.graph import Graph

_OF_ALL_VERSIONS: Final = frozenset(
    {"CodeSigningConfigArn", "RecursiveLoop", "ReservedConcurrentExecutions", "RuntimeManagementConfig", "Tags"}
)
"""Properties of the function as a whole."""
_BESIDE: Final = frozenset(
    {"Auth", "EventInvokeConfig", "Events", "FunctionUrlConfig", "Policies", "ProvisionedConcurrencyConfig"}
)
"""Properties from which SAM makes other resources."""
_PUBLISHED: Final = frozenset({"CodeUri", "Environment", "ImageUri", "InlineCode", "MemorySize", "SnapStart"})
"""Properties with whose changes SAM publishes a version in any case ("AWS::Serverless::Function", AWS SAM Developer Guide)."""
_ALL: Final = "AutoPublishAliasAllProperties"
_DIGEST: Final = late(r"[0-9a-f]{32}$")
"""The end of a logical ID that a program makes anew for each change."""

_OF_TEMPLATE: Final = (
    "A published version keeps the old settings, and who invokes it, by an alias or itself, gets no others: also give the AWS::Lambda::Version another "
    "logical ID."
)


def new_function_version(subject: Subject, code: str) -> str:
    """A sentence on the version that keeps the old settings, if the code changes settings of a function; else empty."""
    declared = subject.declared
    if declared is None or declared.type != "AWS::Lambda::Function" or declared.construct or is_added(code):
        return ""
    from wa_iac.aws.lambda_function import Function

    changed = {each.name for each in parts_of(code)} - _OF_ALL_VERSIONS
    function = subject.resource
    if not changed or not isinstance(function, Function) or not function.versions.targets:
        return ""
    if not declared.made_from:
        return _OF_TEMPLATE if _is_invoked(function, subject.graph) else ""
    if not changed - _BESIDE - _PUBLISHED or _ALL.encode() in subject.sources.get(declared.extent.path, b""):
        return ""
    return f"SAM publishes this to the alias only with the next change of the code, unless {_ALL} is true."


def _is_invoked(function: Function, graph: Graph) -> bool:
    """Whether an alias, or anything else here, refers to a version of a function that stays as long as nobody gives it another name."""
    return any(
        _DIGEST.search(each.declared.name) is None and bool(graph.referring(each, graph.types)) for each in function.versions
    )
