"""What a function is used for, where the rest of the unit shows it."""

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Tree, references

from .lambda_function import Function

_DISTRIBUTIONS = frozenset({"AWS::CloudFront::Distribution", "aws_cloudfront_distribution"})
_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")


def special_use(function: Function, graph: Graph) -> str:
    """Why a function is no ordinary one: it runs at CloudFront's edge, or only while a stack is deployed; else empty."""
    for each in graph.declared:
        if each.type in _DISTRIBUTIONS and any(
            names(graph, each.body, target) for target in (function, *function.versions.targets)
        ):
            return "it runs at the edge, for a CloudFront distribution"
        if each.type.startswith(_CUSTOM) and names(graph, each.body, function):
            return "it runs only while the stack is deployed, for a custom resource"
    return ""


def names(graph: Graph, tree: Tree, resource: Resource) -> bool:
    """Whether a value, or one below it, refers to `resource`."""
    return any(declared is resource.declared for reference in references(tree) for declared in graph.at(reference.address))
