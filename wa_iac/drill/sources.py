"""The documents of AWS that the drill follows, each with its title and its address."""

from __future__ import annotations

from typing import Final

_DOCS: Final = "https://docs.aws.amazon.com"


def _in(title: str, page: str) -> str:
    return f"{title}, {_DOCS}/{page}"


ZONAL: Final = _in("Zonal services", "whitepapers/latest/aws-fault-isolation-boundaries/zonal-services.html")
REGIONAL: Final = _in("Regional services", "whitepapers/latest/aws-fault-isolation-boundaries/regional-services.html")
AUTO_SCALING: Final = _in(
    "Auto Scaling benefits for application architecture", "autoscaling/ec2/userguide/auto-scaling-benefits.html"
)
RECOVERY: Final = _in("Automatic instance recovery", "AWSEC2/latest/UserGuide/ec2-instance-recover.html")
TRANSIT: Final = _in("Amazon VPC attachments in AWS Transit Gateway", "vpc/latest/tgw/tgw-vpc-attachments.html")
VPN: Final = _in("Tunnel options for your AWS Site-to-Site VPN connection", "vpn/latest/s2svpn/VPNTunnels.html")
SNAPSHOT_COPY: Final = _in("Copy an Amazon EBS snapshot", "ebs/latest/userguide/ebs-copy-snapshot.html")
VOLUME: Final = _in("Amazon EBS volumes", "ebs/latest/userguide/ebs-volumes.html")
ECS: Final = _in(
    "Balancing an Amazon ECS service across Availability Zones",
    "AmazonECS/latest/developerguide/service-rebalancing.html",
)
TASKS: Final = _in("Amazon ECS standalone tasks", "AmazonECS/latest/developerguide/standalone-tasks.html")
FARGATE: Final = _in("Resilience in AWS Fargate", "AmazonECS/latest/developerguide/disaster-recovery-resiliency.html")
LAMBDA: Final = _in("Giving Lambda functions access to resources in an Amazon VPC", "lambda/latest/dg/configuration-vpc.html")
ALB: Final = _in(
    "Cross-zone load balancing for target groups", "elasticloadbalancing/latest/application/disable-cross-zone.html"
)
NLB: Final = _in(
    "Cross-zone load balancing for target groups", "elasticloadbalancing/latest/network/target-group-cross-zone.html"
)
ELB: Final = _in(
    "How Elastic Load Balancing works", "elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html"
)
NAT: Final = _in("NAT gateway basics", "vpc/latest/userguide/nat-gateway-basics.html")
ENDPOINT: Final = _in(
    "Access an AWS service using an interface VPC endpoint", "vpc/latest/privatelink/create-interface-endpoint.html"
)
RDS: Final = _in(
    "Failing over a Multi-AZ DB instance for Amazon RDS", "AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html"
)
RDS_CLUSTER: Final = _in(
    "Failing over a Multi-AZ DB cluster for Amazon RDS",
    "AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts-failover.html",
)
RDS_BACKUP: Final = _in(
    "Restoring a DB instance to a specified time for Amazon RDS", "AmazonRDS/latest/UserGuide/USER_PIT.html"
)
RDS_REPLICA: Final = _in(
    "Creating a read replica in a different AWS Region", "AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html"
)
RDS_REPLICAS: Final = _in("Working with DB instance read replicas", "AmazonRDS/latest/UserGuide/USER_ReadRepl.html")
RDS_PROMOTE: Final = _in(
    "Promoting a read replica to be a standalone DB instance", "AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html"
)
RDS_COPY: Final = _in(
    "Replicating automated backups to another AWS Region", "AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html"
)
AURORA: Final = _in(
    "High availability for Amazon Aurora", "AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html"
)
AURORA_GLOBAL: Final = _in(
    "Using switchover or failover in Amazon Aurora Global Database",
    "AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html",
)
AURORA_BACKUP: Final = _in(
    "Overview of backing up and restoring an Aurora DB cluster",
    "AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html",
)
DOCDB: Final = _in("Amazon DocumentDB Failover", "documentdb/latest/developerguide/failover.html")
NEPTUNE: Final = _in("High availability for Neptune", "neptune/latest/userguide/feature-overview-db-clusters.html")
CACHE: Final = _in(
    "Minimizing downtime in ElastiCache by using Multi-AZ with Valkey and Redis OSS",
    "AmazonElastiCache/latest/dg/AutoFailover.html",
)
MEMCACHED: Final = _in("Resilience in Amazon ElastiCache", "AmazonElastiCache/latest/dg/disaster-recovery-resiliency.html")
MEMORYDB: Final = _in("Minimizing downtime in MemoryDB with Multi-AZ", "memorydb/latest/devguide/autofailover.html")
SEARCH: Final = _in(
    "Configuring a multi-AZ domain in Amazon OpenSearch Service",
    "opensearch-service/latest/developerguide/managedomains-multiaz.html",
)
KAFKA: Final = _in("Best practices for Standard brokers", "msk/latest/developerguide/bestpractices.html")
KAFKA_DEFAULT: Final = _in("Default Amazon MSK configuration", "msk/latest/developerguide/msk-default-configuration.html")
EFS: Final = _in("How Amazon EFS works", "efs/latest/ug/how-it-works.html")
EFS_BACKUP: Final = _in("Automatic backups of EFS file systems", "efs/latest/ug/automatic-backups.html")
EFS_REPLICATION: Final = _in("Replicating EFS file systems", "efs/latest/ug/efs-replication.html")
EFS_ONE_ZONE: Final = _in("Availability and durability of EFS file systems", "efs/latest/ug/availability-durability.html")
FSX: Final = _in(
    "Availability and durability: Single-AZ and Multi-AZ file systems",
    "fsx/latest/WindowsGuide/high-availability-multiAZ.html",
)
MQ: Final = _in(
    "Amazon MQ active/standby broker for high availability",
    "amazon-mq/latest/developer-guide/active-standby-broker-deployment.html",
)
RABBIT: Final = _in(
    "Deployment options for Amazon MQ for RabbitMQ brokers",
    "amazon-mq/latest/developer-guide/rabbitmq-broker-architecture.html",
)
REDSHIFT: Final = _in("Multi-AZ deployment", "redshift/latest/mgmt/managing-cluster-multi-az.html")
DMS: Final = _in("Working with an AWS DMS replication instance", "dms/latest/userguide/CHAP_ReplicationInstance.html")
DYNAMODB_GLOBAL: Final = _in(
    "Global tables: multi-Region replication for DynamoDB", "amazondynamodb/latest/developerguide/GlobalTables.html"
)
DYNAMODB_BACKUP: Final = _in(
    "Point-in-time backups for DynamoDB", "amazondynamodb/latest/developerguide/Point-in-time-recovery.html"
)
S3_REPLICATION: Final = _in("Replicating objects within and across Regions", "AmazonS3/latest/userguide/replication.html")
ROUTE53: Final = _in("Active-active and active-passive failover", "Route53/latest/DeveloperGuide/dns-failover-types.html")
ROUTE53_ALIAS: Final = _in(
    "How Amazon Route 53 chooses records when health checking is configured",
    "Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
)
CLOUDFRONT: Final = _in(
    "Optimize high availability with CloudFront origin failover",
    "AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
)
KMS: Final = _in("Multi-Region keys in AWS KMS", "kms/latest/developerguide/multi-region-keys-overview.html")
BACKUP_COPY: Final = _in("Creating backup copies across AWS Regions", "aws-backup/latest/devguide/cross-region-backup.html")
EMR: Final = _in(
    "Considerations and best practices when you create an Amazon EMR cluster with multiple primary nodes",
    "emr/latest/ManagementGuide/emr-plan-ha-considerations.html",
)
DIRECTORY: Final = _in("DirectoryVpcSettings", "directoryservice/latest/devguide/API_DirectoryVpcSettings.html")
MWAA: Final = _in("About networking on Amazon MWAA", "mwaa/latest/userguide/networking-about.html")
BATCH: Final = _in("Components of AWS Batch", "batch/latest/userguide/batch_components.html")
FIREWALL: Final = _in(
    "VPC subnet configuration for AWS Network Firewall", "network-firewall/latest/developerguide/vpc-config-subnets.html"
)
TRANSFER: Final = _in("Resilience in AWS Transfer Family", "transfer/latest/userguide/disaster-recovery-resiliency.html")
PRIVATE_API: Final = _in(
    "Create private integrations for HTTP APIs in API Gateway",
    "apigateway/latest/developerguide/http-api-develop-integrations-private.html",
)
