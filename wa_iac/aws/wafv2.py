"""AWS WAF: web ACLs and what they protect. The web ACLs of WAF Classic are here also."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Tf, value_at
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Value

from .apigateway import RestApi, Stage
from .appsync import GraphqlApi
from .elbv2 import LoadBalancer


class WebAclRule(Block):
    """A rule of a web ACL or of a rule group. A rule that refers to a rule group may only count what the group would block."""

    count: Annotated[Value[Any], Cfn("Action.Count"), Tf("action.count")]
    override_count: Annotated[Value[Any], Cfn("OverrideAction.Count"), Tf("override_action.count")]
    # The provider's schema does not say what a statement holds: it may be nested without end.
    statement: Annotated[Value[Any], Cfn("Statement"), Tf("statement")]

    def managed_group(self) -> Value[Any]:
        """The name of the managed rule group that it uses."""
        return _first(self.statement, "ManagedRuleGroupStatement.Name", "managed_rule_group_statement.name")

    def own_group(self) -> Value[Any]:
        """The rule group of your own that it uses, which may use a managed one."""
        return _first(self.statement, "RuleGroupReferenceStatement.Arn", "rule_group_reference_statement.arn")

    def only_counts(self) -> Value[bool]:
        """Whether it lets everything through, and counts what it matches."""
        return self.unknown if self.unknown is not None else any_of((given(self.count), given(self.override_count)))


def _first(statement: Value[Any], *paths: str) -> Value[Any]:
    """What is at the first path that is written: one for each dialect."""
    found = [value_at(statement, path) for path in paths]
    return next((each for each in found if not isinstance(each, Absent)), found[0])


class WebAcl(Resource, cfn="AWS::WAFv2::WebACL", tf="aws_wafv2_web_acl", cfn_key="Name", tf_key="name"):
    """A web ACL: rules, and what happens to requests that no rule decides on."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    scope: Annotated[Value[str], Cfn("Scope"), Tf("scope")]
    allows: Annotated[Value[Any], Cfn("DefaultAction.Allow"), Tf("default_action.allow")]
    rules: Annotated[
        list[WebAclRule], Cfn("Rules[]"), Tf("rule[]"), Tf("", of="aws_wafv2_web_acl_rule", by="web_acl_arn", many=True)
    ]
    rules_as_text: Annotated[Value[str], Tf("rule_json")]
    added_groups: Annotated[Link["RuleGroupAssociation"], Back("acl")]
    loggings: Annotated[Link["LoggingConfiguration"], Back("acl")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class RuleGroup(Resource, cfn="AWS::WAFv2::RuleGroup", tf="aws_wafv2_rule_group", cfn_key="Name", tf_key="name"):
    """Rules for several web ACLs."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    rules: Annotated[list[WebAclRule], Cfn("Rules[]"), Tf("rule[]")]
    rules_as_text: Annotated[Value[str], Tf("rules_json")]


class RuleGroupAssociation(Resource, tf="aws_wafv2_web_acl_rule_group_association"):
    """Adds a rule group to a web ACL, in Terraform."""

    acl: Annotated[Link[WebAcl], Tf("web_acl_arn")]


class WebAclAssociation(
    Resource,
    cfn=("AWS::WAFv2::WebACLAssociation", "AWS::WAFRegional::WebACLAssociation"),
    tf=("aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"),
):
    """Puts a web ACL in front of a resource. For a distribution of CloudFront, see there."""

    resource: Annotated[Link[LoadBalancer | Stage | RestApi | GraphqlApi], Cfn("ResourceArn"), Tf("resource_arn")]


class LoggingConfiguration(Resource, cfn="AWS::WAFv2::LoggingConfiguration", tf="aws_wafv2_web_acl_logging_configuration"):
    """The destination of a web ACL's logs."""

    acl: Annotated[Link[WebAcl], Cfn("ResourceArn"), Tf("resource_arn")]


class ClassicWebAcl(
    Resource,
    cfn=("AWS::WAF::WebACL", "AWS::WAFRegional::WebACL"),
    tf=("aws_waf_web_acl", "aws_wafregional_web_acl"),
):
    """A web ACL of WAF Classic, which AWS no longer supports."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    log_destination: Annotated[Value[str], Tf("logging_configuration.log_destination")]
