"""Amazon Aurora DSQL."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Cluster(Resource, cfn="AWS::DSQL::Cluster", tf="aws_dsql_cluster"):
    """A serverless distributed database."""

    # The provider sends false if nothing is written. What the service does without a value is not documented.
    deletion_protection: Annotated[
        Value[bool], Cfn("DeletionProtectionEnabled"), Tf("deletion_protection_enabled", default=False)
    ]
