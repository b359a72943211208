"""The cause of an undecided result: the one value behind it, in a form that reports can group by."""

from __future__ import annotations

from wa_iac.core.declared import Unit
from wa_iac.core.finding import Cause, CauseKind, fingerprint
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import (
    AfterApply,
    CannotEvaluate,
    DynamicReference,
    Imported,
    InParameterStore,
    LookedUp,
    Pseudo,
    Reason,
    Said,
    UninstalledModule,
    UnsetParameter,
    UnsetVariable,
    ZonesOf,
    causes,
)
from wa_iac.core.span import NOWHERE, Span
from wa_iac.core.value import Unknown


def cause_of(why: Unknown, unit: Unit, graph: Graph) -> Cause:
    """The cause of a result that is undecided because of `why`. Equal causes of a unit have equal ids, and so has one export
    that several templates import."""
    reason = _root(why.reason)
    kind, name = _named(reason)
    span = _place(reason, why, graph)
    of = "" if isinstance(reason, Imported) else unit.path
    # Two modules may have variables of one name.
    module = span.path if isinstance(reason, UnsetVariable) and not reason.of_root else ""
    return Cause(fingerprint("cause", of, module, kind, name, reason.why), kind, name, reason.why, reason.settle, span)


def _root(reason: Reason) -> Reason:
    """The reason behind all others. An error in an expression is no use without the expression."""
    found = list(causes(reason))
    return found[-2] if len(found) > 1 and isinstance(found[-1], Said) and isinstance(found[-2], CannotEvaluate) else found[-1]


def _named(reason: Reason) -> tuple[CauseKind, str]:
    """The kind of the value, and its name as the code writes it; empty if it has none."""
    match reason:
        case UnsetVariable():
            return "variable", reason.subject
        case UnsetParameter() | InParameterStore():
            return "parameter", reason.address
        case Pseudo():
            return "pseudo parameter", reason.address
        case LookedUp():
            return "data source", f"{reason.address}.{reason.attribute}"
        case AfterApply():
            return "attribute", f"{reason.address}.{reason.attribute}" if reason.attribute else reason.address
        case Imported():
            return "import", reason.name.strip('"')
        case DynamicReference():
            return "dynamic reference", reason.text
        case UninstalledModule():
            return "module", reason.module
        case ZonesOf():
            return "zones", reason.region
        case CannotEvaluate():
            return "expression", reason.subject
        case _:
            return "other", ""


def _place(reason: Reason, why: Unknown, graph: Graph) -> Span:
    """Where the value is declared; else where it is used."""
    if isinstance(reason, (LookedUp, AfterApply)):
        declared = graph.at(reason.address)
        if declared:
            return declared[0].span
    return next((step.span for step in reversed(why.origin.chain) if step.span.path), why.origin.span or NOWHERE)
