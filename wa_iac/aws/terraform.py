"""Terraform's own settings, and the modules that it downloads."""

from typing import Annotated, Any

from wa_iac.core.binding import Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class S3Backend(Block):
    """State in a bucket."""

    bucket: Annotated[Value[str], Tf("bucket")]
    key: Annotated[Value[str], Tf("key")]
    encrypt: Annotated[Value[bool], Tf("encrypt", default=False)]
    # `lock_table` is its name from before Terraform 0.13.
    lock_table: Annotated[Value[str], Tf("dynamodb_table"), Tf("lock_table")]
    lock_file: Annotated[Value[bool], Tf("use_lockfile", default=False)]
    endpoint: Annotated[Value[str], Tf("endpoints.s3"), Tf("endpoint")]
    # Terraform 1.10 has only the object `assume_role` in the place of these.
    role: Annotated[Value[str], Tf("role_arn")]
    external_id: Annotated[Value[str], Tf("external_id")]
    session_name: Annotated[Value[str], Tf("session_name")]


class TerraformSettings(Resource, tf="terraform"):
    """The `terraform` blocks of a module, combined."""

    required_version: Annotated[Value[str], Tf("required_version")]
    # Objects with each provider's `source` and `version` by local name, or with only the version.
    required_providers: Annotated[Value[Any], Tf("required_providers")]
    # Objects with the arguments of each backend, by its type.
    backend: Annotated[Value[Any], Tf("backend")]
    cloud: Annotated[Value[Any], Tf("cloud")]
    s3_backend: Annotated[list[S3Backend], Tf("backend.s3")]


class Provider(Resource, tf="provider.aws"):
    """A configuration of the AWS provider."""

    # The version constraint from before `required_providers`.
    version: Annotated[Value[str], Tf("version")]


class ModuleCall(Resource, tf="module"):
    """A module call whose module is not available, and so could not be read."""

    source: Annotated[Value[str], Tf("source")]
    version: Annotated[Value[str], Tf("version")]
