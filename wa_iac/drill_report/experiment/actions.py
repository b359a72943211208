"""The actions of FIS that experiments use, and what the role needs for each.

Source: AWS FIS User Guide, "AWS FIS Actions reference" (https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html) and
"Targets for AWS FIS" (https://docs.aws.amazon.com/fis/latest/userguide/targets.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from .model import Action, Ambient, Statement, Target, Text

DURATION: Final = "PT10M"
"""How long a failure lasts."""


class Kind(NamedTuple):
    """An action of FIS.

    Attributes:
        key: what it calls its target.
        target: the type of the target.
        reads: permissions that AWS does not restrict to single resources, or that only look.
        acts: permissions on the targets themselves.
        lasts: the parameter with the length of the failure; empty if it is over at once.
    """

    key: str
    target: str
    reads: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    lasts: str = "duration"


_BY_TAG: Final = "tag:GetResources"
KINDS: Final[dict[str, Kind]] = {
    "aws:directconnect:virtual-interface-disconnect": Kind(
        "VirtualInterfaces",
        "aws:directconnect:virtual-interface",
        ("directconnect:DescribeVirtualInterfaces", "directconnect:ListVirtualInterfaceTestHistory", _BY_TAG),
        ("directconnect:StartBgpFailoverTest", "directconnect:StopBgpFailoverTest"),
    ),
    "aws:dsql:cluster-connection-failure": Kind(
        "Clusters", "aws:dsql:cluster", (_BY_TAG,), ("dsql:InjectError", "dsql:GetCluster")
    ),
    "aws:dynamodb:global-table-pause-replication": Kind(
        "Tables",
        "aws:dynamodb:global-table",
        (_BY_TAG,),
        (
            "dynamodb:DeleteResourcePolicy",
            "dynamodb:DescribeTable",
            "dynamodb:GetResourcePolicy",
            "dynamodb:InjectError",
            "dynamodb:PutResourcePolicy",
        ),
    ),
    "aws:ebs:pause-volume-io": Kind("Volumes", "aws:ec2:ebs-volume", ("ec2:DescribeVolumes", _BY_TAG), ("ec2:PauseVolumeIO",)),
    "aws:ec2:asg-insufficient-instance-capacity-error": Kind(
        "AutoScalingGroups", "aws:ec2:autoscaling-group", ("autoscaling:DescribeAutoScalingGroups", _BY_TAG)
    ),
    "aws:ec2:stop-instances": Kind(
        "Instances",
        "aws:ec2:instance",
        ("ec2:DescribeInstances",),
        ("ec2:StopInstances", "ec2:StartInstances"),
        "startInstancesAfterDuration",
    ),
    "aws:ecs:stop-task": Kind("Tasks", "aws:ecs:task", ("ecs:DescribeTasks", "ecs:ListTasks", _BY_TAG), ("ecs:StopTask",), ""),
    "aws:eks:terminate-nodegroup-instances": Kind(
        "Nodegroups", "aws:eks:nodegroup", ("ec2:DescribeInstances", _BY_TAG), ("eks:DescribeNodegroup",), ""
    ),
    "aws:elasticache:replicationgroup-interrupt-az-power": Kind(
        "ReplicationGroups",
        "aws:elasticache:replicationgroup",
        ("elasticache:DescribeReplicationGroups", _BY_TAG),
        ("elasticache:InterruptClusterAzPower",),
    ),
    "aws:kinesis:stream-provisioned-throughput-exception": Kind(
        "KinesisStreams", "aws:kinesis:stream", ("kinesis:DescribeStreamSummary",), ("kinesis:InjectApiError",)
    ),
    "aws:lambda:invocation-error": Kind("Functions", "aws:lambda:function", (_BY_TAG,), ("lambda:GetFunction",)),
    "aws:network:disrupt-connectivity": Kind(
        "Subnets",
        "aws:ec2:subnet",
        (
            "ec2:DescribeManagedPrefixLists",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "ec2:GetManagedPrefixListEntries",
        ),
    ),
    "aws:network:disrupt-vpc-endpoint": Kind(
        "VPCEndpoints",
        "aws:ec2:vpc-endpoint",
        ("ec2:DescribeVpcEndpoints", "ec2:DescribeSecurityGroups"),
        ("ec2:ModifyVpcEndpoint",),
    ),
    "aws:network:route-table-disrupt-cross-region-connectivity": Kind("Subnets", "aws:ec2:subnet"),
    "aws:rds:failover-db-cluster": Kind(
        "Clusters", "aws:rds:cluster", ("rds:DescribeDBClusters", _BY_TAG), ("rds:FailoverDBCluster",), ""
    ),
    "aws:rds:reboot-db-instances": Kind(
        "DBInstances", "aws:rds:db", ("rds:DescribeDBInstances", _BY_TAG), ("rds:RebootDBInstance",), ""
    ),
}
NETWORK_POLICY: Final[Text] = (
    *("arn:", Ambient.PARTITION),
    ":iam::aws:policy/service-role/AWSFaultInjectionSimulatorNetworkAccess",
)
"""AWS's policy for actions on networks. It restricts to what FIS itself made and tagged."""

