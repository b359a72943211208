"""Amazon Glacier, the service with vaults. (Some storage classes of S3 also have Glacier in their names.)"""

from typing import Annotated

from wa_iac.core.binding import Tf
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Vault(Resource, tf="aws_glacier_vault", tf_key="name"):
    """A vault for archives."""

    name: Annotated[Value[str], Tf("name")]
    policy: Annotated[Value[EmbeddedDocument], Tf("access_policy")]
