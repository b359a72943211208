"""What it means that one resource names another one: the table of flows, for both dialects.

Each row: the kind of the resource that names, the argument (see `Mention.path`), the kind that is named, and the flow. A pattern is a regular
expression for the whole text; empty means anything. The first row that fits decides. `<` in front of the verb turns the edge around: it
goes from the resource that is named to the one that names it. `?` marks an inferred edge.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from .shapes import EdgeKind

_ELB: Final = r"elasticloadbalancing(?:v2)?\.\w+"
_LISTENER: Final = r"elasticloadbalancingv2\.listener(?:rule)?"
_TARGETS: Final = r"elasticloadbalancingv2\.targetgroup"
_API: Final = r"apigateway(?:v2)?\.\w+"
_GATEWAY: Final = r"ec2\.(?:natgateway|internetgateway|egressonlyinternetgateway|transitgateway|vpngateway|vpcpeeringconnection|carriergateway)"
_STORE: Final = (
    r"(?:dynamodb\.\w*table|s3\.bucket|sqs\.queue|sns\.topic|kinesis\.stream|kinesisfirehose\.deliverystream|rds\.\w+|elasticache\.\w+"
    r"|docdb\.\w+|neptune\.\w+|redshift\w*\.\w+|opensearch\w*\.\w+|elasticsearch\.domain|events\.eventbus|stepfunctions\.statemachine"
    r"|lambda\.function|msk\.\w+|amazonmq\.broker|appsync\.\w*api|apigateway(?:v2)?\.\w*api|memorydb\.cluster|efs\.filesystem"
    r"|elasticloadbalancing(?:v2)?\.loadbalancer|cloudfront\.distribution|athena\.workgroup|glue\.\w+|sagemaker\.endpoint"
    r"|ecs\.\w+|dsql\.cluster|cognito\.\w+|eks\.cluster|dax\.cluster)"
)

_ROWS: Final[tuple[tuple[str, str, str, EdgeKind, str], ...]] = (
    # Names and clients: Route 53, CloudFront, AWS WAF, Global Accelerator.
    (r"route53\.recordset(?:group)?", r".*(?:alias|records|resourcerecords).*", r"(?!route53\.|certificatemanager\.).*", "network", "resolves to"),
    (r"route53\.recordset", "", r"certificatemanager\.certificate", "uses", "validates"),
    (r"", r"validationrecordfqdns", r"", "uses", "is validated by"),
    (r"cloudfront\.distribution", r".*logging.*", r"s3\.bucket", "data", "writes logs to"),
    (r"cloudfront\.distribution", r"(?:distributionconfig\.)?origin.*", r"s3\.bucket\w*", "data", "reads"),
    (r"cloudfront\.distribution", r".*(?:lambda|function).*association.*", r"", "data", "invokes"),
    (r"cloudfront\.distribution", r".*origin.*", rf"{_ELB}|{_API}|lambda\.\w+|mediastore\..*|ec2\.\w+|cloudfront\.vpcorigin", "network", "forwards to"),
    (r"wafv2\.webaclassociation|wafregional\.webaclassociation|shield\.protection", r"resourcearn", r"", "network", "protects"),
    (r"", r".*webacl\w*", r"waf\w*\.webacl", "network", "<protects"),
    (r"globalaccelerator\.endpointgroup", r".*endpoint.*", r"", "network", "forwards to"),
    # Load balancers.
    (_LISTENER, "", _TARGETS, "network", "forwards to"),
    (_LISTENER, "", r"cognito\..*", "identity", "authenticates with"),
    (r"elasticloadbalancingv2\.targetgroup\w*", "", r"lambda\.\w+", "data", "invokes"),
    (r"elasticloadbalancingv2\.targetgroup\w*", r"target.*", r"ec2\.\w+|elasticloadbalancingv2\.loadbalancer", "network", "forwards to"),
    (r"elasticloadbalancing\.\w+", r"instances?", r"ec2\.instance", "network", "forwards to"),
    (r"(?:ecs|autoscaling|elasticbeanstalk)\.\w+", "", rf"{_TARGETS}|elasticloadbalancing\.loadbalancer", "network", "<forwards to"),
    (_ELB, r"loadbalancerattributes.*|accesslog.*", r"s3\.bucket", "data", "writes logs to"),
    # API Gateway and AppSync.
    (_API, r".*authoriz.*|.*provider.*", r"lambda\..*|cognito\..*", "identity", "authorizes with"),
    (_API, "", r"lambda\.\w+", "data", "invokes"),
    (_API, "", r"stepfunctions\.statemachine", "data", "starts"),
    (_API, "", r"sqs\.queue|sns\.topic|events\.eventbus|kinesis\.stream|kinesisfirehose\..*", "data", "sends to"),
    (_API, "", r"dynamodb\.\w*table", "data", "calls"),
    (_API, "", r"apigateway(?:v2)?\.vpclink", "network", "connects through"),
    (_API, "", _ELB, "network", "forwards to"),
    (r"appsync\.\w+", "", r"lambda\.function", "data", "invokes"),
    (r"appsync\.\w+", "", r"dynamodb\.\w*table|opensearch.*|rds\..*", "data", "queries"),
    # Lambda.
    (r"lambda\.eventsourcemapping", r".*(?:destination|onfailure).*", r"", "data", "sends failures to"),
    (r"lambda\.eventsourcemapping", r"eventsourcearn|selfmanaged.*", r"", "data", "<delivers to"),
    (r"lambda\.permission", r"sourcearn", r"", "data", "?<invokes"),
    (r"lambda\.eventinvokeconfig", r".*onsuccess.*", r"", "data", "sends results to"),
    (r"lambda\.eventinvokeconfig", r".*onfailure.*", r"", "data", "sends failures to"),
    (r"lambda\.function", r"filesystem.*", r"efs\..*", "data", "reads and writes"),
    (r"lambda\.\w+", r"(?:code\.)?s3\w*|code", r"s3\.bucket", "data", "loads code from"),
    (r"lambda\.function", r".*image.*", r"ecr\..*", "data", "pulls images from"),
    (r"custom\w*|cloudformation\.customresource", r"servicetoken", r"", "data", "invokes"),
    # S3.
    (r"s3\.\w+", r".*(?:notification|lambda|queue|topic).*", r"lambda\.\w+|sqs\.queue|sns\.topic|events\.eventbus", "data", "notifies"),
    (r"s3\.\w+", r".*(?:replication|rules?\.destination).*", r"s3\.bucket", "data", "replicates to"),
    (r"s3\.\w+", r".*(?:log|targetbucket).*", r"s3\.bucket", "data", "writes logs to"),
    (r"s3\.bucketinventory|s3\.bucket", r".*(?:inventory|analytics|destination).*", r"s3\.bucket", "data", "writes reports to"),
    # Queues, topics, events.
    (r"sns\.subscription|sns\.topic", r".*(?:redrive|deadletter).*", r"sqs\.queue", "data", "sends failures to"),
    (r"sns\.subscription|sns\.topic", r"(?:subscription\.)?endpoint", r"", "data", "delivers to"),
    (r"sqs\.queue\w*", r".*(?:redriveallow|sourcequeue).*", r"sqs\.queue", "data", "<sends failures to"),
    (r"", r".*(?:deadletter|redrive|dlq|onfailure|failuredestination).*", r"sqs\.queue|sns\.topic|s3\.bucket", "data", "sends failures to"),
    (r"events\.(?:rule|target)", r"eventbus\w*", r"events\.eventbus", "data", "<delivers events to"),
    (r"events\.(?:rule|target)", r"(?:targets?\.)?arn", r"", "data", "sends events to"),
    (r"events\.(?:rule|target)", r".*(?:ecs|batch)\w*\.(?:taskdefinition|jobdefinition)\w*", r"", "data", "runs"),
    (r"events\.(?:rule|target)", r"eventpattern.*", r"", "data", "?<emits events to"),
    (r"events\.archive", r"(?:eventsource|source)arn", r"", "data", "<archives events in"),
    (r"pipes\.pipe", r"source", r"", "data", "<delivers to"),
    (r"pipes\.pipe", r"enrichment", r"", "data", "invokes"),
    (r"pipes\.pipe", r"target", r"", "data", "sends to"),
    (r"scheduler\.schedule", r"target\.arn", r"lambda\.\w+", "data", "invokes"),
    (r"scheduler\.schedule", r"target\.arn", r"stepfunctions\..*", "data", "starts"),
    (r"scheduler\.schedule", r"target.*", r"(?!iam\.|kms\.).*", "data", "sends to"),
    (r"stepfunctions\.statemachine", r"definition.*", r"lambda\.\w+", "data", "invokes"),
    (r"stepfunctions\.statemachine", r"definition.*", r"(?:ecs|batch|glue|codebuild|stepfunctions|emr\w*|sagemaker)\..*", "data", "starts"),
    (r"stepfunctions\.statemachine", r"definition.*", r"(?!iam\.|kms\.|ec2\.).*", "data", "calls"),
    # Streams and logs.
    (r"logs\.loggroup", r"loggroupname|name", r"(?:lambda|codebuild|apigateway|stepfunctions|eks|rds|ecs|apprunner|glue)\w*\.\w+", "data", "<writes logs to"),
    (r"kinesisfirehose\.deliverystream", r".*source.*", r"kinesis\..*|msk\..*", "data", "<delivers to"),
    (r"kinesisfirehose\.deliverystream", r".*processing.*", r"lambda\..*", "data", "transforms with"),
    (r"kinesisfirehose\.deliverystream", r".*cloudwatch.*", r"logs\..*", "data", "writes logs to"),
    (r"kinesisfirehose\.deliverystream", r".*configuration.*", r"(?!iam\.|kms\.|ec2\.|glue\.|secretsmanager\.).*", "data", "delivers to"),
    (r"kinesis\.\w*consumer", r"streamarn", r"", "data", "reads"),
    (r"logs\.(?:subscriptionfilter|destination)", r"(?:destination|target)arn", r"", "data", "streams logs to"),
    (r"dynamodb\.\w+", r".*kinesis.*|streamarn", r"kinesis\.stream", "data", "streams changes to"),
    (r"dynamodb\.\w+", r".*replica.*|globaltablearn", r"dynamodb\.\w*table", "data", "replicates to"),
    (r"kinesisanalytics\w*\.\w+", r".*input.*", r"kinesis.*", "data", "<delivers to"),
    (r"kinesisanalytics\w*\.\w+", r".*output.*", r"", "data", "delivers to"),
    (r"iot\.topicrule", r"", r"(?!iam\.|kms\.).*", "data", "sends to"),
    # Alarms and monitoring.
    (r"cloudwatch\.\w*alarm", r".*(?:alarm|ok|insufficientdata)\w*actions?.*", r"autoscaling\..*|applicationautoscaling\..*|ecs\..*", "data", "scales"),
    (r"cloudwatch\.\w*alarm", r".*actions?.*", r"sns\..*|lambda\..*|ssm.*", "data", "notifies"),
    (r"cloudwatch\.\w*alarm", r".*dimensions.*|metric.*|alarmrule|alarmname|alarmdescription|loggroup.*", r"", "uses", "watches"),
    (r"cloudwatch\.dashboard", "", "", "uses", "shows"),
    (r"(?:budgets|ce|backup|codedeploy|rds|codestarnotifications|ssmincidents|autoscaling|elasticache)\.\w+", "", r"sns\.topic", "data", "notifies"),
    # Databases.
    (r"rds\.dbproxy\w*", r".*(?:instance|cluster)identifiers?", r"rds\..*", "network", "connects to"),
    (r"rds\.(?:dbinstance|dbcluster|clusterinstance)", r"(?:replicatesource|sourcedb|replicationsource|sourceregion)\w*", r"rds\..*", "data", "<replicates to"),
    (r"(?:rds|docdb|neptune)\.\w+", r"globalcluster\w*", r"\w+\.globalcluster", "uses", "is a member of"),
    (r"(?:rds|docdb|neptune)\.globalcluster", r"source\w*", r"", "uses", "is made from"),
    (r"(?:rds|docdb|neptune)\.(?:dbinstance|clusterinstance)", r"(?:db)?clusteridentifier", r"", "uses", "is a member of"),
    (r"(?:rds|docdb|neptune)\.\w+", r".*(?:snapshot|sourcedb)\w*identifier", r"", "data", "is restored from"),
    (r"elasticache\.\w+", r".*(?:primary)?replicationgroupid", r"elasticache\.(?:global)?replicationgroup", "uses", "is a member of"),
    (r"dms\.replicationtask", r"sourceendpointarn", "", "data", "reads"),
    (r"dms\.replicationtask", r"targetendpointarn", "", "data", "writes"),
    (r"dms\.replicationtask", r"replicationinstancearn", "", "uses", "runs on"),
    (r"dms\.endpoint", "", r"(?:rds|s3|dynamodb|redshift|kinesis|docdb|msk)\..*", "network", "connects to"),
    # Backups.
    (r"backup\.\w+", r".*vault\w*", r"backup\.\w*vault", "data", "stores backups in"),
    (r"backup\.backupselection", r".*resources.*", r"", "data", "backs up"),
    # Containers.
    (r"ecs\.\w+|batch\.jobdefinition|apprunner\.service|codebuild\.project|sagemaker\.model", r"", r"ecr\w*\.repository", "data", "pulls images from"),
    (r"ecs\.\w*taskdefinition", r".*(?:volume).*", r"efs\..*|fsx\..*", "data", "reads and writes"),
    (r"ecs\.\w+|batch\.jobdefinition", r".*secrets?.*", r"secretsmanager\..*|ssm\.parameter", "identity", "reads secret"),
    (r"ecs\.\w*taskdefinition", r"containerdefinitions.*", r"logs\.loggroup", "data", "writes logs to"),
    (r"ecs\.\w+", r".*capacityprovider.*", r"ecs\.capacityprovider", "uses", "runs in"),
    (r"ecs\.capacityprovider", r"autoscaling.*", r"autoscaling\..*", "uses", "runs in"),
    (r"ecs\.service", r"taskdefinition", r"ecs\..*", "uses", "runs"),
    (r"ecs\.service", r"cluster", r"ecs\.cluster", "uses", "runs in"),
    (r"ecs\.service", r"serviceregistries.*|serviceconnect.*", r"servicediscovery\..*", "network", "registers with"),
    (r"eks\.nodegroup|eks\.fargateprofile", r"clustername", r"", "network", "joins"),
    (r"ec2\.\w*instance|autoscaling\.\w+|ec2\.launchtemplate", r".*(?:userdata|tags).*", r"eks\.cluster|ecs\.cluster", "network", "joins"),
    (r"batch\.jobqueue", r"comput.*", r"", "uses", "runs in"),
    # Networks.
    (r"ec2\.(?:route|routetable|defaultroutetable|subnet\w*)", "", rf"{_GATEWAY}|ec2\.(?:vpcendpoint|networkinterface|instance)", "network", "routes to"),
    (r"ec2\.vpcendpoint\w*", r"routetableids?", r"ec2\.\w*routetable", "network", "<routes to"),
    (r"ec2\.transitgateway\w*attachment|networkmanager\.\w*attachment", r"", r"ec2\.transitgateway|networkmanager\.\w+", "network", "connects to"),
    (r"ec2\.vpnconnection", r"", r"ec2\.(?:vpngateway|customergateway|transitgateway)", "network", "connects to"),
    (r"", r".*launch(?:template|configuration).*", r"ec2\.launchtemplate|autoscaling\.launchconfiguration", "uses", "starts from"),
    (r"ec2\.volumeattachment", r"volumeid", r"ec2\.volume", "data", "reads and writes"),
    (r"ec2\.flowlog", "", r"logs\..*|s3\.bucket|kinesisfirehose\..*", "data", "writes flow logs to"),
    (r"apigateway(?:v2)?\.vpclink", r"target.*", _ELB, "network", "forwards to"),
    (r"ec2\.vpcendpointservice", r".*loadbalancer.*", _ELB, "network", "forwards to"),
    # Delivery pipelines.
    (r"codepipeline\.pipeline", r".*artifactstore.*", r"s3\.bucket", "data", "stores artifacts in"),
    (r"codepipeline\.pipeline", r".*stage.*", r"(?:codebuild|codedeploy|cloudformation|ecs|lambda|s3|elasticbeanstalk)\..*", "data", "runs"),
    (r"codepipeline\.pipeline|codebuild\.project", r".*(?:source|stage).*", r"(?:codestarconnections|codeconnections|codecommit|ecr)\..*", "data", "<delivers source to"),
    (r"codebuild\.\w+", r".*(?:artifact|cache).*", r"s3\.bucket", "data", "stores artifacts in"),
    (r"codedeploy\.deploymentgroup", "", r"(?:lambda|autoscaling|ecs|ec2)\..*", "data", "deploys to"),
    (r"codedeploy\.\w+", "", _ELB, "uses", "shifts traffic of"),
    (r"codedeploy\.\w+", "", r"cloudwatch\.\w*alarm", "uses", "rolls back on"),
    # Configuration of other services.
    (r"cognito\.userpool", r".*lambda.*", r"lambda\..*", "data", "invokes"),
    (r"secretsmanager\.\w+", r".*(?:rotation\w*lambda|lambda).*", r"lambda\..*", "data", "is rotated by"),
    (r"secretsmanager\.\w+", r"targetid", r"", "uses", "is for"),
    (r"secretsmanager\.\w+", "", _STORE, "uses", "is for"),
    (r"cloudtrail\.\w+", r"s3bucketname", r"s3\.bucket", "data", "writes logs to"),
    (r"config\.\w+", "", r"s3\.bucket|sns\.topic", "data", "delivers to"),
    (r"athena\.workgroup", "", r"s3\.bucket", "data", "writes results to"),
    (r"glue\.trigger", r"actions.*", r"glue\..*", "data", "starts"),
    (r"glue\.trigger", r"predicate.*", r"glue\..*", "uses", "waits for"),
    (r"glue\.crawler", r".*(?:target|path).*", r"(?!iam\.|kms\.).*", "data", "reads"),
    (r"glue\.(?:crawler|job)", "", r"s3\.bucket", "data", "reads"),
    (r"transfer\.\w+", "", r"s3\.bucket|efs\..*", "data", "reads and writes"),
    # Arguments that mean the same for all services.
    (r"\w+\.\w*policy\w*|s3\.bucket\w*|kms\.key", r".*policy.*", r"iam\.(?:role|user)", "identity", "?<may use"),
    (r"\w+\.\w*policy\w*", r".*policy.*", r"(?!iam\.).*", "uses", "names in its policy"),
    (r"iam\..*", r"(?!.*(?:document|statement)).*", r"iam\.managedpolicy", "identity", "has policy"),
    (r"eks\.access\w+", "", r"iam\..*", "identity", "<may use"),
    (r"iam\.\w*policy", r"roles?|users?|groups?", r"iam\.\w+", "identity", "<has policy"),
    (r"ssm\.parameter", r"value", "", "uses", "holds a value of"),
    (r"iam\.role", r"assumerolepolicy.*", r"iam\.(?:role|user)", "identity", "<assumes"),
    (r"iam\.role", r"assumerolepolicy.*", r"", "identity", "trusts"),
    (r"(?!iam\.).*", r"(?!.*(?:policy|tags)).*", r"iam\.(?:role|instanceprofile)", "identity", "assumes"),
    (r"", r".*(?:kms|encrypt|masterkey|cmk|sse|key)\w*.*", r"kms\..*", "identity", "encrypts with"),
    (r"", r".*certificate.*", r"certificatemanager\..*|iam\.servercertificate|acmpca\..*", "identity", "presents certificate"),
    (r"", r".*(?:environment|containerdefinitions|userdata).*", r"secretsmanager\.secret|ssm\.parameter", "identity", "?reads secret"),
    (r"", r".*(?:environment|userdata).*", _STORE, "data", "?is configured with"),
    (r"(?!iam\.).*", r"(?!.*name$).*", r"secretsmanager\.secret", "identity", "reads secret"),
    (r"(?!logs\.|iam\.).*", r".*log.*", r"logs\.loggroup", "data", "writes logs to"),
    (r"(?!s3\.|iam\.).*", r".*log.*", r"s3\.bucket", "data", "writes logs to"),
    (r"(?!logs\.|iam\.).*", r".*log.*", r"kinesisfirehose\..*", "data", "writes logs to"),
    (r"ecs\.\w*taskdefinition", r"containerdefinitions.*", _STORE, "data", "?is configured with"),
    (r"", r".*(?:notification|topic|sns).*", r"sns\.topic", "data", "notifies"),
    (r"ec2\.securitygroupegress|ec2\.\w*securitygroup", r".*egress.*|destination\w*|referencedsecuritygroupid", r"ec2\.\w*securitygroup", "network", "?may connect to"),
    (r"ec2\.\w*securitygroup\w*", "", r"ec2\.\w*securitygroup", "network", "?<may connect to"),
    (r"", r".*securitygroup.*", r"ec2\.\w*securitygroup", "uses", "is in security group"),
)  # fmt: skip


class Flow(NamedTuple):
    """What a row says: `turned` if the edge goes from the resource that is named."""

    kind: EdgeKind
    label: str
    turned: bool = False
    inferred: bool = False


_TABLE: Final = tuple(
    (
        re.compile(source or ".*"),
        re.compile(path or ".*"),
        re.compile(target or ".*"),
        Flow(kind, label.lstrip("?<"), "<" in label, "?" in label),
    )
    for source, path, target, kind, label in _ROWS
)
_OTHER: Final = Flow("uses", "uses")


@cache
def flow_of(source: str, path: str, target: str) -> Flow:
    """What it means that a resource of kind `source` names one of kind `target` in the argument `path`."""
    for by_source, by_path, by_target, flow in _TABLE:
        if by_source.fullmatch(source) and by_target.fullmatch(target) and by_path.fullmatch(path):
            return flow
    return _OTHER
