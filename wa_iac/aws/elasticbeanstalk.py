"""AWS Elastic Beanstalk."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import first_known, first_unknown, holds
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value


class Option(Block):
    """The value of one configuration option."""

    namespace: Annotated[Value[str], Cfn("Namespace"), Tf("namespace")]
    name: Annotated[Value[str], Cfn("OptionName"), Tf("name")]
    value: Annotated[Value[str], Cfn("Value"), Tf("value")]


class ConfigurationTemplate(
    Resource,
    cfn="AWS::ElasticBeanstalk::ConfigurationTemplate",
    tf="aws_elastic_beanstalk_configuration_template",
    cfn_key="TemplateName",
    tf_key="name",
):
    """A saved configuration, for several environments."""

    platform: Annotated[
        Value[str],
        Cfn("SolutionStackName"),
        Cfn("PlatformArn"),
        Tf("solution_stack_name"),
    ]
    options: Annotated[list[Option], Cfn("OptionSettings[]"), Tf("setting[]")]
    listed: Annotated[Value[Any], Cfn("OptionSettings"), Tf("setting")]


class Environment(
    Resource,
    cfn="AWS::ElasticBeanstalk::Environment",
    tf="aws_elastic_beanstalk_environment",
    cfn_key="EnvironmentName",
    tf_key="name",
):
    """The servers of one version of an application."""

    name: Annotated[Value[str], Cfn("EnvironmentName"), Tf("name")]
    platform: Annotated[
        Value[str],
        Cfn("SolutionStackName"),
        Cfn("PlatformArn"),
        Tf("solution_stack_name"),
        Tf("platform_arn"),
    ]
    tier: Annotated[Value[str], Cfn("Tier.Name"), Tf("tier"), Default("WebServer")]
    options: Annotated[list[Option], Cfn("OptionSettings[]"), Tf("setting[]")]
    listed: Annotated[Value[Any], Cfn("OptionSettings"), Tf("setting")]
    template: Annotated[Link[ConfigurationTemplate], Cfn("TemplateName"), Tf("template_name")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def is_worker(self) -> Value[bool]:
        """Whether it works on messages of a queue instead of requests."""
        return holds(self.tier, lambda tier: tier.lower() == "worker")

    def named_platform(self) -> Value[str]:
        """The name or the ARN of its platform, here or in the configuration template."""
        return first_known((self.platform, *(each.platform for each in self.template)))

    def is_of_template(self, namespace: str, name: str) -> bool:
        """Whether an option is set in a configuration template only."""
        return isinstance(_option(self.options, namespace, name), Absent) and any(
            not isinstance(_option(each.options, namespace, name), Absent) for each in self.template
        )

    def option(self, namespace: str, name: str) -> Value[str]:
        """The value of an option, here or in the configuration template. Absent if neither has it."""
        found = _option(self.options, namespace, name)
        if not isinstance(found, Absent):
            return found
        if isinstance(self.listed, Unknown):
            return self.listed
        for template in self.template:
            shared = template.listed if isinstance(template.listed, Unknown) else _option(template.options, namespace, name)
            if not isinstance(shared, Absent):
                return shared
        if self.template.unknown is not None:
            return self.template.unknown
        if self.template.presence == Known(True) and not self.template.targets:
            why = Said("the configuration template is not declared here", "look at its settings")
            return Unknown(why, ("configuration template", self.address), self.template.value.origin)
        return self.absent


def _option(options: list[Option], namespace: str, name: str) -> Value[str]:
    unknown: Unknown | None = None
    for each in options:
        if each.namespace == Known(namespace) and each.name == Known(name):
            return each.value
        if each.unknown is not None:
            unknown = first_unknown(unknown, each.unknown)
        elif each.namespace == Known(namespace) or isinstance(each.namespace, Unknown):
            unknown = first_unknown(unknown, each.namespace, each.name)
    return Absent() if unknown is None else unknown
