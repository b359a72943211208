"""AWS Organizations."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Organization(Resource, cfn="AWS::Organizations::Organization", tf="aws_organizations_organization"):
    """The organization of the management account."""

    features: Annotated[Value[str], Cfn("FeatureSet"), Tf("feature_set"), Default("ALL")]


class Policy(Resource, cfn="AWS::Organizations::Policy", tf="aws_organizations_policy", cfn_key="Name", tf_key="name"):
    """A policy for accounts: a service control policy, unless its type is another."""

    kind: Annotated[Value[str], Cfn("Type"), Tf("type", default="SERVICE_CONTROL_POLICY")]
    content: Annotated[Value[EmbeddedDocument], Cfn("Content"), Tf("content")]
