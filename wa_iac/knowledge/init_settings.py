"""Settings of a backend that Terraform is given when it is initialised (`terraform init -backend-config=...`): scripts and workflows say so."""

from pathlib import Path

from .scripts import scripts_above


def are_given_at_init(configuration: Path) -> bool:
    """Whether a script or a workflow between a configuration and the root of its repository gives settings to a backend."""
    return any(each.to_backend for each in scripts_above(configuration))
