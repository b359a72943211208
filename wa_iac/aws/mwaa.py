"""Amazon Managed Workflows for Apache Airflow (MWAA)."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Environment(Resource, cfn="AWS::MWAA::Environment", tf="aws_mwaa_environment", cfn_key="Name", tf_key="name"):
    """An Airflow, with its scheduler, workers and web server."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    access: Annotated[Value[str], Cfn("WebserverAccessMode"), Tf("webserver_access_mode"), Default("PRIVATE_ONLY")]
    logging: Annotated[Value[Any], Cfn("LoggingConfiguration"), Tf("logging_configuration")]
    # Only the logs of tasks are on by default.
    scheduler_logs: Annotated[
        Value[bool],
        Cfn("LoggingConfiguration.SchedulerLogs.Enabled"),
        Tf("logging_configuration.scheduler_logs.enabled"),
        Default(False),
    ]
    worker_logs: Annotated[
        Value[bool],
        Cfn("LoggingConfiguration.WorkerLogs.Enabled"),
        Tf("logging_configuration.worker_logs.enabled"),
        Default(False),
    ]
    web_server_logs: Annotated[
        Value[bool],
        Cfn("LoggingConfiguration.WebserverLogs.Enabled"),
        Tf("logging_configuration.webserver_logs.enabled"),
        Default(False),
    ]
    dag_logs: Annotated[
        Value[bool],
        Cfn("LoggingConfiguration.DagProcessingLogs.Enabled"),
        Tf("logging_configuration.dag_processing_logs.enabled"),
        Default(False),
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
