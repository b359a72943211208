"""The permissions of connectors, from the page "AWS SAM connector reference" of the AWS SAM Developer Guide."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from wa_iac.parsers.cloudformation.sam.nodes import Made

from .grants import sections, statement

# From which types, to which: a policy of the role of the sources, or of the destinations. Then what the permissions mean: see
# `grants`.
_ROLES: Final = """
DynamoDB::Table > Lambda::Function of the destination
  Read dynamodb ${Source.Arn}/stream/* = DescribeStream GetRecords GetShardIterator ListStreams
SQS::Queue > Lambda::Function of the destination
  Read sqs ${Source.Arn} = ReceiveMessage GetQueueAttributes
  Write sqs ${Source.Arn} = DeleteMessage
Events::Rule > StepFunctions::StateMachine of the source
  Write states ${Destination.Arn} = StartExecution
Events::Rule Lambda::Function StepFunctions::StateMachine AppSync::DataSource > Events::EventBus of the source
  Write events ${Destination.Arn} = PutEvents
Lambda::Function StepFunctions::StateMachine > Lambda::Function of the source
  Write lambda ${Destination.Arn} = InvokeAsync InvokeFunction
AppSync::DataSource > Lambda::Function of the source
  Write lambda ${Destination.Arn} ${Destination.Arn}:* = InvokeAsync InvokeFunction
Lambda::Function StepFunctions::StateMachine > S3::Bucket of the source
  Read s3 ${Destination.Arn} ${Destination.Arn}/* = GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention
    GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket
    ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts
  Write s3 ${Destination.Arn} ${Destination.Arn}/* = AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject
    PutObjectLegalHold PutObjectRetention RestoreObject
Lambda::Function StepFunctions::StateMachine AppSync::DataSource > DynamoDB::Table of the source
  Read dynamodb ${Destination.Arn} ${Destination.Arn}/index/* = GetItem Query Scan BatchGetItem ConditionCheckItem
    PartiQLSelect
  Write dynamodb ${Destination.Arn} ${Destination.Arn}/index/* = PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete
    PartiQLInsert PartiQLUpdate
Lambda::Function > SQS::Queue of the source
  Read sqs ${Destination.Arn} = ReceiveMessage GetQueueAttributes
  Write sqs ${Destination.Arn} = DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue
StepFunctions::StateMachine > SQS::Queue of the source
  Write sqs ${Destination.Arn} = SendMessage
Lambda::Function StepFunctions::StateMachine > SNS::Topic of the source
  Write sns ${Destination.Arn} = Publish
Lambda::Function > StepFunctions::StateMachine of the source
  Read states ${Destination.Arn} = DescribeStateMachine ListExecutions
  Read states execution:${Destination.Name}:* = DescribeExecution DescribeStateMachineForExecution GetExecutionHistory
  Write states ${Destination.Arn} = StartExecution StartSyncExecution
  Write states execution:${Destination.Name}:* = StopExecution
StepFunctions::StateMachine > StepFunctions::StateMachine of the source
  Read states execution:${Destination.Name}:* = DescribeExecution
  Read events rule/StepFunctionsGetEventsForStepFunctionsExecutionRule = DescribeRule
  Write states ${Destination.Arn} = StartExecution
  Write states execution:${Destination.Name}:* = StopExecution
  Write events rule/StepFunctionsGetEventsForStepFunctionsExecutionRule = PutTargets PutRule
Lambda::Function > Location::PlaceIndex of the source
  Read geo ${Destination.Arn} = DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions
    SearchPlaceIndexForText
"""

_API: Final = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Source.Id}/${Source.Qualifier}"
# The caller and its source ARN, by the source's type, for the permission of a function.
_CALLERS: Final[dict[str, tuple[str, str]]] = {
    "ApiGateway::RestApi": ("apigateway", _API),
    "ApiGatewayV2::Api": ("apigateway", _API),
    "AppSync::GraphQLApi": ("appsync", "arn:${AWS::Partition}:appsync:${AWS::Region}:${AWS::AccountId}:apis/${Source.Id}"),
    "Events::Rule": ("events", "${Source.Arn}"),
    "S3::Bucket": ("s3", "${Source.Arn}"),
    "SNS::Topic": ("sns", "${Source.Arn}"),
}
# The sender to a queue or a topic, whose own policy allows it.
_SENDERS: Final = {
    ("Events::Rule", "SNS::Topic"): ("events", "sns:Publish"),
    ("Events::Rule", "SQS::Queue"): ("events", "sqs:SendMessage"),
    ("SNS::Topic", "SQS::Queue"): ("sns", "sqs:SendMessage"),
}


class Connection(NamedTuple):
    """How a connector gives its permissions.

    Attributes:
        means: `source` or `destination`, whose role gets a policy; else the type of the resource for the destination.
        grants: by `Read` and `Write`, statements, or the properties of permissions; `${Source.Arn}` and the like are
            placeholders.
    """

    means: str
    grants: dict[str, list[dict[str, Made]]]


@cache
def connections() -> dict[tuple[str, str], Connection]:
    """By the types of source and destination, without `AWS::`."""
    found: dict[tuple[str, str], Connection] = {}
    for heading, lines in sections(_ROLES).items():
        ends, _, means = heading.rpartition(" of the ")
        sources, _, destination = ends.partition(" > ")
        grants: dict[str, list[dict[str, Made]]] = {}
        for line in lines:
            permission, _, granted = line.partition(" ")
            grants.setdefault(permission, []).append(statement(granted))
        found |= {(source, destination): Connection(means, grants) for source in sources.split()}
    for source, (service, place) in _CALLERS.items():
        called: dict[str, Made] = {
            "Action": "lambda:InvokeFunction",
            "Principal": f"{service}.amazonaws.com",
            "SourceArn": place,
        }
        if service == "s3":
            called["SourceAccount"] = "${AWS::AccountId}"
        found[source, "Lambda::Function"] = Connection("AWS::Lambda::Permission", {"Write": [called]})
    for (source, destination), (service, action) in _SENDERS.items():
        allowed: dict[str, Made] = {
            "Effect": "Allow",
            "Principal": {"Service": f"{service}.amazonaws.com"},
            "Action": action,
            "Resource": "${Destination.Arn}",
            "Condition": {"ArnEquals": {"aws:SourceArn": "${Source.Arn}"}},
        }
        found[source, destination] = Connection(f"AWS::{destination}Policy", {"Write": [allowed]})
    return found
