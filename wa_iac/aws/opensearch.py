"""Amazon OpenSearch Service."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Domain(
    Resource,
    cfn=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    tf=("aws_opensearch_domain", "aws_elasticsearch_domain"),
    cfn_key="DomainName",
    tf_key="domain_name",
):
    """A domain, with the policy that Terraform may attach separately."""

    policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("AccessPolicies"),
        Tf("access_policies", of="aws_opensearch_domain_policy", by="domain_name"),
        Tf("access_policies", of="aws_elasticsearch_domain_policy", by="domain_name"),
        Tf("access_policies"),
    ]
    subnets: Annotated[Value[list[Value[str]]], Cfn("VPCOptions.SubnetIds"), Tf("vpc_options.subnet_ids")]
    fine_grained: Annotated[
        Value[bool], Cfn("AdvancedSecurityOptions.Enabled"), Tf("advanced_security_options.enabled"), Default(False)
    ]
