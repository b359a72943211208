"""What a function is used for, where the rest of the unit shows it."""

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource

_USES: Final = (
    (
        and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
        "it runs at the edge, for a CloudFront distribution",
    ),
    (("AWS::Greengrass", "awscc_greengrass"), "it runs on devices, under Greengrass"),
    (
        ("Custom::", "AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Macro"),
        "it runs only while a stack is deployed, for CloudFormation",
    ),
)


def special_use(function: Function, graph: Graph) -> str:
    """Why a function is no ordinary one: it runs elsewhere than in a Region, or only while a stack is deployed; else empty."""
    named: list[Resource] = [function, *function.versions, *function.aliases]
    uses = graph.once(_uses)
    found = [uses[id(each.declared)] for each in named if id(each.declared) in uses]
    return min(found)[1] if found else ""


def _uses(graph: Graph) -> dict[int, tuple[int, str]]:
    """What is named by a resource that says so: why, and the first such resource's number."""
    found: dict[int, tuple[int, str]] = {}
    for number, each in enumerate(graph.declared):
        why = next((why for types, why in _USES if each.type.startswith(types)), None)
        if why is not None:
            for declared in graph.referred(each.body):
                found.setdefault(id(declared), (number, why))
    return found
