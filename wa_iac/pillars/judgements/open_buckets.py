"""What to write instead of a statement that opens a bucket to everyone: it depends on who reads or writes there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wa_iac.aws.s3 import Bucket
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Remedy
from wa_iac.core.value import Absent, Known
from wa_iac.pillars.judgements.redirects import HOLDS_NOTHING, REDIRECT


def _for_service(principal: str, decision: str) -> Remedy:
    """The remedy for a bucket into which a service of AWS writes."""
    tf = f'principals {{\n  type        = "Service"\n  identifiers = ["{principal}"]\n}}'
    return Remedy(cfn=f"Principal:\n  Service: {principal}", tf=tf, decision=decision)


ORIGIN_ACCESS_CONTROL = Remedy(
    cfn="Principal:\n  Service: cloudfront.amazonaws.com\nCondition:\n  StringEquals:\n"
    "    AWS:SourceArn: !Sub arn:aws:cloudfront::${AWS::AccountId}:distribution/<the distribution>",
    tf='principals {\n  type        = "Service"\n  identifiers = ["cloudfront.amazonaws.com"]\n}\ncondition {\n'
    '  test     = "StringEquals"\n  variable = "AWS:SourceArn"\n  values   = [<the distribution>.arn]\n}',
    decision="Let CloudFront read the bucket's own endpoint with origin access control, and allow only that distribution. A website's "
    "endpoint cannot do this: first make the bucket's own endpoint the origin, with the distribution's default root object, its error page for 403 "
    "(S3 then gives no 404), and a CloudFront function for index documents in folders.",
)
_ROUTED: Final = "Nor does the bucket's own endpoint know its routing rules: for those at an error, give the distribution an origin group, and for others a function."
OF_PUBLISHED: Final = Remedy(
    decision="If the objects are for everyone, serve them with CloudFront: let it read the bucket's own endpoint with origin access "
    "control, and allow only that distribution. If not, name the principals who need them. Readers of the bucket's own address lose access: "
    "first lead them to the distribution.",
)
NAMED_PRINCIPALS: Final = Remedy(
    cfn="Principal:\n  AWS: !Sub arn:aws:iam::${AWS::AccountId}:role/<who needs it>",
    tf='principals {\n  type        = "AWS"\n  identifiers = [<who needs it>.arn]\n}',
    decision="Name the principals who need this: all others lose access.",
)
BY_CLOUDFRONT_OR_NAMED: Final = Remedy(
    decision="If a CloudFront distribution reads the bucket, or the objects are for everyone, give the distribution origin access control, and name "
    "cloudfront.amazonaws.com here, for that distribution only (AWS:SourceArn). If not, name the principals who need the objects. All others lose access.",
)
_CHALLENGES: Final = Remedy(
    decision="Keep nothing else in this bucket, and suppress this with that as the reason. AWS Certificate Manager needs no such bucket: it "
    "validates by a DNS record."
)
_PAYING: Final = Remedy(
    decision="If this is meant, suppress it with the reason. If only some accounts need the objects, name them as principals."
)
_OF_ANOTHER: Final = Remedy(
    decision="Let the other network sign its requests to S3 with credentials of its own, and allow only these. Or allow only its published "
    "addresses (aws:SourceIp). If everyone may read the objects from S3 too, suppress this with that as the reason."
)
_MEANT: Final = Remedy(
    decision="If this is meant, put CloudFront in front of the bucket: let it read the bucket's own endpoint with origin access control, "
    "and allow only that distribution. Readers of the bucket's own address then lose access: first lead them to it. Or suppress this with the reason. If "
    "it is not meant, name the principals who need the objects.",
)
FOR_DEPLOYMENTS: Final = Remedy(
    cfn="Condition:\n  StringEquals:\n    aws:PrincipalOrgID: <the organization's id>",
    tf='condition {\n  test     = "StringEquals"\n  variable = "aws:PrincipalOrgID"\n  values   = ["<the organization\'s id>"]\n}',
    decision="Lambda and CloudFormation fetch code with the permissions of those who deploy it. If all of them are in your organization, limit the "
    "statement to it. If strangers deploy it too, suppress this with that as the reason.",
)
_FOR_LOGS: Final = _for_service(
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "A load balancer writes its logs here as this service. Name others who write here too: they lose access otherwise.",
)
FOR_WRITERS: Final = Remedy(
    decision="Name who writes here: all others lose access. If a service of AWS delivers its logs here, name the service instead, such as "
    "logdelivery.elasticloadbalancing.amazonaws.com for an Application Load Balancer.",
)
_FOR_NETWORK_LOGS: Final = _for_service(
    "delivery.logs.amazonaws.com",
    "A Network Load Balancer writes its logs here as this service, which also has to read the ACL of the bucket: allow it s3:GetBucketAcl on the "
    "bucket itself in another statement. Name others who write here too: they lose access otherwise.",
)
_ALSO_NETWORK: Final = (
    "For the Network Load Balancer, name delivery.logs.amazonaws.com too, and allow it s3:GetBucketAcl on the bucket."
)
_KIND: Final = ("Type", "load_balancer_type", "type")
LOAD_BALANCERS: Final = frozenset(
    and_awscc(
        *(
            "AWS::ElasticLoadBalancing::LoadBalancer",
            "aws_elb",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "aws_lb",
            "aws_alb",
        )
    )
)
NO_LIST: Final = Remedy(
    decision="Remove the statement: reading an object by its name does not need it, but one that is not there gives 403 then instead of 404. If the list is meant for everyone, suppress this with that as "
    "the reason."
)
_AT_ENDPOINT: Final = replace(
    ORIGIN_ACCESS_CONTROL,
    decision="First give the origin of the distribution an origin access control, with which CloudFront signs its requests, and then allow only that "
    "distribution here.",
)


def for_logs(buckets: Sequence[Bucket], graph: Graph) -> Remedy:
    """The remedy for the bucket of load balancers. A network one is another service to S3 ("Access logs for your Network Load Balancer", Elastic
    Load Balancing)."""
    balancers = [balancer for each in buckets for balancer in graph.referring(each, LOAD_BALANCERS)]
    network = [any(value_at(each.body, name) == Known("network") for name in _KIND) for each in balancers]
    if network and all(network):
        return _FOR_NETWORK_LOGS
    return replace(_FOR_LOGS, decision=f"{_FOR_LOGS.decision} {_ALSO_NETWORK}") if any(network) else _FOR_LOGS


def of_distribution(buckets: Sequence[Bucket], graph: Graph) -> Remedy:
    """The remedy for a bucket that CloudFront serves: from a website's endpoint, more has to change."""
    from wa_iac.knowledge.websites import fetched_from_endpoint

    if all(fetched_from_endpoint(each, graph) for each in buckets):
        return _AT_ENDPOINT
    if any(site.routing or not isinstance(site.routing_text, Absent) for each in buckets for site in each.website):
        return replace(ORIGIN_ACCESS_CONTROL, decision=f"{ORIGIN_ACCESS_CONTROL.decision} {_ROUTED}")
    return ORIGIN_ACCESS_CONTROL


def of_design(*, paying: bool, elsewhere: bool, of_code: bool) -> tuple[Remedy, str]:
    """The remedy for objects that are for everyone, and what there is to say."""
    if paying:
        return _PAYING, " They have to sign in to an AWS account, since the requester pays."
    if elsewhere:
        return _OF_ANOTHER, " Another content delivery network serves them, and anyone can pass it by."
    return (FOR_DEPLOYMENTS if of_code else _MEANT), ""


def of_nothing(buckets: Sequence[Bucket]) -> tuple[Remedy, str]:
    """The same for a bucket without anything to hide."""
    if any(each.only_redirects() for each in buckets):
        return REDIRECT, f" {HOLDS_NOTHING}"
    return (
        _CHALLENGES,
        " These seem to be the challenges of a certificate authority, which has to read them without signing in.",
    )
