"""A change that replaces a resource with a fixed name needs another name."""

from __future__ import annotations

from typing import Final

from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import LatePattern
from wa_iac.core.remedy import Remedy
from wa_iac.core.value import Absent

_REPLACES: Final = LatePattern(
    r"(?i)\breplaces (?:the (?:cluster|database|file system|instance|vault|domain|environment|target group|access point|group)|it)\b|\bis replaced\b"
)
"""The words of a remedy whose change replaces the resource."""


def renamed(subject: Subject, remedy: Remedy) -> str:
    """For a remedy that replaces a template's resource: CloudFormation makes the new one before it deletes the old one, which cannot have
    the same name ("Update behaviors of stack resources", AWS CloudFormation User Guide)."""
    resource = subject.resource
    if (
        resource is None
        or resource.dialect != "cloudformation"
        or _REPLACES.search(remedy.decision) is None
        or "name too" in remedy.decision
    ):
        return ""
    key = resource.key_of(resource.declared)
    if isinstance(key, Absent):
        return ""
    return f"It has a fixed name ({resource.cfn_key}), so give the new one another name."
