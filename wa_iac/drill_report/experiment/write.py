"""An experiment in the language of the unit that it is about."""

from __future__ import annotations

from wa_iac.core.declared import Dialect

from .cloudformation import as_template
from .model import Experiment
from .terraform import as_module


def as_experiment(experiment: Experiment, dialect: Dialect, unit: str) -> str:
    """The text of a template, or of a Terraform file, for an experiment that has actions."""
    return as_template(experiment, unit) if dialect == "cloudformation" else as_module(experiment, unit)
