"""Amazon Route 53 Resolver: the DNS of VPCs."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .vpc import Vpc


class QueryLogging(
    Resource, cfn="AWS::Route53Resolver::ResolverQueryLoggingConfig", tf="aws_route53_resolver_query_log_config"
):
    """Where the DNS queries of VPCs are logged."""

    destination: Annotated[Value[str], Cfn("DestinationArn"), Tf("destination_arn")]
    associations: Annotated[Link["QueryLoggingAssociation"], Back("config")]


class QueryLoggingAssociation(
    Resource,
    cfn="AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation",
    tf="aws_route53_resolver_query_log_config_association",
):
    """A VPC whose DNS queries are logged."""

    config: Annotated[Link[QueryLogging], Cfn("ResolverQueryLogConfigId"), Tf("resolver_query_log_config_id")]
    vpc: Annotated[Link[Vpc], Cfn("ResourceId"), Tf("resource_id")]
