"""Facts about other analyzers' names that their suppressions need.

They are the analyzers' own: `checkov --list` prints the types of each check, and Trivy's long names are those of tfsec's
documentation, tried with Trivy. Ids that are not listed here are known by the id alone.
"""

from __future__ import annotations

from typing import Final

AS_OF: Final = {"checkov": "3.3.30", "trivy": "0.76.0"}
"""The versions that were asked."""

TRIVY_NAMES: Final[dict[str, tuple[str, str]]] = {
    "AVD-AWS-0001": ("apigateway", "enable-access-logging"),
    "AVD-AWS-0003": ("apigateway", "enable-tracing"),
    "AVD-AWS-0004": ("apigateway", "no-public-access"),
    "AVD-AWS-0005": ("apigateway", "use-secure-tls-policy"),
    "AVD-AWS-0008": ("ec2", "enable-launch-config-at-rest-encryption"),
    "AVD-AWS-0010": ("cloudfront", "enable-logging"),
    "AVD-AWS-0012": ("cloudfront", "enforce-https"),
    "AVD-AWS-0013": ("cloudfront", "use-secure-tls-policy"),
    "AVD-AWS-0014": ("cloudtrail", "enable-all-regions"),
    "AVD-AWS-0015": ("cloudtrail", ""),
    "AVD-AWS-0016": ("cloudtrail", "enable-log-validation"),
    "AVD-AWS-0024": ("dynamodb", "enable-recovery"),
    "AVD-AWS-0026": ("ec2", "enable-volume-encryption"),
    "AVD-AWS-0028": ("ec2", "enforce-http-token-imds"),
    "AVD-AWS-0030": ("ecr", "enable-image-scans"),
    "AVD-AWS-0031": ("ecr", "enforce-immutable-repository"),
    "AVD-AWS-0032": ("ecr", "no-public-access"),
    "AVD-AWS-0034": ("ecs", "enable-container-insight"),
    "AVD-AWS-0035": ("ecs", "enable-in-transit-encryption"),
    "AVD-AWS-0037": ("efs", "enable-at-rest-encryption"),
    "AVD-AWS-0045": ("elasticache", "enable-at-rest-encryption"),
    "AVD-AWS-0047": ("elb", "use-secure-tls-policy"),
    "AVD-AWS-0050": ("elasticache", "enable-backup-retention"),
    "AVD-AWS-0051": ("elasticache", "enable-in-transit-encryption"),
    "AVD-AWS-0052": ("elb", "drop-invalid-headers"),
    "AVD-AWS-0054": ("elb", "http-not-used"),
    "AVD-AWS-0057": ("iam", "no-policy-wildcards"),
    "AVD-AWS-0065": ("kms", "auto-rotate-keys"),
    "AVD-AWS-0066": ("lambda", "enable-tracing"),
    "AVD-AWS-0067": ("lambda", "restrict-source-arn"),
    "AVD-AWS-0077": ("rds", "specify-backup-retention"),
    "AVD-AWS-0079": ("rds", "encrypt-cluster-storage-data"),
    "AVD-AWS-0080": ("rds", "encrypt-instance-storage-data"),
    "AVD-AWS-0086": ("s3", "block-public-acls"),
    "AVD-AWS-0087": ("s3", "block-public-policy"),
    "AVD-AWS-0090": ("s3", "enable-versioning"),
    "AVD-AWS-0091": ("s3", "ignore-public-acls"),
    "AVD-AWS-0092": ("s3", "no-public-access-with-acl"),
    "AVD-AWS-0093": ("s3", "no-public-buckets"),
    "AVD-AWS-0094": ("s3", "specify-public-access-block"),
    "AVD-AWS-0095": ("sns", "enable-topic-encryption"),
    "AVD-AWS-0096": ("sqs", "enable-queue-encryption"),
    "AVD-AWS-0097": ("sqs", "no-wildcards-in-policy-documents"),
    "AVD-AWS-0107": ("ec2", "no-public-ingress-sgr"),
    "AVD-AWS-0130": ("ec2", "enforce-launch-config-http-token-imds"),
    "AVD-AWS-0131": ("ec2", "enable-at-rest-encryption"),
    "AVD-AWS-0133": ("rds", "enable-performance-insights"),
    "AVD-AWS-0135": ("sqs", "queue-encryption-use-cmk"),
    "AVD-AWS-0136": ("sns", "topic-encryption-use-cmk"),
    "AVD-AWS-0143": ("iam", "no-user-attached-policies"),
    "AVD-AWS-0177": ("rds", ""),
    "AVD-AWS-0178": ("ec2", ""),
    "AVD-AWS-0180": ("rds", ""),
    "AVD-AWS-0342": ("iam", ""),
    "AVD-AWS-0343": ("rds", ""),
}
"""Trivy's service and short name of a check: its long name is `aws-<service>-<short name>`. The short name is empty where it is not
known."""

