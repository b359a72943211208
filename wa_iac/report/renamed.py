"""What a change that replaces a resource needs besides: another name for one with a fixed name, and a lifecycle that allows it."""

from __future__ import annotations

from wa_iac.core.binding import value_at
from wa_iac.core.finding import Subject
from wa_iac.core.remedy import Remedy
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known


def renamed(subject: Subject, remedy: Remedy) -> str:
    """For a remedy that replaces a resource: the lifecycle that forbids this, and the other name if the new one is made before the old one
    is deleted, since it cannot have the same."""
    resource = subject.resource
    if resource is None or not remedy.replaces:
        return ""
    kept = "" if "prevent_destroy" in remedy.decision else _kept(resource)
    return " ".join(filter(None, (kept, _named(resource))))


def _kept(resource: Resource) -> str:
    """What to do about a lifecycle with which Terraform refuses to delete the resource ("The lifecycle Meta-Argument", Terraform's
    documentation)."""
    if resource.dialect == "cloudformation" or not _has(resource, "prevent_destroy"):
        return ""
    return "Its lifecycle forbids this (prevent_destroy): take that out first."


def _named(resource: Resource) -> str:
    if not _is_made_first(resource):
        return ""
    key = resource.key_of(resource.declared)
    if isinstance(key, Absent):
        return ""
    name = resource.cfn_key if resource.dialect == "cloudformation" else resource.tf_key
    return f"It has a fixed name ({name}), so give the new one another name."


def _is_made_first(resource: Resource) -> bool:
    """Whether the new resource is made before the old one is deleted: by CloudFormation always ("Update behaviors of stack resources",
    AWS CloudFormation User Guide), by Terraform if the resource's lifecycle says so."""
    return resource.dialect == "cloudformation" or _has(resource, "create_before_destroy")


def _has(resource: Resource, argument: str) -> bool:
    """Whether an argument of the lifecycle is true."""
    return value_at(resource.declared.attributes.get("lifecycle", Absent()), argument) == Known(True)
