"""Which resources are only an aspect of another one: a bucket's versioning, a rule of a security group, a route.

Three things say so, the first one that applies: a table of the arguments that name the owner; the name of the type, if it continues the
owner's (`aws_sqs_queue_policy` of `aws_sqs_queue`); and for types that only serve others, that exactly one resource uses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late

from .kinds import kind_of
from .mentions import Mention, Mentions

_ROLES: Final = ("role", "roles", "rolename", "user", "users", "username", "group", "groups", "groupname")
_BY_ARGUMENT: Final[dict[str, tuple[str, ...]]] = {
    "ec2.route": ("routetableid",),
    "ec2.subnetroutetableassociation": ("routetableid",),
    "ec2.mainroutetableassociation": ("routetableid",),
    "ec2.gatewayroutetableassociation": ("routetableid",),
    "ec2.securitygroupingress": ("securitygroupid", "groupid", "groupname"),
    "ec2.securitygroupegress": ("securitygroupid", "groupid"),
    "ec2.networkaclentry": ("networkaclid",),
    "ec2.subnetnetworkaclassociation": ("networkaclid",),
    "ec2.vpcgatewayattachment": ("internetgatewayid", "vpngatewayid"),
    "ec2.eip": ("instance", "instanceid", "networkinterface"),
    "ec2.tag": ("resourceid",),
    "ec2.transitgatewayroute": ("transitgatewayroutetableid",),
    "ram.resourceshare": ("resourcesharearn",),
    "ram.principalassociation": ("resourcesharearn",),
    "sso.accountassignment": ("permissionsetarn",),
    "sso.managedpolicyattachment": ("permissionsetarn",),
    "sso.customermanagedpolicyattachment": ("permissionsetarn",),
    "config.remediationconfiguration": ("configrulename",),
    "route53.querylog": ("zoneid",),
    "identitystore.groupmembership": ("groupid",),
    "autoscaling.grouptag": ("autoscalinggroupname",),
    "ec2.eipassociation": ("instanceid", "networkinterfaceid", "allocationid", "eip", "publicip"),
    "ec2.volumeattachment": ("instanceid",),
    "ec2.networkinterfaceattachment": ("instanceid",),
    "ec2.vpcdhcpoptionsassociation": ("vpcid",),
    "ec2.vpccidrblock": ("vpcid",),
    "ec2.vpcipv4cidrblockassociation": ("vpcid",),
    "ec2.vpcipv6cidrblockassociation": ("vpcid",),
    "ec2.subnetcidrblock": ("subnetid",),
    "ec2.subnetcidrreservation": ("subnetid",),
    "lambda.permission": ("functionname",),
    "lambda.eventsourcemapping": ("functionname",),
    "lambda.alias": ("functionname",),
    "lambda.version": ("functionname",),
    "lambda.url": ("functionname", "targetfunctionarn"),
    "lambda.eventinvokeconfig": ("functionname",),
    "lambda.provisionedconcurrencyconfig": ("functionname",),
    "iam.policy": _ROLES,
    "iam.rolepolicy": _ROLES,
    "iam.userpolicy": _ROLES,
    "iam.grouppolicy": _ROLES,
    "iam.instanceprofile": _ROLES,
    "iam.policyattachment": _ROLES,
    "iam.accesskey": _ROLES,
    "iam.usertogroupaddition": ("groupname",),
    "iam.usergroupmembership": _ROLES,
    "iam.groupmembership": ("group",),
    "events.target": ("rule",),
    "sns.subscription": ("topicarn",),
    "logs.metricfilter": ("loggroupname",),
    "logs.subscriptionfilter": ("loggroupname",),
    "logs.logstream": ("loggroupname",),
    "logs.stream": ("loggroupname",),
    "applicationautoscaling.scalabletarget": ("resourceid",),
    "applicationautoscaling.scalingpolicy": ("scalingtargetid", "resourceid"),
    "applicationautoscaling.scheduledaction": ("resourceid",),
    **dict.fromkeys(
        (f"autoscaling.{each}" for each in ("scalingpolicy", "scheduledaction", "lifecyclehook", "notification", "attachment")),
        ("autoscalinggroupname", "groupnames"),
    ),
    "autoscaling.trafficsourceattachment": ("autoscalinggroupname",),
    "elasticloadbalancingv2.listener": ("loadbalancerarn",),
    "elasticloadbalancingv2.listenerrule": ("listenerarn",),
    "elasticloadbalancingv2.listenercertificate": ("listenerarn",),
    "elasticloadbalancing.attachment": ("elb",),
    "elasticloadbalancing.policy": ("loadbalancername", "loadbalancer"),
    "kms.alias": ("targetkeyid",),
    "kms.grant": ("keyid",),
    "s3.object": ("bucket",),
    "s3.objectcopy": ("bucket",),
    "secretsmanager.rotationschedule": ("secretid",),
    "secretsmanager.secrettargetattachment": ("secretid",),
    "secretsmanager.resourcepolicy": ("secretid",),
    "efs.mounttarget": ("filesystemid",),
    "efs.accesspoint": ("filesystemid",),
    "efs.backuppolicy": ("filesystemid",),
    "efs.replicationconfiguration": ("sourcefilesystemid",),
    "route53.recordset": ("hostedzoneid", "zoneid", "hostedzonename"),
    "route53.recordsetgroup": ("hostedzoneid", "hostedzonename"),
    "route53.dnssec": ("hostedzoneid",),
    "route53.keysigningkey": ("hostedzoneid",),
    "ecr.lifecyclepolicy": ("repository",),
    "backup.backupselection": ("backupplanid", "planid"),
    "eks.addon": ("clustername",),
    "eks.accessentry": ("clustername",),
    "eks.accesspolicyassociation": ("clustername",),
    "eks.podidentityassociation": ("clustername",),
    "eks.identityproviderconfig": ("clustername",),
    "cognito.userpoolclient": ("userpoolid",),
    "cognito.userpooldomain": ("userpoolid",),
    "cognito.identityprovider": ("userpoolid",),
    "cognito.resourceserver": ("userpoolid",),
    "cognito.usergroup": ("userpoolid",),
    "wafv2.loggingconfiguration": ("resourcearn",),
    "apigateway.usageplankey": ("usageplanid",),
    "apigateway.usageplan": ("apistages.apiid",),
    "networkfirewall.loggingconfiguration": ("firewallarn",),
    "codedeploy.deploymentgroup": ("appname", "applicationname"),
    "appsync.resolver": ("apiid",),
    "appsync.datasource": ("apiid",),
    "appsync.graphqlschema": ("apiid",),
    "appsync.apikey": ("apiid",),
    "appsync.functionconfiguration": ("apiid",),
}
"""For a kind of resource, the arguments that name its owner, the best one first."""
_ON_THE_WAY: Final = ("ecs.cluster", "applicationautoscaling.scalabletarget")
_SERVICES_BY_ARGUMENT: Final[dict[str, tuple[str, ...]]] = {
    "apigateway": ("restapiid", "restapi", "domainname"),
    "apigatewayv2": ("apiid", "domainname"),
}
"""Of these services, every resource that names an API by one of these arguments belongs to it."""
_NODES: Final = late(
    r"ec2\.(?:vpcendpoint|vpcpeeringconnection|transitgateway(?:vpc)?attachment|vpcendpointservice|launchtemplate|networkinterface"
    r"|instanceconnectendpoint|vpn\w*)"
    r"|rds\.(?:clusterinstance|dbclusterinstance|globalcluster|dbproxy)|docdb\.dbinstance|neptune\.dbinstance"
    r"|ecs\.(?:service|taskdefinition)|eks\.nodegroup|elasticache\.\w*cluster|iam\.(?:role|user|group|managedpolicy)|ec2\.subnet|ec2\.vpc"
    r"|s3\.accesspoint|kms\.(?:key|replicakey)|lambda\.(?:function|layerversion)|apigateway\.vpclink|apigatewayv2\.vpclink"
    r"|elasticloadbalancingv2\.(?:loadbalancer|targetgroup)"
)
"""Kinds that are resources of their own, although their names continue another one's."""
_SERVING: Final = late(
    r".*\.(?:\w*(?:parameter|option|subnet)group|originaccess(?:control|identity)|cloudfrontoriginaccessidentity|keypair|eip"
    r"|launchtemplate|launchconfiguration|managedpolicy|layerversion|dhcpoptions|permissionsset|networkinterface)"
    r"|(?:random|tls|null|local|time|archive|template|external|terraform)_\w+"
)
"""Kinds that only serve another resource: they are its parts if there is only one. Among them are those of Terraform's providers that make
values."""


