"""AWS CloudFormation: the parts of a template that are not resources."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default
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


class Holder(Resource):
    """A resource of any type, for rules that use a table of types and paths."""
