"""AWS IoT Core."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Policy(Resource, cfn="AWS::IoT::Policy", tf="aws_iot_policy", cfn_key="PolicyName", tf_key="name"):
    """What devices may do with the message broker and with the data of things."""

    name: Annotated[Value[str], Cfn("PolicyName"), Tf("name")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
