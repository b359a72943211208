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
    "AWS::ElastiCache::User": ("Passwords[]", "AuthenticationMode.Passwords[]"),
    "AWS::FSx::FileSystem": ("WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password",),
    "AWS::IAM::User": ("LoginProfile.Password",),
    "AWS::KinesisFirehose::DeliveryStream": (
        "RedshiftDestinationConfiguration.Password",
        "SplunkDestinationConfiguration.HECToken",
    ),
    "AWS::Lightsail::Database": ("MasterUserPassword",),
    "AWS::MemoryDB::User": ("AuthenticationMode.Passwords[]",),
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
    "AWS::Timestream::InfluxDBInstance": ("Password",),
    "aws_amplify_app": ("access_token", "oauth_token"),
    "aws_codepipeline": ("stage[].action[].configuration.OAuthToken",),
    "aws_datasync_location_object_storage": ("secret_key",),
    "aws_directory_service_directory": ("password",),
    "aws_dms_endpoint": ("password",),
    "aws_docdb_cluster": ("master_password",),
    "aws_elasticache_replication_group": ("auth_token",),
    "aws_elasticache_user": ("passwords[]", "authentication_mode.passwords[]"),
    "aws_fsx_windows_file_system": ("self_managed_active_directory.password",),
    "aws_kinesis_firehose_delivery_stream": ("redshift_configuration.password", "splunk_configuration.hec_token"),
    "aws_lightsail_database": ("master_password",),
    "aws_memorydb_user": ("authentication_mode.passwords[]",),
    "aws_mq_broker": ("user[].password",),
    "aws_redshift_cluster": ("master_password",),
    "aws_timestreaminfluxdb_db_instance": ("password",),
}

REPLACED: Final = frozenset(
    {
        "AWS::DirectoryService::MicrosoftAD",
        "AWS::DirectoryService::SimpleAD",
        "AWS::Timestream::InfluxDBInstance",
        "aws_directory_service_directory",
        "aws_timestreaminfluxdb_db_instance",
    }
)
"""What a new password replaces, with all that it holds: by "Update requires: Replacement" (AWS CloudFormation Template Reference) and the schemas of
the provider."""
