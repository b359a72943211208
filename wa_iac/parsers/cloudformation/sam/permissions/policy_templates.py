"""SAM's policy templates, as the page "Policy template list" of the AWS SAM Developer Guide documents them."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from wa_iac.parsers.cloudformation.sam.nodes import Made

from .grants import sections, statement

# The name and its parameters, then its statements: see `grants`.
_TEMPLATES: Final = """
AMIDescribePolicy
  ec2 * = DescribeImages
AWSSecretsManagerGetSecretValuePolicy SecretArn
  secretsmanager ${SecretArn} = GetSecretValue
AWSSecretsManagerRotationPolicy FunctionName
  secretsmanager secret:* = DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage
    if secretsmanager:resource/AllowRotationLambdaArn = lambda function:${FunctionName}
  secretsmanager * = GetRandomPassword
AcmGetCertificatePolicy CertificateArn
  acm ${CertificateArn} = GetCertificate
AthenaQueryPolicy WorkGroupName
  athena * = ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces GetTables GetTable
  athena workgroup/${WorkGroupName} = StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions
    StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution BatchGetNamedQuery
    BatchGetQueryExecution GetWorkGroup
CloudFormationDescribeStacksPolicy
  cloudformation stack/* = DescribeStacks
CloudWatchDashboardPolicy
  cloudwatch * = GetDashboard ListDashboards PutDashboard ListMetrics
CloudWatchDescribeAlarmHistoryPolicy
  cloudwatch * = DescribeAlarmHistory
CloudWatchPutMetricPolicy
  cloudwatch * = PutMetricData
CodeCommitCrudPolicy RepositoryName
  codecommit ${RepositoryName} = GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches MergeBranchesByFastForward
    MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch BatchDescribeMergeConflicts CreateUnreferencedMergeCommit
    DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests CreatePullRequest DescribePullRequestEvents
    GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests
    MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest
    UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile GetBlob GetFile GetFolder PutFile
    DeleteCommentContent GetComment GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply UpdateComment
    BatchGetCommits CreateCommit GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree
    GetRepository UpdateRepositoryDescription ListTagsForResource TagResource UntagResource GetRepositoryTriggers
    PutRepositoryTriggers TestRepositoryTriggers UploadArchive GetUploadArchiveStatus CancelUploadArchive
CodeCommitReadPolicy RepositoryName
  codecommit ${RepositoryName} = GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts
    GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest
    GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment
    GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences
    GetTree GetRepository ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetUploadArchiveStatus
CodePipelineLambdaExecutionPolicy
  codepipeline * = PutJobSuccessResult PutJobFailureResult
CodePipelineReadOnlyPolicy PipelineName
  codepipeline ${PipelineName} = ListPipelineExecutions
ComprehendBasicAccessPolicy
  comprehend * = BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases
    DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment
CostExplorerReadOnlyPolicy
  ce * = GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation
    GetReservationUtilization GetTags
DynamoDBBackupFullAccessPolicy TableName
  dynamodb table/${TableName} = CreateBackup DescribeContinuousBackups
  dynamodb table/${TableName}/backup/* = DeleteBackup DescribeBackup ListBackups
DynamoDBCrudPolicy TableName
  dynamodb table/${TableName} table/${TableName}/index/* = GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem
    BatchGetItem DescribeTable ConditionCheckItem
DynamoDBReadPolicy TableName
  dynamodb table/${TableName} table/${TableName}/index/* = GetItem Scan Query BatchGetItem DescribeTable
DynamoDBReconfigurePolicy TableName
  dynamodb table/${TableName} = UpdateTable
DynamoDBRestoreFromBackupPolicy TableName
  dynamodb table/${TableName}/backup/* = RestoreTableFromBackup
  dynamodb table/${TableName} = PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem
DynamoDBStreamReadPolicy TableName StreamName
  dynamodb table/${TableName}/stream/${StreamName} = DescribeStream GetRecords GetShardIterator
  dynamodb table/${TableName}/stream/* = ListStreams
DynamoDBWritePolicy TableName
  dynamodb table/${TableName} table/${TableName}/index/* = PutItem UpdateItem BatchWriteItem
EC2CopyImagePolicy ImageId
  ec2 image/${ImageId} = CopyImage
EC2DescribePolicy
  ec2 * = DescribeRegions DescribeInstances
EFSWriteAccessPolicy FileSystem AccessPoint
  elasticfilesystem file-system/${FileSystem} = ClientMount ClientWrite
    if elasticfilesystem:AccessPointArn = elasticfilesystem access-point/${AccessPoint}
EKSDescribePolicy
  eks * = DescribeCluster ListClusters
EcsRunTaskPolicy TaskDefinition
  ecs task-definition/${TaskDefinition} = RunTask
ElasticMapReduceAddJobFlowStepsPolicy ClusterId
  elasticmapreduce cluster/${ClusterId} = AddJobFlowSteps
ElasticMapReduceCancelStepsPolicy ClusterId
  elasticmapreduce cluster/${ClusterId} = CancelSteps
ElasticMapReduceModifyInstanceFleetPolicy ClusterId
  elasticmapreduce cluster/${ClusterId} = ModifyInstanceFleet ListInstanceFleets
ElasticMapReduceModifyInstanceGroupsPolicy ClusterId
  elasticmapreduce cluster/${ClusterId} = ModifyInstanceGroups ListInstanceGroups
ElasticMapReduceSetTerminationProtectionPolicy ClusterId
  elasticmapreduce cluster/${ClusterId} = SetTerminationProtection
ElasticMapReduceTerminateJobFlowsPolicy ClusterId
  elasticmapreduce cluster/${ClusterId} = TerminateJobFlows
ElasticsearchHttpPostPolicy DomainName
  es domain/${DomainName}/* = ESHttpPost ESHttpPut
EventBridgePutEventsPolicy EventBusName
  events event-bus/${EventBusName} = PutEvents
FilterLogEventsPolicy LogGroupName
  logs log-group:${LogGroupName}:log-stream:* = FilterLogEvents
FirehoseCrudPolicy DeliveryStreamName
  firehose deliverystream/${DeliveryStreamName} = CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord
    PutRecordBatch UpdateDestination
FirehoseWritePolicy DeliveryStreamName
  firehose deliverystream/${DeliveryStreamName} = PutRecord PutRecordBatch
KMSDecryptPolicy KeyId
  kms key/${KeyId} = Decrypt
KMSEncryptPolicy KeyId
  kms key/${KeyId} = Encrypt
KinesisCrudPolicy StreamName
  kinesis stream/${StreamName} = AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream
    DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords
    SplitShard RemoveTagsFromStream
KinesisStreamReadPolicy StreamName
  kinesis stream/* = ListStreams DescribeLimits
  kinesis stream/${StreamName} = DescribeStream DescribeStreamSummary GetRecords GetShardIterator
LambdaInvokePolicy FunctionName
  lambda function:${FunctionName}* = InvokeFunction
MobileAnalyticsWriteOnlyAccessPolicy
  mobileanalytics * = PutEvents
OrganizationsListAccountsPolicy
  organizations * = ListAccounts
PinpointEndpointAccessPolicy PinpointApplicationId
  mobiletargeting apps/${PinpointApplicationId}/endpoints/* = GetEndpoint UpdateEndpoint UpdateEndpointsBatch
PollyFullAccessPolicy LexiconName
  polly lexicon/${LexiconName} = GetLexicon DeleteLexicon
  polly lexicon/* = DescribeVoices ListLexicons PutLexicon SynthesizeSpeech
RekognitionDetectOnlyPolicy
  rekognition * = DetectFaces DetectLabels DetectModerationLabels DetectText
RekognitionFacesManagementPolicy CollectionId
  rekognition collection/${CollectionId} = IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces
RekognitionFacesPolicy
  rekognition * = CompareFaces DetectFaces
RekognitionLabelsPolicy
  rekognition * = DetectLabels DetectModerationLabels
RekognitionNoDataAccessPolicy CollectionId
  rekognition collection/${CollectionId} = CompareFaces DetectFaces DetectLabels DetectModerationLabels
RekognitionReadPolicy CollectionId
  rekognition collection/${CollectionId} = ListCollections ListFaces SearchFaces SearchFacesByImage
RekognitionWriteOnlyAccessPolicy CollectionId
  rekognition collection/${CollectionId} = CreateCollection IndexFaces
Route53ChangeResourceRecordSetsPolicy HostedZoneId
  route53 hostedzone/${HostedZoneId} = ChangeResourceRecordSets
S3CrudPolicy BucketName
  s3 ${BucketName} ${BucketName}/* = GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl
    GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject
S3FullAccessPolicy BucketName
  s3 ${BucketName}/* = GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging
    DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging
  s3 ${BucketName} = ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration
S3ReadPolicy BucketName
  s3 ${BucketName} ${BucketName}/* = GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration
S3WritePolicy BucketName
  s3 ${BucketName} ${BucketName}/* = PutObject PutObjectAcl PutLifecycleConfiguration
SESBulkTemplatedCrudPolicy IdentityName
  ses identity/${IdentityName} = GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail
    SendBulkTemplatedEmail VerifyEmailIdentity
SESCrudPolicy IdentityName
  ses identity/${IdentityName} = GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity
SESEmailTemplateCrudPolicy
  ses * = CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate
SESSendBouncePolicy IdentityName
  ses identity/${IdentityName} = SendBounce
SNSCrudPolicy TopicName
  sns ${TopicName}* = ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish
SNSPublishMessagePolicy TopicName
  sns ${TopicName} = Publish
SQSPollerPolicy QueueName
  sqs ${QueueName} = ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch
    GetQueueAttributes ReceiveMessage
SQSSendMessagePolicy QueueName
  sqs ${QueueName} = SendMessage*
SSMParameterReadPolicy ParameterName
  ssm * = DescribeParameters
  ssm parameter/${ParameterName} = GetParameters GetParameter GetParametersByPath
SSMParameterWithSlashPrefixReadPolicy ParameterName
  ssm * = DescribeParameters
  ssm parameter${ParameterName} = GetParameters GetParameter GetParametersByPath
SageMakerCreateEndpointConfigPolicy EndpointConfigName
  sagemaker endpoint-config/${EndpointConfigName} = CreateEndpointConfig
SageMakerCreateEndpointPolicy EndpointName
  sagemaker endpoint/${EndpointName} = CreateEndpoint
ServerlessRepoReadWriteAccessPolicy
  serverlessrepo applications/* = CreateApplication CreateApplicationVersion GetApplication ListApplications
    ListApplicationVersions
StepFunctionsExecutionPolicy StateMachineName
  states stateMachine:${StateMachineName} = StartExecution
TextractDetectAnalyzePolicy
  textract * = DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument
TextractGetResultPolicy
  textract * = GetDocumentTextDetection GetDocumentAnalysis
TextractPolicy
  textract * = *
VPCAccessPolicy
  ec2 * = CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface
"""


class PolicyTemplate(NamedTuple):
    """`statements` have `${Parameter}` as placeholders for parameters."""

    parameters: tuple[str, ...]
    statements: list[dict[str, Made]]


@cache
def policy_templates() -> dict[str, PolicyTemplate]:
    """All of them, by name."""
    found = {}
    for heading, lines in sections(_TEMPLATES).items():
        name, *parameters = heading.split()
        found[name] = PolicyTemplate(tuple(parameters), [statement(line) for line in lines])
    return found
