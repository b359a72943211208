"""What a function is used for, where the rest of the unit shows it."""

from typing import Final

from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Tree

from .lambda_function import Function

_USES: Final = (
    (
        ("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "awscc_cloudfront_distribution"),
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
    for each in graph.declared:
        for types, why in _USES:
            if each.type.startswith(types) and any(names(graph, each.body, target) for target in named):
                return why
    return ""


def names(graph: Graph, tree: Tree, resource: Resource) -> bool:
    """Whether a value, or one below it, refers to `resource`."""
    return any(declared is resource.declared for reference in references(tree) for declared in graph.at(reference.address))
