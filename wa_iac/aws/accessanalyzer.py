"""AWS Identity and Access Management Access Analyzer."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Analyzer(Resource, cfn="AWS::AccessAnalyzer::Analyzer", tf="aws_accessanalyzer_analyzer"):
    """Looks for access from outside, or for access that nobody uses."""

    kind: Annotated[Value[str], Cfn("Type"), Tf("type"), Default("ACCOUNT")]