class Owners:
    """The owner of each resource that is a part. An owner may be a VPC or a subnet."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions: Final = mentions
        self._of: Final[dict[int, Declared]] = {}
        for each in mentions.resources:
            owner = self._owner(each)
            if owner is not None and not self._is_above(owner, each):
                self._of[id(each)] = owner
        for each in reversed(mentions.resources):
            if id(each) not in self._of and _SERVING.fullmatch(kind_of(each.type)):
                self._serve(each)

    def node(self, declared: Declared) -> Declared:
        """The resource that a resource belongs to in the end: itself, unless it is a part."""
        while (owner := self._of.get(id(declared))) is not None:
            declared = owner
        return declared

    def is_part(self, declared: Declared) -> bool:
        return id(declared) in self._of

    def _is_above(self, owner: Declared, declared: Declared) -> bool:
        return self.node(owner) is declared

    def _owner(self, declared: Declared) -> Declared | None:
        kind = kind_of(declared.type)
        mentions = self._mentions.of(declared)
        arguments = _BY_ARGUMENT.get(kind, ())
        found = _first(mentions, arguments)
        if found is not None or _NODES.fullmatch(kind) or not mentions:
            return found
        by_service = _SERVICES_BY_ARGUMENT.get(kind.partition(".")[0], ())
        if by_service and (found := _first(mentions, by_service)) is not None:
            return found
        longer = [each for each in mentions if _continues(declared.type, each.target.type)]
        targets = {id(each.target): each.target for each in longer}
        if len(targets) > 1:
            named = [each for each in longer if _names_owner(each)]
            targets = {id(each.target): each.target for each in named}
        return next(iter(targets.values())) if len(targets) == 1 else None

    def _serve(self, declared: Declared) -> None:
        """Make a resource a part of the only node that uses it."""
        users = {id(node): node for user, _ in self._mentions.by(declared) if (node := self.node(user)) is not declared}
        if len(users) == 1:
            self._of[id(declared)] = next(iter(users.values()))


def _first(mentions: Iterable[Mention], arguments: tuple[str, ...]) -> Declared | None:
    """What the first of some arguments names, if that is one resource."""
    for argument in arguments:
        targets = {id(each.target): each.target for each in mentions if each.path == argument and not each.through}
        if len(targets) > 1:
            # `service/shop/web` names the cluster, too, and a scaling policy may have it from the target.
            for kind in _ON_THE_WAY:
                if len(targets) > 1:
                    targets = {key: each for key, each in targets.items() if kind_of(each.type) != kind}
        if len(targets) == 1:
            return next(iter(targets.values()))
    return None


@cache
def _continues(type_name: str, owner: str) -> bool:
    """Whether the name of a type continues that of another one, which can have parts."""
    if owner == type_name:
        return False
    if type_name.startswith(f"{owner}_"):
        return kind_of(owner) not in ("ec2.vpc", "ec2.subnet")
    kind, other = kind_of(type_name), kind_of(owner)
    return "." in other and other not in ("ec2.vpc", "ec2.subnet") and kind != other and kind.startswith(other)


def _names_owner(mention: Mention) -> bool:
    """Whether an argument is called like the resource that it names."""
    word = kind_of(mention.target.type).partition(".")[2]
    return mention.path in (word, f"{word}id", f"{word}name", f"{word}arn", f"{word}url", "bucket", "role")
