"""What each service is for, and its name for people.

The names are those of AWS's documentation, the categories those of "AWS Architecture Icons", put together where a reader of a picture gains
nothing from the difference.
"""

from __future__ import annotations

from typing import Final

from .kinds import kind_of, service_of_kind
from .shapes import Category

_SERVICES: Final[dict[Category, dict[str, str]]] = {
    "compute": {
        "apprunner": "AWS App Runner",
        "applicationautoscaling": "Application Auto Scaling",
        "autoscaling": "Amazon EC2 Auto Scaling",
        "autoscalingplans": "AWS Auto Scaling",
        "batch": "AWS Batch",
        "ec2": "Amazon EC2",
        "elasticbeanstalk": "Elastic Beanstalk",
        "gamelift": "Amazon GameLift",
        "imagebuilder": "EC2 Image Builder",
        "lambda": "AWS Lambda",
        "lightsail": "Amazon Lightsail",
        "serverless": "AWS SAM",
        "workspaces": "Amazon WorkSpaces",
    },
    "containers": {"ecr": "Amazon ECR", "ecrpublic": "Amazon ECR Public", "ecs": "Amazon ECS", "eks": "Amazon EKS"},
    "storage": {
        "backup": "AWS Backup",
        "datasync": "AWS DataSync",
        "dlm": "Data Lifecycle Manager",
        "efs": "Amazon EFS",
        "fsx": "Amazon FSx",
        "glacier": "S3 Glacier",
        "s3": "Amazon S3",
        "s3control": "Amazon S3",
        "s3outposts": "S3 on Outposts",
        "s3tables": "Amazon S3 Tables",
        "storagegateway": "AWS Storage Gateway",
        "transfer": "AWS Transfer Family",
    },
    "database": {
        "cassandra": "Amazon Keyspaces",
        "dax": "DynamoDB Accelerator",
        "dms": "AWS DMS",
        "docdb": "Amazon DocumentDB",
        "dsql": "Amazon Aurora DSQL",
        "dynamodb": "Amazon DynamoDB",
        "elasticache": "Amazon ElastiCache",
        "keyspaces": "Amazon Keyspaces",
        "memorydb": "Amazon MemoryDB",
        "neptune": "Amazon Neptune",
        "qldb": "Amazon QLDB",
        "rds": "Amazon RDS",
        "redshift": "Amazon Redshift",
        "redshiftserverless": "Redshift Serverless",
        "timestream": "Amazon Timestream",
        "timestreaminfluxdb": "Timestream for InfluxDB",
    },
    "network": {
        "apigateway": "Amazon API Gateway",
        "apigatewayv2": "Amazon API Gateway",
        "appmesh": "AWS App Mesh",
        "cloudfront": "Amazon CloudFront",
        "directconnect": "AWS Direct Connect",
        "elasticloadbalancing": "Elastic Load Balancing",
        "elasticloadbalancingv2": "Elastic Load Balancing",
        "globalaccelerator": "AWS Global Accelerator",
        "networkmanager": "AWS Network Manager",
        "route53": "Amazon Route 53",
        "route53recoverycontrol": "Amazon Application Recovery Controller",
        "route53recoveryreadiness": "Amazon Application Recovery Controller",
        "route53resolver": "Route 53 Resolver",
        "servicediscovery": "AWS Cloud Map",
        "vpclattice": "Amazon VPC Lattice",
    },
    "integration": {
        "amazonmq": "Amazon MQ",
        "appflow": "Amazon AppFlow",
        "appsync": "AWS AppSync",
        "connect": "Amazon Connect",
        "events": "Amazon EventBridge",
        "eventschemas": "EventBridge Schemas",
        "iot": "AWS IoT Core",
        "mwaa": "Amazon MWAA",
        "pinpoint": "Amazon Pinpoint",
        "pipes": "EventBridge Pipes",
        "scheduler": "EventBridge Scheduler",
        "ses": "Amazon SES",
        "sns": "Amazon SNS",
        "sqs": "Amazon SQS",
        "stepfunctions": "AWS Step Functions",
    },
    "analytics": {
        "athena": "Amazon Athena",
        "bedrock": "Amazon Bedrock",
        "bedrockagent": "Amazon Bedrock",
        "elasticsearch": "Amazon OpenSearch Service",
        "emr": "Amazon EMR",
        "emrcontainers": "Amazon EMR on EKS",
        "emrserverless": "EMR Serverless",
        "glue": "AWS Glue",
        "kafkaconnect": "Amazon MSK Connect",
        "kinesis": "Amazon Kinesis",
        "kinesisanalytics": "Amazon Kinesis Data Analytics",
        "kinesisanalyticsv2": "Amazon Managed Service for Apache Flink",
        "kinesisfirehose": "Amazon Data Firehose",
        "lakeformation": "AWS Lake Formation",
        "msk": "Amazon MSK",
        "opensearchserverless": "OpenSearch Serverless",
        "opensearchservice": "Amazon OpenSearch Service",
        "quicksight": "Amazon QuickSight",
        "sagemaker": "Amazon SageMaker AI",
    },
    "security": {
        "accessanalyzer": "IAM Access Analyzer",
        "acmpca": "AWS Private CA",
        "certificatemanager": "AWS Certificate Manager",
        "cloudhsm": "AWS CloudHSM",
        "cognito": "Amazon Cognito",
        "detective": "Amazon Detective",
        "directoryservice": "AWS Directory Service",
        "fms": "AWS Firewall Manager",
        "guardduty": "Amazon GuardDuty",
        "iam": "AWS IAM",
        "inspector": "Amazon Inspector",
        "inspectorv2": "Amazon Inspector",
        "kms": "AWS KMS",
        "macie": "Amazon Macie",
        "networkfirewall": "AWS Network Firewall",
        "secretsmanager": "AWS Secrets Manager",
        "securityhub": "AWS Security Hub",
        "shield": "AWS Shield",
        "sso": "IAM Identity Center",
        "verifiedpermissions": "Amazon Verified Permissions",
        "waf": "AWS WAF Classic",
        "wafregional": "AWS WAF Classic",
        "wafv2": "AWS WAF",
    },
    "management": {
        "account": "AWS Account Management",
        "amp": "Managed Service for Prometheus",
        "appconfig": "AWS AppConfig",
        "applicationinsights": "CloudWatch Application Insights",
        "applicationsignals": "CloudWatch Application Signals",
        "aps": "Managed Service for Prometheus",
        "budgets": "AWS Budgets",
        "ce": "AWS Cost Explorer",
        "chatbot": "Amazon Q Developer in chat applications",
        "cloud9": "AWS Cloud9",
        "cloudformation": "AWS CloudFormation",
        "cloudtrail": "AWS CloudTrail",
        "cloudwatch": "Amazon CloudWatch",
        "codeartifact": "AWS CodeArtifact",
        "codebuild": "AWS CodeBuild",
        "codecommit": "AWS CodeCommit",
        "codeconnections": "AWS CodeConnections",
        "codedeploy": "AWS CodeDeploy",
        "codepipeline": "AWS CodePipeline",
        "codestarconnections": "AWS CodeConnections",
        "codestarnotifications": "Developer Tools notifications",
        "config": "AWS Config",
        "controltower": "AWS Control Tower",
        "cur": "Cost and Usage Reports",
        "fis": "AWS Fault Injection Service",
        "grafana": "Amazon Managed Grafana",
        "logs": "CloudWatch Logs",
        "observabilityadmin": "CloudWatch",
        "organizations": "AWS Organizations",
        "ram": "AWS Resource Access Manager",
        "resiliencehub": "AWS Resilience Hub",
        "resourcegroups": "AWS Resource Groups",
        "servicecatalog": "AWS Service Catalog",
        "servicequotas": "Service Quotas",
        "ssm": "AWS Systems Manager",
        "ssmincidents": "Incident Manager",
        "synthetics": "CloudWatch Synthetics",
        "xray": "AWS X-Ray",
    },
}
_RESOURCES: Final = {
    "apigateway.restapi": "API Gateway REST API",
    "apigatewayv2.api": "API Gateway API",
    "autoscaling.autoscalinggroup": "Auto Scaling group",
    "cloudwatch.alarm": "CloudWatch alarm",
    "cloudwatch.compositealarm": "CloudWatch composite alarm",
    "cloudwatch.dashboard": "CloudWatch dashboard",
    "ec2.customergateway": "Customer gateway",
    "ec2.defaultnetworkacl": "Default network ACL",
    "ec2.defaultroutetable": "Main route table",
    "ec2.defaultsecuritygroup": "Default security group",
    "ec2.egressonlyinternetgateway": "Egress-only internet gateway",
    "ec2.eip": "Elastic IP address",
    "ec2.flowlog": "VPC flow log",
    "ec2.instance": "EC2 instance",
    "ec2.internetgateway": "Internet gateway",
    "ec2.launchtemplate": "Launch template",
    "ec2.natgateway": "NAT gateway",
    "ec2.networkacl": "Network ACL",
    "ec2.networkinterface": "Network interface",
    "ec2.routetable": "Route table",
    "ec2.securitygroup": "Security group",
    "ec2.transitgateway": "Transit gateway",
    "ec2.transitgatewayattachment": "Transit gateway attachment",
    "ec2.volume": "EBS volume",
    "ec2.vpcendpoint": "VPC endpoint",
    "ec2.vpcpeeringconnection": "VPC peering connection",
    "ec2.vpnconnection": "VPN connection",
    "ec2.vpngateway": "VPN gateway",
    "ecr.repository": "ECR repository",
    "ecs.cluster": "ECS cluster",
    "ecs.service": "ECS service",
    "ecs.taskdefinition": "ECS task definition",
    "efs.filesystem": "EFS file system",
    "eks.cluster": "EKS cluster",
    "eks.nodegroup": "EKS node group",
    "elasticloadbalancing.loadbalancer": "Classic Load Balancer",
    "elasticloadbalancingv2.loadbalancer": "Load balancer",
    "elasticloadbalancingv2.targetgroup": "Target group",
    "events.eventbus": "EventBridge event bus",
    "events.rule": "EventBridge rule",
    "iam.group": "IAM group",
    "iam.managedpolicy": "IAM policy",
    "iam.role": "IAM role",
    "iam.user": "IAM user",
    "lambda.function": "Lambda function",
    "lambda.layerversion": "Lambda layer",
    "logs.loggroup": "CloudWatch log group",
    "rds.dbcluster": "Amazon Aurora or RDS cluster",
    "rds.dbinstance": "RDS DB instance",
    "rds.dbproxy": "RDS Proxy",
    "rds.clusterinstance": "Aurora DB instance",
    "route53.healthcheck": "Route 53 health check",
    "route53.hostedzone": "Route 53 hosted zone",
    "route53.recordset": "Route 53 record",
    "ssm.parameter": "Systems Manager parameter",
    "stepfunctions.statemachine": "Step Functions state machine",
    "wafv2.webacl": "AWS WAF web ACL",
}
"""Of services with very different resources, the names of those that pictures often have."""
_BY_SERVICE: Final[dict[str, tuple[Category, str]]] = {
    service: (category, name) for category, services in _SERVICES.items() for service, name in services.items()
}
_IN_EC2: Final[dict[Category, tuple[str, ...]]] = {
    "storage": ("volume", "ebs", "snapshot"),
    "security": ("securitygroup", "defaultsecuritygroup", "keypair", "verifiedaccess", "networkacl", "defaultnetworkacl"),
    "compute": (
        "instance",
        "launchtemplate",
        "ec2fleet",
        "spot",
        "host",
        "capacityreservation",
        "placementgroup",
        "ami",
        "fleet",
    ),
}
"""EC2 has the resources of Amazon VPC, too. These beginnings of its resources' names are not of the network."""
_NAMES_IN_EC2: Final[dict[Category, str]] = {"storage": "Amazon EBS", "security": "Amazon VPC", "compute": "Amazon EC2"}


def category_of(type_name: str) -> Category:
    """What a type, as written, is for; `other` for one of a service that is not in the table."""
    return _of(type_name)[0]


def service_name(type_name: str) -> str:
    """The name for people of a type's service, or of the resource itself if that says more; for an unknown service, as the type writes it."""
    return _RESOURCES.get(kind_of(type_name)) or _of(type_name)[1]


def _of(type_name: str) -> tuple[Category, str]:
    kind = kind_of(type_name)
    service = service_of_kind(kind)
    if service == "ec2":
        resource = kind.partition(".")[2]
        for category, beginnings in _IN_EC2.items():
            if resource.startswith(beginnings):
                return category, _NAMES_IN_EC2[category]
        return "network", "Amazon VPC"
    return _BY_SERVICE.get(service) or ("other", _written(type_name))


def _written(type_name: str) -> str:
    """The service as an unknown type writes it."""
    if "::" in type_name:
        return "::".join(type_name.split("::")[:2])
    words = type_name.split("_")
    return words[1] if words[0] in ("aws", "awscc") and len(words) > 1 else words[0]
