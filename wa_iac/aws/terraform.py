"""Terraform's own settings."""

from typing import Annotated, Any

from wa_iac.core.binding import Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class Backend(Block):
    """Where the state is kept."""

    kind: Annotated[Value[str], Tf("type")]
    encrypt: Annotated[Value[bool], Tf("encrypt")]


class Settings(Resource, tf="terraform"):
    """The `terraform` blocks of a module, taken together."""

    required_version: Annotated[Value[str], Tf("required_version")]
    # By the provider's local name, an object of `source` and `version` each, or the version alone.
    required_providers: Annotated[Value[Any], Tf("required_providers[]")]
    backend: Annotated[list[Backend], Tf("backend[]")]
