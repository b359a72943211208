"""Which resources set a part of another: `aws_s3_bucket_policy` is the `policy` of its bucket.

The provider also reads such a part back into the owner, if the argument is optional and computed. Each entry follows from the
provider's documentation of the part ("in-line" arguments that conflict with the resource) and its schema; a test holds the table
against what the schema says is optional and computed.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Part(NamedTuple):
    """The part of an owner that a resource of one type sets.

    Attributes:
        owners: the owner's types.
        by: the argument that names the owner, by its id, name, ARN or URL.
        attributes: of the owner. What is there belongs to nobody else, unless there is an `element`.
        element: for an attribute that is a list of what several resources set: the argument of this resource, and the key of an
            element that is the same; the second is empty where the elements are no objects.
        rules: whether the elements are rules of a security group, which the owner shows grouped by protocol and ports.
        direction: the argument that says which of the attributes is meant, and what it says for each.
    """

    owners: tuple[str, ...]
    by: str
    attributes: tuple[str, ...]
    element: tuple[str, str] | None = None
    rules: bool = False
    direction: tuple[str, tuple[object, ...]] | None = None


_BUCKET: Final = ("aws_s3_bucket",)
_QUEUE: Final = ("aws_sqs_queue",)
_GROUPS: Final = ("aws_security_group", "aws_default_security_group")
_TABLES: Final = ("aws_route_table", "aws_default_route_table")
_LISTS: Final = ("aws_network_acl", "aws_default_network_acl")
_ROLE: Final = ("aws_iam_role",)
_ENDPOINT: Final = ("aws_vpc_endpoint",)
_KEYS: Final = ("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key")
_SCALING: Final = ("aws_autoscaling_group",)

PARTS: Final[dict[str, tuple[Part, ...]]] = {
    "aws_s3_bucket_accelerate_configuration": (Part(_BUCKET, "bucket", ("acceleration_status",)),),
    "aws_s3_bucket_acl": (Part(_BUCKET, "bucket", ("acl", "grant")),),
    "aws_s3_bucket_cors_configuration": (Part(_BUCKET, "bucket", ("cors_rule",)),),
    "aws_s3_bucket_lifecycle_configuration": (Part(_BUCKET, "bucket", ("lifecycle_rule",)),),
    "aws_s3_bucket_logging": (Part(_BUCKET, "bucket", ("logging",)),),
    "aws_s3_bucket_object_lock_configuration": (Part(_BUCKET, "bucket", ("object_lock_configuration",)),),
    "aws_s3_bucket_policy": (Part(_BUCKET, "bucket", ("policy",)),),
    "aws_s3_bucket_replication_configuration": (Part(_BUCKET, "bucket", ("replication_configuration",)),),
    "aws_s3_bucket_request_payment_configuration": (Part(_BUCKET, "bucket", ("request_payer",)),),
    "aws_s3_bucket_server_side_encryption_configuration": (Part(_BUCKET, "bucket", ("server_side_encryption_configuration",)),),
    "aws_s3_bucket_versioning": (Part(_BUCKET, "bucket", ("versioning",)),),
    "aws_s3_bucket_website_configuration": (Part(_BUCKET, "bucket", ("website",)),),
    "aws_s3control_access_point_policy": (Part(("aws_s3_access_point",), "access_point_arn", ("policy",)),),
    "aws_sqs_queue_policy": (Part(_QUEUE, "queue_url", ("policy",)),),
    "aws_sqs_queue_redrive_policy": (Part(_QUEUE, "queue_url", ("redrive_policy",)),),
    "aws_sqs_queue_redrive_allow_policy": (Part(_QUEUE, "queue_url", ("redrive_allow_policy",)),),
    "aws_sns_topic_policy": (Part(("aws_sns_topic",), "arn", ("policy",)),),
    "aws_kms_key_policy": (Part(_KEYS, "key_id", ("policy",)),),
    "aws_secretsmanager_secret_policy": (Part(("aws_secretsmanager_secret",), "secret_arn", ("policy",)),),
    "aws_secretsmanager_secret_rotation": (
        Part(("aws_secretsmanager_secret",), "secret_id", ("rotation_enabled", "rotation_lambda_arn", "rotation_rules")),
    ),
    "aws_api_gateway_rest_api_policy": (Part(("aws_api_gateway_rest_api",), "rest_api_id", ("policy",)),),
    "aws_opensearch_domain_policy": (Part(("aws_opensearch_domain",), "domain_name", ("access_policies",)),),
    "aws_elasticsearch_domain_policy": (Part(("aws_elasticsearch_domain",), "domain_name", ("access_policies",)),),
    "aws_iam_role_policy": (Part(_ROLE, "role", ("inline_policy",), ("name", "name")),),
    "aws_iam_role_policies_exclusive": (Part(_ROLE, "role_name", ("inline_policy",)),),
    "aws_iam_role_policy_attachment": (Part(_ROLE, "role", ("managed_policy_arns",), ("policy_arn", "")),),
    "aws_iam_role_policy_attachments_exclusive": (Part(_ROLE, "role_name", ("managed_policy_arns",)),),
    "aws_iam_policy_attachment": (Part(_ROLE, "roles", ("managed_policy_arns",), ("policy_arn", "")),),
    "aws_security_group_rule": (
        Part(_GROUPS, "security_group_id", ("ingress", "egress"), rules=True, direction=("type", ("ingress", "egress"))),
    ),
    "aws_vpc_security_group_ingress_rule": (Part(_GROUPS, "security_group_id", ("ingress",), rules=True),),
    "aws_vpc_security_group_egress_rule": (Part(_GROUPS, "security_group_id", ("egress",), rules=True),),
    "aws_vpc_security_group_rules_exclusive": (Part(_GROUPS, "security_group_id", ("ingress", "egress")),),
    "aws_route": (
        Part(_TABLES, "route_table_id", ("route",), ("destination_cidr_block", "cidr_block")),
        Part(_TABLES, "route_table_id", ("route",), ("destination_ipv6_cidr_block", "ipv6_cidr_block")),
        Part(_TABLES, "route_table_id", ("route",), ("destination_prefix_list_id", "destination_prefix_list_id")),
    ),
    "aws_route_table_routes_exclusive": (Part(_TABLES, "route_table_id", ("route",)),),
    "aws_vpn_gateway_route_propagation": (Part(("aws_route_table",), "route_table_id", ("propagating_vgws",), ("vpn_gateway_id", "")),),
    "aws_network_acl_rule": (
        Part(_LISTS, "network_acl_id", ("ingress", "egress"), ("rule_number", "rule_no"), direction=("egress", (False, True))),
    ),
    "aws_network_acl_association": (Part(("aws_network_acl",), "network_acl_id", ("subnet_ids",), ("subnet_id", "")),),
    "aws_vpc_endpoint_policy": (Part(_ENDPOINT, "vpc_endpoint_id", ("policy",)),),
    "aws_vpc_endpoint_private_dns": (Part(_ENDPOINT, "vpc_endpoint_id", ("private_dns_enabled",)),),
    "aws_vpc_endpoint_route_table_association": (
        Part(_ENDPOINT, "vpc_endpoint_id", ("route_table_ids",), ("route_table_id", "")),
    ),
    "aws_vpc_endpoint_security_group_association": (
        Part(_ENDPOINT, "vpc_endpoint_id", ("security_group_ids",), ("security_group_id", "")),
    ),
    "aws_vpc_endpoint_subnet_association": (Part(_ENDPOINT, "vpc_endpoint_id", ("subnet_ids",), ("subnet_id", "")),),
    "aws_vpc_endpoint_service_allowed_principal": (
        Part(("aws_vpc_endpoint_service",), "vpc_endpoint_service_id", ("allowed_principals",), ("principal_arn", "")),
    ),
    "aws_internet_gateway_attachment": (Part(("aws_internet_gateway",), "internet_gateway_id", ("vpc_id",)),),
    "aws_vpn_gateway_attachment": (Part(("aws_vpn_gateway",), "vpn_gateway_id", ("vpc_id",)),),
    "aws_eip_association": (Part(("aws_eip",), "allocation_id", ("instance", "network_interface")),),
    "aws_network_interface_sg_attachment": (
        Part(("aws_network_interface",), "network_interface_id", ("security_groups",), ("security_group_id", "")),
        Part(("aws_instance",), "network_interface_id", ("vpc_security_group_ids",), ("security_group_id", "")),
    ),
    "aws_network_interface_attachment": (Part(("aws_network_interface",), "network_interface_id", ("attachment",)),),
    "aws_volume_attachment": (Part(("aws_instance",), "instance_id", ("ebs_block_device",), ("volume_id", "volume_id")),),
    "aws_ec2_managed_prefix_list_entry": (
        Part(("aws_ec2_managed_prefix_list",), "prefix_list_id", ("entry",), ("cidr", "cidr")),
    ),
    "aws_elb_attachment": (Part(("aws_elb",), "elb", ("instances",), ("instance", "")),),
    "aws_autoscaling_attachment": (
        Part(_SCALING, "autoscaling_group_name", ("load_balancers",), ("elb", "")),
        Part(_SCALING, "autoscaling_group_name", ("target_group_arns",), ("lb_target_group_arn", "")),
    ),
    "aws_rds_cluster_role_association": (Part(("aws_rds_cluster",), "db_cluster_identifier", ("iam_roles",), ("role_arn", "")),),
    "aws_rds_cluster_instance": (Part(("aws_rds_cluster",), "cluster_identifier", ("cluster_members",), ("identifier", "")),),
    "aws_docdb_cluster_instance": (Part(("aws_docdb_cluster",), "cluster_identifier", ("cluster_members",), ("identifier", "")),),
    "aws_redshift_cluster_iam_roles": (Part(("aws_redshift_cluster",), "cluster_identifier", ("iam_roles",)),),
    "aws_redshift_logging": (Part(("aws_redshift_cluster",), "cluster_identifier", ("logging",)),),
    "aws_redshift_snapshot_copy": (Part(("aws_redshift_cluster",), "cluster_identifier", ("snapshot_copy",)),),
    "aws_route53_zone_association": (Part(("aws_route53_zone",), "zone_id", ("vpc",), ("vpc_id", "vpc_id")),),
    "aws_ecs_cluster_capacity_providers": (
        Part(("aws_ecs_cluster",), "cluster_name", ("capacity_providers", "default_capacity_provider_strategy")),
    ),
}  # fmt: skip
