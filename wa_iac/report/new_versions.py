"""What a new version of a launch template or of a task definition does to those who start instances or tasks from it: a sentence for remedies that
change one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wa_iac.core.finding import Subject
from wa_iac.core.ignored_changes import ALL, ignored_changes

_SERVICES: Final = frozenset({"aws_ecs_service"})
_TEMPLATES: Final = ("mixed_instances_policy", "launch_template")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wa_iac.aws.ec2 import LaunchTemplate
    from wa_iac.core.declared import Declared
    from wa_iac.knowledge.launch_templates import Use


def new_version(subject: Subject) -> str:
    """Sentences on the instances that are replaced by the new version, and on those that never get it. Empty if there are none."""
    declared = subject.declared
    if declared is not None and declared.type == "aws_ecs_task_definition":
        return _of_tasks(subject)
    if declared is None or "launch" not in declared.type.lower():
        return ""
    # Imported here, since few findings are on a template, and every report comes by.
    from wa_iac.aws.ec2 import LaunchTemplate
    from wa_iac.knowledge.launch_templates import moves_default, uses

    template = subject.resource
    if not isinstance(template, LaunchTemplate):
        return ""
    users = list(dict.fromkeys(uses(template, subject.graph)))
    found = [each for each in users if not _ignores(each.user, *_TEMPLATES)]
    left = _left([each.user for each in users if each not in found], _TEMPLATES[-1])
    replaced = [each for each in found if each.is_replaced]
    stays = not moves_default(template)
    first = [each for each in found if each.takes == "fixed" or (each.takes == "default" and stays)]
    return " ".join(filter(None, (_replaced(replaced), _kept(first, template), left)))


def _of_tasks(subject: Subject) -> str:
    """A sentence on services that never get a new version from Terraform, which ignores the one that they run. Empty if one gets it."""
    if subject.resource is None:
        return ""
    services = subject.graph.referring(subject.resource, _SERVICES)
    return _left(services, "task_definition") if all(_ignores(each, "task_definition") for each in services) else ""


def _ignores(user: Declared, *arguments: str) -> bool:
    """Whether Terraform ignores changes of one of some arguments, or of a part of it."""
    ignored = ignored_changes(user)
    return ignored == ALL or any(each.startswith(arguments) for each in ignored)


def _left(users: Sequence[Declared], argument: str) -> str:
    """A sentence on those that something else gives new versions."""
    if not users:
        return ""
    names = list(dict.fromkeys(each.address for each in users))
    first, more = names[0], f" and {len(names) - 1} more" if len(names) > 1 else ""
    verb = "does" if len(names) == 1 else "do"
    return (
        f"{first}{more} {verb} not get this from Terraform, which ignores changes of `{argument}` there: whatever makes later versions has to "
        "write it too."
    )


def _replaced(found: list[Use]) -> str:
    return f"This makes a new version of the template, which replaces {_named(found)}." if found else ""


def _kept(found: list[Use], template: LaunchTemplate) -> str:
    if not found:
        return ""
    if template.dialect == "terraform" and not template.as_cloudformation:
        latest = "the version there to the template's latest_version"
        other = ", or update_default_version of the template to true" if all(each.takes == "default" for each in found) else ""
    else:
        latest, other = "the Version there to the template's LatestVersionNumber (Fn::GetAtt)", ""
    which = "the default version" if all(each.takes == "default" for each in found) else "an earlier version"
    take = "takes" if len({each.user.address for each in found}) == 1 else "take"
    return f"The new version of the template does not reach {_named(found)}, which {take} {which}: also set {latest}{other}."


def _named(found: list[Use]) -> str:
    names = list(dict.fromkeys(each.user.address for each in found))
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"
