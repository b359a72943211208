"""Where a value is set that a person has to choose anew, if the default of a parameter or a variable sets it."""

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Tree
from wa_iac.knowledge.allowed_values import allowed_for


def set_by_default(value: Tree, resource: Resource, graph: Graph, what: str) -> str:
    """A sentence on the parameter or the variable whose default `what` is, and on the values that it allows; empty if none sets it."""
    step = value.origin.default_step
    if step is None or value.origin.how != "default":
        return ""
    where = f"{step.default_of} ({step.span.path}:{step.span.start_line})"
    if allowed_for(value, resource, graph)[1]:
        return f"The default of {where} is this {what}, and its AllowedValues have to contain the new one: change both."
    return f"The default of {where} is this {what}: change that, or pass the new one."
