"""Amazon SQS."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key


class Queue(Resource, cfn="AWS::SQS::Queue", tf="aws_sqs_queue", cfn_key="QueueName", tf_key="name"):
    """A queue, with Terraform's separate redrive policies folded in."""

    name: Annotated[Value[str], Cfn("QueueName"), Tf("name")]
    # SQS has encrypted new queues with its own keys since October 2022, unless that is turned off.
    managed_encryption: Annotated[Value[bool], Cfn("SqsManagedSseEnabled"), Tf("sqs_managed_sse_enabled"), Default(True)]
    key_id: Annotated[Value[str], Cfn("KmsMasterKeyId"), Tf("kms_master_key_id")]
    key: Annotated[Link[Key], Cfn("KmsMasterKeyId"), Tf("kms_master_key_id")]
    fifo: Annotated[Value[bool], Cfn("FifoQueue"), Tf("fifo_queue"), Default(False)]
    visibility_timeout: Annotated[Value[int], Cfn("VisibilityTimeout"), Tf("visibility_timeout_seconds"), Default(30)]
    receive_wait: Annotated[Value[int], Cfn("ReceiveMessageWaitTimeSeconds"), Tf("receive_wait_time_seconds"), Default(0)]
    retention: Annotated[Value[int], Cfn("MessageRetentionPeriod"), Tf("message_retention_seconds"), Default(345600)]
    redrive_policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("RedrivePolicy"),
        Tf("redrive_policy", of="aws_sqs_queue_redrive_policy", by="queue_url"),
        Tf("redrive_policy"),
    ]
    # In Terraform the whole policy is one JSON string. The queue that it refers to is the dead-letter queue.
    dead_letter_queue: Annotated[
        Link["Queue"],
        Cfn("RedrivePolicy.deadLetterTargetArn"),
        Tf("redrive_policy", of="aws_sqs_queue_redrive_policy", by="queue_url"),
        Tf("redrive_policy"),
    ]
    # The queues that may use this one as their dead-letter queue.
    redrive_allow_policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("RedriveAllowPolicy"),
        Tf("redrive_allow_policy", of="aws_sqs_queue_redrive_allow_policy", by="queue_url"),
        Tf("redrive_allow_policy"),
    ]
    redrive_sources: Annotated[Link["Queue"], Back("dead_letter_queue")]
    policy: Annotated[Value[EmbeddedDocument], Tf("policy")]
    policies: Annotated[Link["QueuePolicy"], Back("queues", one=True)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class QueuePolicy(Resource, cfn=("AWS::SQS::QueuePolicy", "AWS::SQS::QueueInlinePolicy"), tf="aws_sqs_queue_policy"):
    """The policy of one queue, or of several."""

    queues: Annotated[Link[Queue], Cfn("Queues[]"), Cfn("Queue"), Tf("queue_url")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]
