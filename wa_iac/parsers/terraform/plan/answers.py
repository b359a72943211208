"""The results of data sources that are read during apply, if their arguments determine them.

A plan contains their arguments, which are the whole content of a policy document: the statements are known, even if an ARN in
them is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from wa_iac.core import secrets
from wa_iac.core.algebra import references
from wa_iac.core.reasons import AfterApply
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.functions.base import data
from wa_iac.parsers.terraform.evaluation.functions.encoding import as_json
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failure
from wa_iac.parsers.terraform.modules.policy_document import document

from .document import Planned

_TEXTS: Final = frozenset({"json", "minified_json", ""})
"""The attributes with the document. A plan does not show the attribute behind an index that is an expression; no other text of
it is ever used."""


class Answers:
    """The policy documents in a plan that are not made yet. `read` returns the arguments of one."""

    def __init__(self, planned: Iterable[Planned], read: Callable[[Planned], Known[dict[str, Tree]]]) -> None:
        self._read = read
        self._waiting = {
            each.address: each
            for each in planned
            if each.mode == "data"
            and each.type == "aws_iam_policy_document"
            and isinstance(each.unknown, dict)
            and each.unknown.get("json") is True
        }
        self._made: dict[str, Tree | None] = {}

    def of(self, reference: Reference) -> Tree | None:
        """The future value of a data source's attribute; None if its arguments do not determine it. The place is the data
        source's."""
        if reference.attribute not in _TEXTS or reference.address not in self._waiting:
            return None
        if reference.address not in self._made:
            self._made[reference.address] = None  # one that depends on itself
            with suppress(Failure, RecursionError):
                self._made[reference.address] = self._document(reference)
        return self._made[reference.address]

    def _document(self, reference: Reference) -> Tree:
        body = self._read(self._waiting[reference.address])
        content = document(lambda name: body.value.get(name, Absent(body.origin)), body.origin)
        found = tuple(dict.fromkeys((*references(content), reference)))
        sensitive = body.origin.sensitive or secrets.within(content)
        origin = Origin(body.origin.span, "computed", references=found, sensitive=sensitive, document=content)
        try:
            return Known(as_json(data(content)), origin)
        except Blocked:
            attribute = reference.attribute or "json"
            reason = AfterApply(reference.address, attribute)
            return Unknown(reason, ("attr", reference.address, attribute), origin, itself=True)
