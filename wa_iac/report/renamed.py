"""A change that replaces a resource with a fixed name needs another name."""

from __future__ import annotations

from wa_iac.core.binding import value_at
from wa_iac.core.finding import Subject
from wa_iac.core.remedy import Remedy
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known


def renamed(subject: Subject, remedy: Remedy) -> str:
    """For a remedy that replaces a resource of which the new one is made before the old one is deleted: it cannot have the same
    name."""
    resource = subject.resource
    if resource is None or not remedy.replaces or not _is_made_first(resource):
        return ""
    key = resource.key_of(resource.declared)
    if isinstance(key, Absent):
        return ""
    name = resource.cfn_key if resource.dialect == "cloudformation" else resource.tf_key
    return f"It has a fixed name ({name}), so give the new one another name."


def _is_made_first(resource: Resource) -> bool:
    """Whether the new resource is made before the old one is deleted: by CloudFormation always ("Update behaviors of stack resources",
    AWS CloudFormation User Guide), by Terraform if the resource's lifecycle says so."""
    if resource.dialect == "cloudformation":
        return True
    lifecycle = resource.declared.attributes.get("lifecycle", Absent())
    return value_at(lifecycle, "create_before_destroy") == Known(True)
