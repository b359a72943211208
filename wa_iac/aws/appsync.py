"""AWS AppSync."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class GraphqlApi(Resource, cfn="AWS::AppSync::GraphQLApi", tf="aws_appsync_graphql_api", cfn_key="Name", tf_key="name"):
    """A GraphQL API."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    visibility: Annotated[Value[str], Cfn("Visibility"), Tf("visibility"), Default("GLOBAL")]
    authentication: Annotated[Value[str], Cfn("AuthenticationType"), Tf("authentication_type")]
    log_role: Annotated[Value[str], Cfn("LogConfig.CloudWatchLogsRoleArn"), Tf("log_config.cloudwatch_logs_role_arn")]
    log_level: Annotated[Value[str], Cfn("LogConfig.FieldLogLevel"), Tf("log_config.field_log_level"), Default("NONE")]
    tracing: Annotated[Value[bool], Cfn("XrayEnabled"), Tf("xray_enabled"), Default(False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