CHECKOV_TYPES: Final[dict[str, str]] = {
    "CKV2_AWS_11": "aws_vpc",
    "CKV2_AWS_14": "aws_iam_group aws_iam_group_membership",
    "CKV2_AWS_15": "aws_autoscaling_group aws_elb aws_lb_target_group",
    "CKV2_AWS_16": "aws_appautoscaling_target aws_dynamodb_table",
    "CKV2_AWS_18": "aws_backup_selection",
    "CKV2_AWS_19": "aws_eip aws_eip_association",
    "CKV2_AWS_2": "aws_ebs_volume aws_volume_attachment",
    "CKV2_AWS_20": "aws_alb aws_alb_listener aws_lb aws_lb_listener",
    "CKV2_AWS_21": "aws_iam_group_membership",
    "CKV2_AWS_34": "aws_ssm_parameter",
    "CKV2_AWS_40": (
        "aws_iam_group_policy aws_iam_policy aws_iam_role_policy aws_iam_user_policy "
        "aws_ssoadmin_permission_set_inline_policy data.aws_iam_policy_document"
    ),
    "CKV2_AWS_43": "aws_s3_bucket_acl",
    "CKV2_AWS_46": "aws_cloudfront_distribution",
    "CKV2_AWS_50": "aws_elasticache_replication_group",
    "CKV2_AWS_54": "aws_cloudfront_distribution",
    "CKV2_AWS_56": (
        "aws_iam_group_policy_attachment aws_iam_policy_attachment aws_iam_role "
        "aws_iam_role_policy_attachment aws_iam_user_policy_attachment aws_ssoadmin_managed_policy_attachment "
        "data.aws_iam_policy"
    ),
    "CKV2_AWS_57": "aws_secretsmanager_secret",
    "CKV2_AWS_6": "aws_s3_bucket",
    "CKV2_AWS_61": "aws_s3_bucket",
    "CKV2_AWS_68": "AWS::IAM::Role AWS::SageMaker::NotebookInstance aws_iam_role aws_sagemaker_notebook_instance",
    "CKV2_AWS_70": "aws_api_gateway_method",
    "CKV2_AWS_72": "AWS::CloudFront::Distribution aws_cloudfront_distribution",
    "CKV2_AWS_73": "aws_sqs_queue",
    "CKV2_AWS_74": "aws_alb_listener aws_lb_listener",
    "CKV_AWS_1": "aws_iam_policy_document",
    "CKV_AWS_103": "AWS::ElasticLoadBalancingV2::Listener aws_alb_listener aws_lb aws_lb_listener",
    "CKV_AWS_106": "aws_ebs_encryption_by_default",
    "CKV_AWS_110": (
        "AWS::IAM::Group AWS::IAM::ManagedPolicy AWS::IAM::Policy AWS::IAM::Role AWS::IAM::User aws_iam_policy_document"
    ),
    "CKV_AWS_116": "AWS::Lambda::Function AWS::Serverless::Function aws_lambda_function",
    "CKV_AWS_129": "aws_db_instance",
    "CKV_AWS_131": "AWS::ElasticLoadBalancingV2::LoadBalancer aws_alb aws_lb",
    "CKV_AWS_133": "aws_db_instance aws_rds_cluster",
    "CKV_AWS_134": "aws_elasticache_cluster",
    "CKV_AWS_139": "aws_rds_cluster",
    "CKV_AWS_144": "aws_s3_bucket",
    "CKV_AWS_150": "aws_alb aws_lb",
    "CKV_AWS_157": "AWS::RDS::DBInstance aws_db_instance",
    "CKV_AWS_16": "AWS::RDS::DBInstance aws_db_instance",
    "CKV_AWS_163": "AWS::ECR::Repository aws_ecr_repository",
    "CKV_AWS_165": "AWS::DynamoDB::GlobalTable aws_dynamodb_global_table",
    "CKV_AWS_168": "aws_sqs_queue aws_sqs_queue_policy",
    "CKV_AWS_169": "aws_sns_topic_policy",
    "CKV_AWS_17": "AWS::RDS::DBInstance aws_db_instance aws_rds_cluster_instance",
    "CKV_AWS_174": "AWS::CloudFront::Distribution aws_cloudfront_distribution",
    "CKV_AWS_2": "AWS::ElasticLoadBalancingV2::Listener aws_alb_listener aws_lb_listener",
    "CKV_AWS_20": "AWS::S3::Bucket aws_s3_bucket",
    "CKV_AWS_206": "aws_api_gateway_domain_name",
    "CKV_AWS_21": "AWS::S3::Bucket aws_s3_bucket",
    "CKV_AWS_210": "aws_batch_job_definition",
    "CKV_AWS_213": "aws_load_balancer_policy",
    "CKV_AWS_226": "aws_db_instance aws_rds_cluster_instance",
    "CKV_AWS_24": (
        "AWS::EC2::SecurityGroup AWS::EC2::SecurityGroupIngress aws_security_group aws_security_group_rule "
        "aws_vpc_security_group_ingress_rule"
    ),
    "CKV_AWS_25": (
        "AWS::EC2::SecurityGroup AWS::EC2::SecurityGroupIngress aws_security_group aws_security_group_rule "
        "aws_vpc_security_group_ingress_rule"
    ),
    "CKV_AWS_251": "aws_cloudtrail",
    "CKV_AWS_258": "AWS::Lambda::Url aws_lambda_function_url",
    "CKV_AWS_26": "AWS::SNS::Topic aws_sns_topic",
    "CKV_AWS_261": "aws_alb_target_group aws_lb_target_group",
    "CKV_AWS_27": "AWS::SQS::Queue aws_sqs_queue",
    "CKV_AWS_273": "aws_iam_user",
    "CKV_AWS_274": (
        "aws_iam_group_policy_attachment aws_iam_policy_attachment aws_iam_role "
        "aws_iam_role_policy_attachment aws_iam_user_policy_attachment aws_ssoadmin_managed_policy_attachment"
    ),
    "CKV_AWS_275": "aws_iam_policy",
    "CKV_AWS_277": "aws_security_group aws_security_group_rule aws_vpc_security_group_ingress_rule",
    "CKV_AWS_28": "AWS::DynamoDB::Table aws_dynamodb_table",
    "CKV_AWS_285": "aws_sfn_state_machine",
    "CKV_AWS_286": (
        "aws_iam_group_policy aws_iam_policy aws_iam_role_policy aws_iam_user_policy aws_ssoadmin_permission_set_inline_policy"
    ),
    "CKV_AWS_29": "AWS::ElastiCache::ReplicationGroup aws_elasticache_replication_group",
    "CKV_AWS_293": "aws_db_instance",
    "CKV_AWS_294": "aws_cloudtrail_event_data_store",
    "CKV_AWS_295": "aws_datasync_location_object_storage",
    "CKV_AWS_3": "AWS::EC2::Volume aws_ebs_volume",
    "CKV_AWS_30": "AWS::ElastiCache::ReplicationGroup aws_elasticache_replication_group",
    "CKV_AWS_300": "aws_s3_bucket_lifecycle_configuration",
    "CKV_AWS_301": "aws_lambda_permission",
    "CKV_AWS_304": "aws_secretsmanager_secret_rotation",
    "CKV_AWS_309": "aws_apigatewayv2_route",
    "CKV_AWS_31": "AWS::ElastiCache::ReplicationGroup aws_elasticache_replication_group",
    "CKV_AWS_319": "aws_cloudwatch_metric_alarm",
    "CKV_AWS_32": "AWS::ECR::Repository aws_ecr_repository_policy",
    "CKV_AWS_322": "aws_elasticache_cluster",
    "CKV_AWS_324": "aws_rds_cluster",
    "CKV_AWS_33": "AWS::KMS::Key aws_kms_key",
    "CKV_AWS_333": "aws_ecs_service",
    "CKV_AWS_334": "aws_ecs_task_definition",
    "CKV_AWS_337": "aws_ssm_parameter",
    "CKV_AWS_34": "AWS::CloudFront::Distribution aws_cloudfront_distribution",
    "CKV_AWS_35": "AWS::CloudTrail::Trail aws_cloudtrail",
    "CKV_AWS_353": "aws_db_instance aws_rds_cluster_instance",
    "CKV_AWS_36": "AWS::CloudTrail::Trail aws_cloudtrail",
    "CKV_AWS_363": "AWS::Lambda::Function AWS::Serverless::Function aws_lambda_function",
    "CKV_AWS_364": "AWS::Lambda::Permission aws_lambda_permission",
    "CKV_AWS_375": "aws_s3_bucket_acl",
    "CKV_AWS_376": "aws_elb",
    "CKV_AWS_379": "aws_s3_bucket_acl",
    "CKV_AWS_384": "AWS::SSM::Parameter",
    "CKV_AWS_385": "aws_sns_topic_policy",
    "CKV_AWS_387": "aws_sqs_queue_policy",
    "CKV_AWS_40": "AWS::IAM::Policy aws_iam_policy_attachment aws_iam_user_policy aws_iam_user_policy_attachment",
    "CKV_AWS_41": "aws",
    "CKV_AWS_42": "AWS::EFS::FileSystem aws_efs_file_system",
    "CKV_AWS_45": "AWS::Lambda::Function AWS::Serverless::Function aws_lambda_function",
    "CKV_AWS_49": "aws_iam_policy_document",
    "CKV_AWS_50": "aws_lambda_function",
    "CKV_AWS_51": "AWS::ECR::Repository aws_ecr_repository",
    "CKV_AWS_53": "AWS::S3::Bucket aws_s3_bucket_public_access_block",
    "CKV_AWS_54": "AWS::S3::Bucket aws_s3_bucket_public_access_block",
    "CKV_AWS_55": "AWS::S3::Bucket aws_s3_bucket_public_access_block",
    "CKV_AWS_56": "AWS::S3::Bucket aws_s3_bucket_public_access_block",
    "CKV_AWS_57": "AWS::S3::Bucket aws_s3_bucket",
    "CKV_AWS_59": "AWS::ApiGateway::Method aws_api_gateway_method",
    "CKV_AWS_60": "AWS::IAM::Role aws_iam_role",
    "CKV_AWS_61": "AWS::IAM::Role aws_iam_role",
    "CKV_AWS_62": (
        "AWS::IAM::Group AWS::IAM::Policy AWS::IAM::Role AWS::IAM::User aws_iam_group_policy aws_iam_policy "
        "aws_iam_role_policy aws_iam_user_policy aws_ssoadmin_permission_set_inline_policy"
    ),
    "CKV_AWS_63": (
        "AWS::IAM::Group AWS::IAM::Policy AWS::IAM::Role AWS::IAM::User aws_iam_group_policy aws_iam_policy "
        "aws_iam_role_policy aws_iam_user_policy aws_ssoadmin_permission_set_inline_policy"
    ),
    "CKV_AWS_65": "AWS::ECS::Cluster aws_ecs_cluster",
    "CKV_AWS_66": "AWS::Logs::LogGroup aws_cloudwatch_log_group",
    "CKV_AWS_67": "AWS::CloudTrail::Trail aws_cloudtrail",
    "CKV_AWS_7": "AWS::KMS::Key aws_kms_key",
    "CKV_AWS_70": "aws_s3_bucket aws_s3_bucket_policy",
    "CKV_AWS_72": "aws_sqs_queue_policy",
    "CKV_AWS_73": "AWS::ApiGateway::Stage AWS::Serverless::Api aws_api_gateway_stage",
    "CKV_AWS_76": "AWS::ApiGateway::Stage AWS::Serverless::Api aws_api_gateway_stage aws_apigatewayv2_stage",
    "CKV_AWS_79": "AWS::EC2::LaunchTemplate aws_instance aws_launch_configuration aws_launch_template",
    "CKV_AWS_8": "AWS::AutoScaling::LaunchConfiguration aws_instance aws_launch_configuration",
    "CKV_AWS_86": "AWS::CloudFront::Distribution aws_cloudfront_distribution",
    "CKV_AWS_88": "AWS::EC2::Instance AWS::EC2::LaunchTemplate aws_instance aws_launch_template",
    "CKV_AWS_91": "AWS::ElasticLoadBalancingV2::LoadBalancer aws_alb aws_lb",
    "CKV_AWS_92": "AWS::ElasticLoadBalancing::LoadBalancer aws_elb",
    "CKV_AWS_93": "aws_s3_bucket aws_s3_bucket_policy",
    "CKV_AWS_95": "AWS::ApiGatewayV2::Stage AWS::Serverless::HttpApi",
    "CKV_AWS_96": "AWS::RDS::DBCluster aws_rds_cluster",
    "CKV_TF_1": "module",
    "CKV_TF_2": "module",
}
"""The types that a check of Checkov looks at, with blanks between them. A skip has no effect in a block of another type.
Checks that follow a bucket to its parts are skipped in the bucket only, as a run of Checkov shows."""
