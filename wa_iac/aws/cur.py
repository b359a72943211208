"""AWS Cost and Usage Reports."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class ReportDefinition(Resource, cfn="AWS::CUR::ReportDefinition", tf="aws_cur_report_definition"):
    """A report on the cost and usage of an account or an organization."""

    name: Annotated[Value[str], Cfn("ReportName"), Tf("report_name")]
    time_unit: Annotated[Value[str], Cfn("TimeUnit"), Tf("time_unit")]
    elements: Annotated[Value[list[Value[str]]], Cfn("AdditionalSchemaElements"), Tf("additional_schema_elements")]
    compression: Annotated[Value[str], Cfn("Compression"), Tf("compression")]
