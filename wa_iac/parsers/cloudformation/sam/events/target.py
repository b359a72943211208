"""The target of an event: a function or its alias, or a state machine or its alias."""

from __future__ import annotations

from typing import NamedTuple

from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.nodes import Made, get_att, ref
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource


class EventTarget(NamedTuple):
    """`alias` is the logical id of the alias that events call instead, and `qualifier` its name; empty if there is none."""

    source: SamResource
    alias: str = ""
    qualifier: Made = None
    is_machine: bool = False

    @property
    def arn(self) -> Made:
        """The ARN to invoke."""
        if self.alias or self.is_machine:
            return ref(self.alias or self.source.name)
        return get_att(self.source.name, "Arn")

    @property
    def name_or_alias(self) -> Made:
        """The name for a permission or an event source."""
        return ref(self.alias or self.source.name)

    @property
    def in_text(self) -> str:
        """The ARN's place in the text of an `Fn::Sub`."""
        return f"${{{self.alias}}}" if self.alias else f"${{{self.source.name}.Arn}}"


def permission(target: EventTarget, name: str, principal: str, at: Span, **more: Made) -> str:
    """Allows a service to invoke the function."""
    properties = {"Action": "lambda:InvokeFunction", "FunctionName": target.name_or_alias, "Principal": principal, **more}
    return target.source.put(name, "AWS::Lambda::Permission", properties, at=at)
