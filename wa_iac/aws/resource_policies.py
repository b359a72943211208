"""Policies of resources whose services have no other rule: streams, log destinations, package repositories, clusters, catalogs."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class ResourcePolicy(
    Resource,
    cfn=(
        "AWS::Kinesis::ResourcePolicy",
        "AWS::Logs::Destination",
        "AWS::Logs::ResourcePolicy",
        "AWS::CodeArtifact::Domain",
        "AWS::CodeArtifact::Repository",
        "AWS::ECR::RegistryPolicy",
        "AWS::MSK::ClusterPolicy",
        "AWS::EventSchemas::RegistryPolicy",
    ),
    tf=(
        "aws_kinesis_resource_policy",
        "aws_cloudwatch_log_destination_policy",
        "aws_cloudwatch_log_resource_policy",
        "aws_codeartifact_domain_permissions_policy",
        "aws_codeartifact_repository_permissions_policy",
        "aws_ecr_registry_policy",
        "aws_msk_cluster_policy",
        "aws_schemas_registry_policy",
        "aws_glue_resource_policy",
        "aws_ses_identity_policy",
        "aws_sesv2_email_identity_policy",
        "aws_redshift_resource_policy",
        "aws_s3control_access_point_policy",
    ),
):
    """A policy of a resource, in a resource of its own or with the resource."""

    # What the policy is of, where it names one resource: by an ARN, or by a name.
    arn: Annotated[
        Value[str],
        Cfn("ResourceArn"),
        Cfn("ClusterArn"),
        Tf("resource_arn"),
        Tf("cluster_arn"),
        Tf("access_point_arn"),
    ]
    destination: Annotated[Value[str], Cfn("DestinationName"), Tf("destination_name")]
    repository: Annotated[Value[str], Cfn("RepositoryName"), Tf("repository")]
    domain: Annotated[Value[str], Cfn("DomainName"), Tf("domain")]
    registry: Annotated[Value[str], Cfn("RegistryName"), Tf("registry_name")]
    identity: Annotated[Value[str], Tf("identity"), Tf("email_identity")]
    document: Annotated[
        Value[EmbeddedDocument],
        Cfn("ResourcePolicy"),
        Cfn("DestinationPolicy"),
        Cfn("PolicyDocument"),
        Cfn("PermissionsPolicyDocument"),
        Cfn("PolicyText"),
        Cfn("Policy"),
        Tf("policy"),
        Tf("access_policy"),
        Tf("policy_document"),
    ]
