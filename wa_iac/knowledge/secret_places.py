"""The properties and arguments that hold a password, a token or a key, by type of resource."""

from collections.abc import Mapping
from typing import Final

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "AWS::AmazonMQ::Broker": ("Users[].Password",),
    "AWS::Amplify::App": ("AccessToken", "OauthToken", "BasicAuthConfig.Password"),
    "AWS::Amplify::Branch": ("BasicAuthConfig.Password",),
    "AWS::AppStream::DirectoryConfig": ("ServiceAccountCredentials.AccountPassword",),
    "AWS::CodePipeline::Pipeline": ("Stages[].Actions[].Configuration.OAuthToken",),
    "AWS::CodePipeline::Webhook": ("AuthenticationConfiguration.SecretToken",),
    "AWS::DMS::Endpoint": ("Password",),
    "AWS::DirectoryService::MicrosoftAD": ("Password",),
    "AWS::DirectoryService::SimpleAD": ("Password",),
    "AWS::DocDB::DBCluster": ("MasterUserPassword",),
    "AWS::EMR::Cluster": ("KerberosAttributes.KdcAdminPassword", "KerberosAttributes.ADDomainJoinPassword"),
    "AWS::ElastiCache::ReplicationGroup": ("AuthToken",),
    "AWS::IAM::User": ("LoginProfile.Password",),
    "AWS::KinesisFirehose::DeliveryStream": (
        "RedshiftDestinationConfiguration.Password",
        "SplunkDestinationConfiguration.HECToken",
    ),
    "AWS::ManagedBlockchain::Member": (
        "MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword",
    ),
    "AWS::OpsWorks::App": ("SslConfiguration.PrivateKey", "AppSource.Password"),
    "AWS::OpsWorks::Stack": ("CustomCookbooksSource.Password",),
    "AWS::Pinpoint::APNSChannel": ("PrivateKey",),
    "AWS::Pinpoint::APNSSandboxChannel": ("PrivateKey",),
    "AWS::Pinpoint::APNSVoipChannel": ("PrivateKey",),
    "AWS::Pinpoint::APNSVoipSandboxChannel": ("PrivateKey",),
    "AWS::Redshift::Cluster": ("MasterUserPassword",),
    "aws_amplify_app": ("access_token", "oauth_token"),
    "aws_codepipeline": ("stage[].action[].configuration.OAuthToken",),
    "aws_datasync_location_object_storage": ("secret_key",),
    "aws_directory_service_directory": ("password",),
    "aws_dms_endpoint": ("password",),
    "aws_docdb_cluster": ("master_password",),
    "aws_elasticache_replication_group": ("auth_token",),
    "aws_kinesis_firehose_delivery_stream": ("redshift_configuration.password", "splunk_configuration.hec_token"),
    "aws_mq_broker": ("user[].password",),
    "aws_redshift_cluster": ("master_password",),
}
