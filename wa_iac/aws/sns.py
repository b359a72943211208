"""Amazon SNS."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key


class Topic(Resource, cfn="AWS::SNS::Topic", tf="aws_sns_topic", cfn_key="TopicName", tf_key="name"):
    """A topic."""

    name: Annotated[Value[str], Cfn("TopicName"), Tf("name")]
    # Without a key, messages at rest are not encrypted with KMS. `alias/aws/sns` is the AWS managed key.
    key_id: Annotated[Value[str], Cfn("KmsMasterKeyId"), Tf("kms_master_key_id")]
    key: Annotated[Link[Key], Cfn("KmsMasterKeyId"), Tf("kms_master_key_id")]
    fifo: Annotated[Value[bool], Cfn("FifoTopic"), Tf("fifo_topic"), Default(False)]
    policy: Annotated[Value[EmbeddedDocument], Tf("policy")]
    policies: Annotated[Link["TopicPolicy"], Back("topics", one=True)]
    subscriptions: Annotated[Link["Subscription"], Back("topic")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class TopicPolicy(Resource, cfn=("AWS::SNS::TopicPolicy", "AWS::SNS::TopicInlinePolicy"), tf="aws_sns_topic_policy"):
    """The policy of one topic, or of several."""

    topics: Annotated[Link[Topic], Cfn("Topics[]"), Cfn("TopicArn"), Tf("arn")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]


class Subscription(Resource, cfn="AWS::SNS::Subscription", tf="aws_sns_topic_subscription"):
    """A subscription in a resource of its own."""

    topic: Annotated[Link[Topic], Cfn("TopicArn"), Tf("topic_arn")]
    protocol: Annotated[Value[str], Cfn("Protocol"), Tf("protocol")]
    endpoint: Annotated[Value[str], Cfn("Endpoint"), Tf("endpoint")]
    redrive_policy: Annotated[Value[EmbeddedDocument], Cfn("RedrivePolicy"), Tf("redrive_policy")]
