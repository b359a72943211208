"""Terraform's own settings, and the modules that it fetches."""

from typing import Annotated, Any

from wa_iac.core.binding import Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class S3Backend(Block):
    """State kept in a bucket."""

    encrypt: Annotated[Value[bool], Tf("encrypt", default=False)]
    lock_table: Annotated[Value[str], Tf("dynamodb_table")]
    lock_file: Annotated[Value[bool], Tf("use_lockfile", default=False)]


class TerraformSettings(Resource, tf="terraform"):
    """The `terraform` blocks of a module, taken together."""

    required_version: Annotated[Value[str], Tf("required_version")]
    # Objects that give for each provider's local name its `source` and `version`, or the version alone.
    required_providers: Annotated[Value[Any], Tf("required_providers")]
    # Objects that give for each kind of backend its arguments.
    backend: Annotated[Value[Any], Tf("backend")]
    cloud: Annotated[Value[Any], Tf("cloud")]
    s3_backend: Annotated[list[S3Backend], Tf("backend.s3")]


class Provider(Resource, tf="provider.aws"):
    """A configuration of the AWS provider."""

    # How the version was constrained before `required_providers`.
    version: Annotated[Value[str], Tf("version")]


class ModuleCall(Resource, tf="module"):
    """A call of a module that is not in this directory, and so could not be read."""

    source: Annotated[Value[str], Tf("source")]
    version: Annotated[Value[str], Tf("version")]
