"""Names that are written out for resources that would get one otherwise."""

from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.aws.cloudformation import Holder
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Tree

_NAMES: Final[Mapping[str, str]] = {
    "AWS::CodeDeploy::DeploymentConfig": "DeploymentConfigName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::EC2::SecurityGroup": "GroupName",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "Name",
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Kinesis::Stream": "Name",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::RDS::DBInstance": "DBInstanceIdentifier",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "aws_db_instance": "identifier",
    "aws_iam_policy": "name",
    "aws_iam_role": "name",
    "aws_launch_configuration": "name",
    "aws_lb": "name",
    "aws_lb_target_group": "name",
    "aws_security_group": "name",
}
"""The argument that names a resource, by its type: those that CloudFormation, or Terraform by a prefix, names otherwise."""


def names(graph: Graph) -> Iterator[tuple[Holder, Tree]]:
    """The resources of a unit that may be named, each with what is written for its name."""
    for each in graph.declared:
        if each.kind == "resource" and each.type in _NAMES:
            yield graph.typed(each, Holder), value_at(each.body, _NAMES[each.type])


def is_literal(name: Tree) -> bool:
    """Whether a name is the same wherever its resource is made: written as it is, of nothing that is given or computed."""
    return isinstance(name, Known) and name.origin.how == "explicit" and not name.origin.references and not name.origin.chain
