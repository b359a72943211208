"""Every rule, on its own examples with one value after the other hidden: it neither guesses a fault nor overlooks one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from helpers.unknown_values import Mutant, declared, results, with_hidden_values, with_neighbors_elsewhere
from wa_iac.core.rule import Flag, Rule
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import SECTIONS, Example, examples
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

RULES: Final = [rule for rule in OURS.all() if rule.slug not in SUPPRESSION_RULES]

_GIVEN_FROM_OUTSIDE: Final = "AWS makes this id: nobody can give the one of a resource that is created here from outside"
_OBJECT: Final = "a parameter holds texts, numbers and lists of them, never an object"
_EVIDENCE: Final = (
    "the rule needs this value as evidence that it applies to the resource; the reason says that nothing shows it"
)

_RARELY_OFF: Final = "a size that is given from outside is rarely 0"
_ANOTHER_OUTSIDE: Final = "a name from outside is that of something else than the resource that is created here"
_NODES: Final = "few groups are nodes of Kubernetes, and tags say so for most of them"
_AUTO_MODE: Final = "few clusters with node groups of their own use EKS Auto Mode"
_FIRST_NODES: Final = "few groups are for what has to be there first, and names say so"
_SIGNAL: Final = "AWS makes this URL, and few functions signal a stack that waits"
_RARELY_SCALES: Final = "few alarms only scale something, and most of these are beside the policy"
_EVENTS: Final = "a rule from outside may have a pattern as well as a schedule"
_EDGE: Final = "AWS makes this ARN, and few functions run at the edge or for CloudFormation"

_ZONES: Final = "few load balancers are in one zone, which another rule reports"
_NOT_THE_POLICY: Final = "the settings are off: if the policy is not public for certain, the finding is at them"

_DENIALS: Final = "few statements from outside deny all that another one allows"

STILL_A_FAULT: Final[dict[str, str]] = {
    "iam-admin-policy aws_iam_policy.support: policy..Statement.1": _DENIALS,
    "iam-pass-role-wildcard aws_iam_policy.support: policy..Statement.1": _DENIALS,
    "iam-privilege-escalation aws_iam_policy.support: policy..Statement.1": _DENIALS,
    "iam-wildcard-action aws_iam_policy.support: policy..Statement.1": _DENIALS,
    "elb-drop-invalid-headers aws_lb_listener.functions": _EVIDENCE,
    "elb-drop-invalid-headers aws_lb_target_group.functions elsewhere": _EVIDENCE,
    "s3-public-access-block Downloads": _NOT_THE_POLICY,
    "s3-public-access-block Policy": _NOT_THE_POLICY,
    "s3-public-access-block aws_s3_bucket_policy.downloads": _NOT_THE_POLICY,
    "s3-public-access-block aws_s3_bucket_public_access_block.downloads": _NOT_THE_POLICY,
    "iam-policy-attachment-exclusive aws_iam_policy.reports elsewhere": "the policy is then one that is made elsewhere",
    "terraform-competing-resources aws_security_group.web: ingress.1": "the test hides the mark that there may be no block",
    "rds-minor-upgrades aws_rds_cluster_instance.ended: engine": "few databases run an engine that has ended",
    "rds-minor-upgrades aws_db_instance.ended: engine_version": "few databases run a version that has ended",
    "rds-security-group-source aws_vpc.main": "few VPCs have addresses that look like public ones",
    "rds-security-group-source aws_security_group.orders: vpc_id": "few VPCs have addresses that look like public ones",
    "s3-acl-disabled aws_flow_log.all: log_destination": "few buckets are for logs, and something says so for most of them",
    "s3-encryption-customer-key aws_flow_log.all: log_destination": "few buckets are for logs, and something says so for most of them",
    "autoscaling-capacity-rebalance Off: MaxSize": _RARELY_OFF,
    "autoscaling-capacity-rebalance aws_autoscaling_group.nodes": _NODES,
    "autoscaling-capacity-rebalance aws_launch_template.nodes": _NODES,
    "autoscaling-elb-health-check Off: MaxSize": _RARELY_OFF,
    "autoscaling-spot-instance-types Off: MaxSize": _RARELY_OFF,
    "autoscaling-elb-health-check aws_autoscaling_group.nodes: launch_template": _NODES,
    "autoscaling-elb-health-check aws_launch_template.nodes": _NODES,
    "autoscaling-min-capacity aws_autoscaling_group.each[0]: target_group_arns": _GIVEN_FROM_OUTSIDE,
    "autoscaling-min-capacity aws_autoscaling_group.each[1]: target_group_arns": _GIVEN_FROM_OUTSIDE,
    "autoscaling-multi-az Off: MaxSize": _RARELY_OFF,
    "autoscaling-scaling-policy aws_autoscaling_group.nodes: launch_template": _NODES,
    "autoscaling-scaling-policy aws_launch_template.nodes": _NODES,
    "autoscaling-spot-only Off: MaxSize": _RARELY_OFF,
    "clb-cross-zone Builds": "few load balancers serve one task, and the code says so for most of them",
    "batch-on-demand Cheap: ComputeResources": "few environments beside another one have Spot capacity only by a parameter",
    "networkfirewall-multi-az LabSubnet elsewhere": _EVIDENCE,
    "networkfirewall-multi-az Lab elsewhere": _EVIDENCE,
    "networkfirewall-multi-az Hub elsewhere": _EVIDENCE,
    "lambda-api-timeout FromQueue: FunctionName": _GIVEN_FROM_OUTSIDE,
    "autoscaling-spot-only aws_autoscaling_group.base: target_group_arns": _GIVEN_FROM_OUTSIDE,
    "autoscaling-spot-only aws_autoscaling_group.nodes: launch_template": _NODES,
    "autoscaling-spot-only aws_launch_template.nodes": _NODES,
    "autoscaling-update-policy Off: MaxSize": _RARELY_OFF,
    "autoscaling-update-policy aws_autoscaling_group.api: name": "a name from outside does not change with the launch template",
    "clb-cross-zone aws_elb.web: subnets": _ZONES,
    "clb-cross-zone Web: Subnets": _ZONES,
    "elb-cross-zone Names: Subnets": _ZONES,
    "elb-cross-zone Names: Subnets.0": _ZONES,
    "clb-cross-zone Web: Subnets.0": _ZONES,
    "cognito-guest-access aws_rum_app_monitor.shop: app_monitor_configuration": _GIVEN_FROM_OUTSIDE,
    "cognito-guest-access aws_rum_app_monitor.shop: app_monitor_configuration.0": _GIVEN_FROM_OUTSIDE,
    "cognito-guest-access aws_rum_app_monitor.shop: app_monitor_configuration.0.identity_pool_id": _GIVEN_FROM_OUTSIDE,
    "sqs-long-polling Records: EventSourceArn": _ANOTHER_OUTSIDE,
    "cloudfront-tls-policy Shops: DistributionConfig.ConnectionMode": "few distributions are for tenants only, and their templates say so",
    "cloudwatch-alarm-compute Empty: MaxSize": _RARELY_OFF,
    "cloudwatch-alarm-compute Idle: DesiredCount": _RARELY_OFF,
    "cloudwatch-alarm-compute Off: ReservedConcurrentExecutions": _RARELY_OFF,
    "ecs-service-autoscaling Single: DesiredCount": "one task is a fault too, which another rule reports",
    "cloudwatch-alarm-description Busy: AlarmActions": _RARELY_SCALES,
    "cloudwatch-alarm-description More elsewhere": _RARELY_SCALES,
    "cloudwatch-log-retention Orders: LogGroupClass": "one of three classes is deleted after a day",
    "cloudwatch-log-retention aws_cloudwatch_log_group.orders: log_group_class": "one of three classes is deleted after a day",
    "ec2-behind-load-balancer Targets: Targets.0": _GIVEN_FROM_OUTSIDE,
    "ec2-imdsv2 Recent: ImageId": "few images require tokens, so the instance or the account has to",
    "ec2-imdsv2 aws_instance.recent: ami": "few images require tokens, so the instance or the account has to",
    "ec2-standalone-instance aws_instance.app: user_data": "its name says that it serves clients, and little user data from outside installs a database",
    "ec2-standalone-instance aws_volume_attachment.data: instance_id": _GIVEN_FROM_OUTSIDE,
    "ec2-standalone-instance aws_volume_attachment.erp: instance_id": _GIVEN_FROM_OUTSIDE,
    "ecs-container-health-check Off: DesiredCount": _RARELY_OFF,
    "ecs-minimum-healthy-percent Old: DesiredCount": _RARELY_OFF,
    "ecs-deployment-circuit-breaker Off: DesiredCount": _RARELY_OFF,
    "ecs-service-multi-az Off: DesiredCount": _RARELY_OFF,
    "eip-unattached aws_lb.balancer: subnet_mapping": _GIVEN_FROM_OUTSIDE,
    "ec2-graviton Worker: ImageId": "few instances run Windows, and the advice says that the software counts",
    "ec2-graviton aws_instance.worker: ami": "few instances run Windows, and the advice says that the software counts",
    "eks-multi-az Nodes: ClusterName": _AUTO_MODE,
    "eks-multi-az Cluster elsewhere": _AUTO_MODE,
    "eks-nodegroup-scaling Nodes: ClusterName": _AUTO_MODE,
    "eks-nodegroup-scaling Cluster elsewhere": _AUTO_MODE,
    "eks-nodegroup-scaling Nodes: NodegroupName": _FIRST_NODES,
    "iam-access-keys Key: UserName": _ANOTHER_OUTSIDE,
    "iam-access-keys Mailer elsewhere": "few users only send mail",
    "iam-access-keys aws_iam_access_key.mailer: user": _ANOTHER_OUTSIDE,
    "iam-access-keys aws_iam_user.mailer elsewhere": "few users only send mail",
    "iam-access-keys aws_iam_user_policy.mailer: user": _ANOTHER_OUTSIDE,
    "iam-console-users aws_iam_user_policy.alice: user": _ANOTHER_OUTSIDE,
    "iam-user-policies aws_iam_user.mailer elsewhere": "few users only send mail",
    "iam-user-policies aws_iam_user_policy.mailer: ": "the attachment itself is the fault, and few users only send mail",
    "iam-users aws_iam_user_policy.mailer: user": "a policy for a user that is named from outside is not for the one created here",
    "lambda-dead-letter-queue Done elsewhere": _SIGNAL,
    "lambda-dead-letter-queue Setup: Environment": _SIGNAL,
    "lambda-dead-letter-queue aws_cloudwatch_event_rule.every_night elsewhere": _EVENTS,
    "lambda-dead-letter-queue aws_cloudwatch_event_target.mirror: arn": _GIVEN_FROM_OUTSIDE,
    "lambda-dead-letter-queue aws_cloudwatch_event_target.mirror: rule": _EVENTS,
    "lambda-multi-az Setup: ServiceToken": _EDGE,
    "lambda-snapstart Live: FunctionName": _ANOTHER_OUTSIDE,
    "lambda-versioned-alias aws_cloudfront_distribution.site: default_cache_behavior": _EDGE,
    "lambda-xray-tracing HeadersVersion: FunctionName": _ANOTHER_OUTSIDE,
    "lambda-xray-tracing Site: DistributionConfig": _EDGE,
    "lambda-xray-tracing Tables: ServiceToken": _EDGE,
    "lambda-xray-tracing aws_cloudfront_distribution.site: default_cache_behavior": _EDGE,
    "rds-aurora-burstable Writer: Tags": "few databases are not for production, and their tags say so",
    "rds-encryption Custom: Engine": "RDS Custom is one of many engines",
    "rds-encryption Express: Engine": "SQL Server Express, which cannot be encrypted, is one of twenty engines",
    "rds-encryption aws_db_instance.express: engine": "SQL Server Express, which cannot be encrypted, is one of twenty engines",
    "rds-logging Custom: Engine": "RDS Custom is one of many engines",
    "rds-logging Serverless: EngineMode": "AWS no longer offers Aurora Serverless v1",
    "rds-logging aws_db_instance.custom: engine": "RDS Custom is one of many engines",
    "rds-logging aws_rds_cluster.serverless: engine_mode": "AWS no longer offers Aurora Serverless v1",
    "rds-multi-az Express: Engine": "SQL Server Express, which has no Multi-AZ, is one of twenty engines",
    "rds-multi-az Web: Engine": "SQL Server for websites is one of twenty engines",
    "rds-multi-az aws_db_instance.express: engine": "SQL Server Express, which has no Multi-AZ, is one of twenty engines",
    "s3-replication Orders: ": "logs and copies go to a bucket that is named from outside",
    "s3-replication aws_s3_bucket_logging.orders: ": "logs and copies go to a bucket that is named from outside",
    "s3-replication aws_s3_bucket_replication_configuration.orders: rule": "copies go to a bucket that is named from outside",
    "s3-website-cloudfront Policy: ": "a policy from outside may be for another bucket, and few admit a proxy only",
    "stepfunctions-logging aws_lambda_function.sum": "only an invented access key shows that a machine is for Step Functions Local",
    "stepfunctions-logging aws_sfn_state_machine.local: definition": "only an invented access key shows that a machine is for Step Functions Local",
    "vpc-multi-az-subnets Workstation: SubnetId": _GIVEN_FROM_OUTSIDE,
    "vpc-subnet-public-ip Group: Subnets": _GIVEN_FROM_OUTSIDE,
    "vpc-subnet-public-ip aws_eks_node_group.this: subnet_ids": _GIVEN_FROM_OUTSIDE,
    "workload-unused-resources Out: NatGatewayId": _GIVEN_FROM_OUTSIDE,
    "workload-unused-resources aws_ecs_service.web: load_balancer": _GIVEN_FROM_OUTSIDE,
    "workload-unused-resources aws_route.out[0]: nat_gateway_id": _GIVEN_FROM_OUTSIDE,
    "workload-zonal-data-copy aws_ebs_volume.data: tags": "few tags that are given from outside name a backup",
}
"""Values of compliant examples that may be hidden and leave a fault, as `slug place`, and why that is right."""

SAID_BY_ANOTHER_NAME: Final[dict[str, str]] = {
    "secretsmanager-rotation Attachment: SecretId": "the rotation names the attachment, whose secret is hidden",
}
"""Results that name another value than the hidden one, as `slug place`, and why that is right."""

RIGHTLY_SILENT: Final[dict[str, str]] = {
    "iam-privilege-escalation aws_iam_policy.support: policy..Statement.0.Resource": "iam-wildcard-action is undecided on iam:*",
    "rds-extended-support Former: Engine": "a database that names no version gets a supported one, but for one engine that has ended",
    "cloudfront-strict-transport aws_cloudfront_response_headers_policy.cors elsewhere": "a policy from elsewhere is accepted",
    "vpc-peering-default-route ": "few ranges that are given from outside are those of the whole internet",
    "cloudfront-default-root-object ": "only an origin that is known is certainly a bucket",
    "ec2-changing-public-address ": "only a reference shows that an address is that of an instance",
    "elb-internet-facing ": "only rules that are known show that a security group lets in nobody from the internet",
    "elb-public-subnets ": "only a route table that is known shows that a subnet is cut off",
    "vpc-nacl-ineffective-deny ": "only two entries of one network ACL contradict each other",
    "autoscaling-cooldown More: AutoScalingGroupName": _GIVEN_FROM_OUTSIDE,
    "autoscaling-cooldown Web elsewhere": _EVIDENCE,
    "cloudwatch-alarm-ec2-period ": "only a reference shows which instance an alarm looks at, and only its names show at what",
    "ecs-propagate-tags Web: Tags": "only tags that are certainly there are missed at the tasks",
    "ecs-propagate-tags aws_ecs_service.web: tags": "only tags that are certainly there are missed at the tasks",
    "apigateway-key-usage-plan Get: RestApiId": _GIVEN_FROM_OUTSIDE,
    "apigateway-key-usage-plan aws_api_gateway_method.get: rest_api_id": _GIVEN_FROM_OUTSIDE,
    "terraform-create-before-destroy ": "only a reference shows what uses a certificate or a deployment",
    "batch-on-demand ": "an environment that is named from outside may have Spot capacity",
    "codepipeline-regions-at-once ": "only two Regions that are certainly there are at once",
    "lambda-api-timeout FromApi": _EVIDENCE,
    "lambda-api-timeout aws_lambda_permission.api": _EVIDENCE,
    "lambda-calls-lambda ": "only references in its environment and its role show that a function calls another one",
    "lambda-in-vpc Api: Environment": _EVIDENCE,
    "lambda-in-vpc aws_lambda_function.api: environment": _EVIDENCE,
    "lambda-in-vpc Database elsewhere": _EVIDENCE,
    "lambda-in-vpc aws_elasticache_replication_group.sessions elsewhere": _EVIDENCE,
    "lambda-log-format Work: Runtime": _EVIDENCE,
    "lambda-log-format aws_lambda_function.work: runtime": _EVIDENCE,
    "lambda-logs-permission Work: Role": _EVIDENCE,
    "lambda-logs-permission aws_lambda_function.work: role": _EVIDENCE,
    "lambda-sqs-concurrency Orders": _EVIDENCE,
    "lambda-sqs-concurrency Work elsewhere": _EVIDENCE,
    "lambda-sqs-concurrency aws_": _EVIDENCE,
    "lambda-rds-proxy ": "only a reference in its environment shows that a function uses a database",
    "apigateway-edge-behind-cloudfront ": "only a reference of a distribution shows that it is in front of the API",
    "codebuild-source-credentials aws_codebuild_source_credential.github: token": "a token that is not written is the remedy",
    "iam-policy-attachment-exclusive aws_iam_role_policy_attachment.worker: policy_arn": _EVIDENCE,
    "terraform-competing-resources aws_vpc_security_group_ingress_rule.health: security_group_id": _EVIDENCE,
    "terraform-competing-resources aws_iam_role_policy_attachment.logs: role": _EVIDENCE,
    "terraform-competing-resources aws_route.office: route_table_id": _EVIDENCE,
    "ec2-key-pair-in-state aws_key_pair.admin: public_key": _EVIDENCE,
    "kms-key-disabled Orders: KmsMasterKeyId": _EVIDENCE,
    "kms-key-disabled aws_sqs_queue.orders: kms_master_key_id": _EVIDENCE,
    "cloudtrail-bucket-access-logging Trail: S3BucketName": _EVIDENCE,
    "cloudtrail-bucket-access-logging Records elsewhere": _EVIDENCE,
    "cloudtrail-bucket-access-logging aws_cloudtrail.all: s3_bucket_name": _EVIDENCE,
    "cloudtrail-bucket-access-logging aws_s3_bucket.records elsewhere": _EVIDENCE,
    "autoscaling-spot-only aws_autoscaling_group.web: launch_template": _EVIDENCE,
    "autoscaling-spot-only aws_launch_template.web elsewhere": _EVIDENCE,
    "cloudformation-no-explicit-names Customers: TableName": "a name that is not fixed is the remedy",
    "cloudformation-no-explicit-names aws_iam_role.orders: name": "a name that is not fixed is the remedy",
    "cloudformation-plaintext-secrets Broker: Users": "a password that is not written is the remedy",
    "cloudformation-plaintext-secrets Login: SecretString": "a password that is not written is the remedy",
    "cloudformation-plaintext-secrets aws_dms_endpoint.orders: password": "a password that is not written is the remedy",
    "cloudformation-plaintext-secrets aws_redshift_cluster.orders: master_password_wo": "a password that is not written is the remedy",
    "cloudformation-plaintext-secrets aws_secretsmanager_secret_version.orders: secret_string": "a password that is not written is the remedy",
    "cloudfront-s3-caching Site: DistributionConfig.Origins": _EVIDENCE,
    "cloudfront-s3-caching Files elsewhere": _EVIDENCE,
    "cloudfront-s3-caching aws_cloudfront_distribution.site: origin": _EVIDENCE,
    "cloudfront-s3-caching aws_s3_bucket.files elsewhere": _EVIDENCE,
    "compute-self-hosted-database Legacy: @Metadata": _OBJECT,
    "ec2-behind-load-balancer Open elsewhere": _EVIDENCE,
    "ec2-behind-load-balancer Web: NetworkInterfaces": _EVIDENCE,
    "ec2-behind-load-balancer aws_instance.web: vpc_security_group_ids": _EVIDENCE,
    "ec2-behind-load-balancer aws_security_group.web elsewhere": _EVIDENCE,
    "ec2-behind-load-balancer aws_vpc_security_group_ingress_rule.web: security_group_id": _GIVEN_FROM_OUTSIDE,
    "ec2-multi-az Web1: ImageId": "two instances are of one kind if they certainly start from one image",
    "ec2-multi-az Web2: ImageId": "two instances are of one kind if they certainly start from one image",
    "ec2-public-ip aws_eip.second: instance": _GIVEN_FROM_OUTSIDE,
    "ecs-cluster-density ": "advice for clusters that certainly run one service each, on instances",
    "ecs-container-health-check Worker: TaskDefinition": _GIVEN_FROM_OUTSIDE,
    "ecs-container-health-check aws_ecs_service.worker: task_definition": _GIVEN_FROM_OUTSIDE,
    "ecs-exec-logging Web: Cluster": _GIVEN_FROM_OUTSIDE,
    "ecs-exec-logging aws_ecs_service.web: cluster": _GIVEN_FROM_OUTSIDE,
    "ecs-task-secrets aws_ecs_task_definition.orders: container_definitions..0.environment.1.value": "a secret that is not written is the remedy",
    "efs-access-point aws_efs_access_point.invoices: file_system_id": _GIVEN_FROM_OUTSIDE,
    "iam-permission-boundary aws_iam_role_policy.deploy: role": "a policy for a role that is named from outside is not for this one",
    "lambda-arm64 Orders: Code": _OBJECT,
    "lambda-dead-letter-queue FromUploads: FunctionName": _EVIDENCE,
    "lambda-dead-letter-queue FromUploads: Principal": _EVIDENCE,
    "lambda-dead-letter-queue aws_cloudwatch_event_target.thumbnails: ": _EVIDENCE,
    "lambda-dead-letter-queue aws_cloudwatch_event_rule.uploads elsewhere": _EVIDENCE,
    "lambda-env-secrets aws_lambda_function.orders: environment.0.variables.DATABASE_URL": "a secret that is not written is the remedy",
    "lambda-snapstart Allowed": _EVIDENCE,
    "lambda-snapstart aws_lambda_permission.api: ": _EVIDENCE,
    "lambda-sqs-visibility-timeout OrdersToWork: EventSourceArn": _GIVEN_FROM_OUTSIDE,
    "lambda-sqs-visibility-timeout aws_lambda_event_source_mapping.orders: event_source_arn": _GIVEN_FROM_OUTSIDE,
    "lambda-versioned-alias Orders: Code": _OBJECT,
    "rds-plaintext-password ": "a password that is not written is the remedy",
    "secretsmanager-rotation Orders: GenerateSecretString": _EVIDENCE,
    "secretsmanager-rotation Database: MasterUserPassword": _EVIDENCE,
    "secretsmanager-rotation aws_secretsmanager_secret_version.orders: ": _EVIDENCE,
    "ssm-parameter-secure Password: Name": "only its name shows that the parameter holds a secret",
    "ssm-parameter-secure aws_ssm_parameter.password: name": "only its name shows that the parameter holds a secret",
    "vpc-interface-endpoint-s3 Files: ServiceName": _EVIDENCE,
    "vpc-interface-endpoint-s3 aws_vpc_endpoint.files: service_name": _EVIDENCE,
    "vpc-gateway-endpoints Public: VpcId": _GIVEN_FROM_OUTSIDE,
    "workload-nonprod-schedule ": _EVIDENCE,
    "workload-static-credentials Worker: UserData": "a credential that is not written is the remedy",
    "compute-self-hosted-nat Nat elsewhere": _EVIDENCE,
    "compute-self-hosted-nat Out: InstanceId": _EVIDENCE,
    "compute-self-hosted-nat aws_route.out: network_interface_id": _EVIDENCE,
    "ec2-user-data-secrets Worker: UserData": "a secret that is not written is the remedy",
    "ec2-user-data-secrets aws_launch_template.worker: user_data": "a secret that is not written is the remedy",
    "vpc-default-security-group Cache: SecurityGroupIds": _EVIDENCE,
    "vpc-security-group-ingress-open Group: ": _EVIDENCE,
    "vpc-security-group-ingress-open Requests": _EVIDENCE,
    "vpc-security-group-ingress-open Server: LaunchTemplateData": _EVIDENCE,
    "rds-aurora-autoscaling Member": _GIVEN_FROM_OUTSIDE,
    "rds-aurora-autoscaling aws_rds_cluster_instance.orders": _GIVEN_FROM_OUTSIDE,
    "rds-instance-density ": "advice for databases that are certainly small and of one engine",
    "workload-data-classification ": "the rule needs tags that are certainly there as evidence of the team's convention",
}
"""Values of failing examples that may be hidden and leave neither a fault nor an undecided result, and why that is right."""


def _mutants(example: Example) -> Iterator[Mutant]:
    found = declared(example)
    yield from with_hidden_values(example.dialect, found)
    yield from with_neighbors_elsewhere(example.dialect, found)


def _is_accepted(accepted: dict[str, str], rule: Rule, what: str) -> bool:
    return any(f"{rule.slug} {what}".startswith(each) for each in accepted)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_a_hidden_value_of_a_compliant_example_is_no_fault(rule: Rule) -> None:
    faults = [
        f"{mutant.what} ({address}): {each.message}"
        for example in examples(rule.page, ("compliant", "undecided", "not applicable"))
        for mutant in _mutants(example)
        for address, flags in results(rule, example.dialect, mutant.declared).items()
        if address not in mutant.needed
        for each in flags
        if each.verdict == "fail" and not _is_accepted(STILL_A_FAULT, rule, mutant.what)
    ]

    assert faults == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_an_undecided_result_names_the_hidden_value_and_says_what_settles_it(rule: Rule) -> None:
    wrong = [
        f"{mutant.what} ({address}): {each.message}"
        for example in examples(rule.page, ("compliant",))
        for mutant in _mutants(example)
        for address, flags in results(rule, example.dialect, mutant.declared).items()
        if address not in mutant.needed
        for each in flags
        if each.why is not None
        and not (each.why.settle and (mutant.names in each.message or _is_accepted(SAID_BY_ANOTHER_NAME, rule, mutant.what)))
    ]

    assert wrong == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_a_hidden_value_of_a_failing_example_is_not_passed_over(rule: Rule) -> None:
    """Each resource at fault stays at fault, or the result is undecided: it neither passes nor is exempt for the hidden value."""
    passed = [
        f"{mutant.what} ({address}): {_others(flags)}"
        for example in examples(rule.page, ("non-compliant",))
        for before in [results(rule, example.dialect, declared(example))]
        for mutant in _mutants(example)
        for address, flags in results(rule, example.dialect, mutant.declared).items()
        if address not in mutant.needed
        if _faults(flags) < _faults(before.get(address, ())) and not any(each.verdict == "unknown" for each in flags)
        if not _is_accepted(RIGHTLY_SILENT, rule, mutant.what)
    ]

    assert passed == []


def _faults(flags: list[Flag] | tuple[()]) -> int:
    return sum(each.verdict == "fail" for each in flags)


def _others(flags: list[Flag]) -> str:
    return "; ".join(each.message for each in flags) or "nothing"


def test_every_exception_is_for_a_place_in_an_example() -> None:
    """An exception for a place that no example has any more goes."""
    needed: set[str] = set()
    for rule in RULES:
        slugs = [each for each in (*STILL_A_FAULT, *SAID_BY_ANOTHER_NAME, *RIGHTLY_SILENT) if each.startswith(f"{rule.slug} ")]
        for example in examples(rule.page, SECTIONS) if slugs else ():
            for mutant in _mutants(example):
                needed |= {each for each in slugs if f"{rule.slug} {mutant.what}".startswith(each)}

    assert {*STILL_A_FAULT, *SAID_BY_ANOTHER_NAME, *RIGHTLY_SILENT} - needed == set()
