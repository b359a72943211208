"""AWS Systems Manager."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key


class Document(Resource, cfn="AWS::SSM::Document", tf="aws_ssm_document", cfn_key="Name", tf_key="name"):
    """A document: a runbook of Automation, or commands for instances."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    kind: Annotated[Value[str], Cfn("DocumentType", default="Command"), Tf("document_type")]
    content: Annotated[Value[Any], Cfn("Content"), Tf("content")]
    permissions: Annotated[Value[Any], Tf("permissions")]


class Parameter(Resource, cfn="AWS::SSM::Parameter", tf="aws_ssm_parameter", cfn_key="Name", tf_key="name"):
    """A parameter of the Parameter Store. CloudFormation cannot make one of type SecureString."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    kind: Annotated[Value[str], Cfn("Type"), Tf("type")]
    value: Annotated[Value[str], Cfn("Value"), Tf("value"), Tf("insecure_value")]
    tier: Annotated[Value[str], Cfn("Tier"), Tf("tier")]
    policies: Annotated[Value[str], Cfn("Policies")]
    description: Annotated[Value[str], Cfn("Description"), Tf("description")]
    key: Annotated[Link[Key], Tf("key_id")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
