"""Which resources belong to no Region, and which must be in a VPC."""

from __future__ import annotations

from typing import Final

from wa_iac.core.awscc import is_awscc_type
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known

from .kinds import kind_of, service_of_kind

# "AWS Fault Isolation Boundaries", "Global services" (AWS whitepaper): services that are unique by partition, those of the edge network, and
# "Global single-Region operations". The last two of the first line are billing services, which the "AWS Billing User Guide" calls global.
_GLOBAL: Final = frozenset(
    {
        *("iam", "organizations", "account", "networkmanager", "budgets", "ce", "cur"),
        *("route53", "route53recoverycontrol", "route53recoveryreadiness", "cloudfront", "globalaccelerator", "shield", "waf"),
    }
)
_WITH_SCOPE: Final = "wafv2"
"""AWS WAF: web ACLs for CloudFront distributions are global ("Resources that you can protect with AWS WAF"), others regional."""
_IN_VPC: Final = late(
    r"ec2\.(?:instance|natgateway|subnet|networkinterface|internetgateway|securitygroup)"
    r"|elasticloadbalancing(?:v2)?\.loadbalancer|autoscaling\.autoscalinggroup|rds\.db(?:instance|cluster|proxy)|rds\.clusterinstance"
    r"|docdb\.db(?:cluster|instance)|neptune\.db(?:cluster|instance)|elasticache\.(?:cachecluster|replicationgroup|serverlesscache)"
    r"|memorydb\.cluster|dax\.cluster|redshift\.cluster|eks\.(?:cluster|nodegroup)|msk\.(?:cluster|serverlesscluster)|emr\.cluster"
    r"|mwaa\.environment|dms\.replicationinstance|fsx\.filesystem|amazonmq\.broker|networkfirewall\.firewall"
)
"""Kinds that are in a VPC, whatever is written."""


def is_global(declared: Declared) -> bool:
    """Whether a resource belongs to no Region: one of a global service, or of another provider than AWS."""
    kind = kind_of(declared.type)
    service = service_of_kind(kind)
    if service == _WITH_SCOPE:
        key = "scope" if declared.dialect == "terraform" or is_awscc_type(declared.type) else "Scope"
        return value_at(declared.body, key) == Known("CLOUDFRONT")
    return service in _GLOBAL or not is_aws(declared)


def is_aws(declared: Declared) -> bool:
    """Whether a type is one of AWS's own, or may make such resources: a custom resource of a template."""
    return "." in kind_of(declared.type) or declared.dialect == "cloudformation"


def must_be_in_vpc(declared: Declared) -> bool:
    """Whether a resource is in a VPC, whatever is written."""
    return _IN_VPC.fullmatch(kind_of(declared.type)) is not None
