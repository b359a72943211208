"""AWS Systems Manager Incident Manager."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class ResponsePlan(Resource, cfn="AWS::SSMIncidents::ResponsePlan", tf="aws_ssmincidents_response_plan"):
    """What happens when an incident begins: who is engaged, where they talk, what runs."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    engagements: Annotated[Value[Any], Cfn("Engagements"), Tf("engagements")]
    chat: Annotated[Value[Any], Cfn("ChatChannel"), Tf("chat_channel")]
    integrations: Annotated[Value[Any], Cfn("Integrations"), Tf("integration")]
    notifications: Annotated[
        Value[Any], Cfn("IncidentTemplate.NotificationTargets"), Tf("incident_template.notification_target")
    ]
    actions: Annotated[Value[Any], Cfn("Actions"), Tf("action")]
