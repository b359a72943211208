"""AWS CloudFormation: the parts of a template that are not resources, and stacks."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Parameter(Resource, cfn="parameter"):
    """A parameter of the template."""

    kind: Annotated[Value[str], Cfn("Type")]
    default: Annotated[Value[str], Cfn("Default")]
    no_echo: Annotated[Value[bool], Cfn("NoEcho"), Default(False)]
    description: Annotated[Value[str], Cfn("Description")]
    allowed_values: Annotated[Value[list[Value[str]]], Cfn("AllowedValues")]


class Stack(Resource, cfn="AWS::CloudFormation::Stack"):
    """A nested stack."""

    parameters: Annotated[Value[dict[str, Value[str]]], Cfn("Parameters")]


class StackSet(Resource, cfn="AWS::CloudFormation::StackSet", tf="aws_cloudformation_stack_set", tf_key="name"):
    """Stacks of one template in several accounts and Regions."""

    permissions: Annotated[
        Value[str], Cfn("PermissionModel", default="SELF_MANAGED"), Tf("permission_model", default="SELF_MANAGED")
    ]
    auto_deployment: Annotated[
        Value[bool], Cfn("AutoDeployment.Enabled", default=False), Tf("auto_deployment.enabled", default=False)
    ]


class Holder(Resource):
    """A resource of any type, for rules that use a table of types and paths."""
