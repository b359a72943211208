"""The experiment for a drill, in the language of its unit."""

from __future__ import annotations

from wa_iac.core.graph import Graph
from wa_iac.drill.model import Drill

from .cloudformation import as_template
from .plan import experiment
from .terraform import as_module


def as_experiment(drill: Drill, graph: Graph, unit: str) -> str:
    """The text of a template, or of a Terraform file; only comments if FIS cannot make the failure."""
    made = experiment(drill, graph)
    return as_template(made, unit) if drill.dialect == "cloudformation" else as_module(made, unit)