_ALL_OF: Final = {
    "aws:ec2:instance": ("ec2", "instance/*"),
    "aws:ecs:task": ("ecs", "task/*"),
    "aws:elasticache:replicationgroup": ("elasticache", "replicationgroup:*"),
}
"""The ARNs of targets that are found by tags or parameters: the service, and the end."""
_MADE_BY_FIS: Final = "managedByFIS"


def action(name: str, id_: str, about: str, target: Target, *parameters: tuple[str, Text]) -> Action:
    """An action with its length, if it has one."""
    lasts = KINDS[id_].lasts
    return Action(name, id_, about, target, (*(((lasts, (DURATION,)),) if lasts else ()), *parameters))


def arn(service: str, end: str) -> Text:
    """The ARN of resources of the experiment's Region and account."""
    return ("arn:", Ambient.PARTITION, f":{service}:", Ambient.REGION, ":", Ambient.ACCOUNT, f":{end}")


def needed(actions: Iterable[Action]) -> tuple[Statement, ...]:
    """The statements of a role's policy that some actions need, those that only read together."""
    wanted = list(actions)
    reads = sorted({each for one in wanted for each in KINDS[one.id].reads})
    made = [Statement(tuple(reads))] if reads else []
    for each in wanted:
        made += [one for one in _acting(each) if one not in made]
    return tuple(made)


def policy_of(actions: Iterable[Action]) -> Text:
    """AWS's own policy that some actions need; empty for none."""
    crossing = "aws:network:route-table-disrupt-cross-region-connectivity"
    return NETWORK_POLICY if any(each.id == crossing for each in actions) else ()


def _acting(action: Action) -> Iterator[Statement]:
    """What an action needs to change something."""
    target, kind = action.target, KINDS[action.id]
    arns: tuple[Text, ...] = tuple((each,) for each in target.arns)
    if action.id == "aws:ec2:asg-insufficient-instance-capacity-error":
        conditions = (("StringEquals", "ec2:FisActionId", ((action.id,),)), ("ArnEquals", "ec2:FisTargetArns", arns))
        yield Statement(("ec2:InjectApiError",), (), tuple(each for each in conditions if each[2]))
    elif action.id == "aws:network:disrupt-connectivity":
        yield from _acl(arns)
    elif action.id == "aws:network:disrupt-vpc-endpoint":
        yield from _groups(kind.acts, arns)
    elif action.id == "aws:eks:terminate-nodegroup-instances":
        yield Statement(kind.acts, arns)
        names: tuple[Text, ...] = tuple((each._replace(what="name"),) for each in target.arns)
        yield Statement(
            ("ec2:TerminateInstances",),
            (arn("ec2", "instance/*"),),
            (("StringEquals", "aws:ResourceTag/eks:nodegroup-name", names),),
        )
    elif action.id == "aws:dynamodb:global-table-pause-replication":
        yield Statement(kind.acts, (*arns, *((each, "/stream/*") for each in target.arns)))
    elif kind.acts:
        tagged = tuple(("StringEquals", f"aws:ResourceTag/{key}", (value,)) for key, value in target.tags)
        yield Statement(kind.acts, arns or (arn(*_ALL_OF[target.type]),), tagged)
    if action.id == "aws:ec2:stop-instances":
        yield Statement(
            ("kms:CreateGrant",),
            (),
            (
                ("Bool", "kms:GrantIsForAWSResource", (("true",),)),
                ("StringLike", "kms:ViaService", (("ec2.*.amazonaws.com",),)),
            ),
        )


def _acl(subnets: tuple[Text, ...]) -> Iterator[Statement]:
    """A network ACL that FIS makes, and puts in the place of the subnet's own."""
    acls = arn("ec2", "network-acl/*")
    yield Statement(("ec2:CreateNetworkAcl",), (acls,), (("StringEquals", f"aws:RequestTag/{_MADE_BY_FIS}", (("true",),)),))
    yield Statement(("ec2:CreateNetworkAcl",), (arn("ec2", "vpc/*"),))
    yield Statement(("ec2:CreateTags",), (acls,), (("StringEquals", "ec2:CreateAction", (("CreateNetworkAcl",),)),))
    yield Statement(
        ("ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"),
        (acls,),
        (("StringEquals", f"ec2:ResourceTag/{_MADE_BY_FIS}", (("true",),)),),
    )
    yield Statement(("ec2:ReplaceNetworkAclAssociation",), (*subnets, acls))


def _groups(acts: tuple[str, ...], endpoints: tuple[Text, ...]) -> Iterator[Statement]:
    """A security group that FIS makes, and puts in the place of the endpoint's own."""
    groups = arn("ec2", "security-group/*")
    yield Statement(acts, (*endpoints, groups))
    yield Statement(("ec2:CreateSecurityGroup",), (groups, arn("ec2", "vpc/*")))
    yield Statement(("ec2:CreateTags",), (groups,), (("StringEquals", "ec2:CreateAction", (("CreateSecurityGroup",),)),))
    yield Statement(("ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupEgress"), (groups,))
