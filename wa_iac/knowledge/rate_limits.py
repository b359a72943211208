"""The rate limits of the stages of APIs."""

from collections.abc import Hashable, Iterator
from typing import Final

from wa_iac.aws.apigateway import ApiStage, Deployment, ManagedOverrides, Stage, UsagePlan
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, is_set
from wa_iac.core.partial import entries_of
from wa_iac.core.value import Absent, Known, Tree, Value

_ANY: Final = "any API"
"""Stands for the API of a usage plan that is not known."""


def rate_limits(stage: Stage | ApiStage | Deployment, graph: Graph) -> Iterator[Value[float]]:
    """Every rate limit that holds for some of the stage's requests, as far as it is written."""
    if isinstance(stage, ApiStage):
        yield stage.throttling_rate
        return
    if isinstance(stage, Deployment):
        yield stage.throttling_rate
    for settings in stage.settings:
        yield settings.throttling_rate
    plans = graph.index(UsagePlan, _limited)
    for api in (*stage.api, _ANY):
        yield from (plan.throttling_rate for plan in plans.get(api, ()))


def _limited(plan: UsagePlan) -> Iterator[Hashable]:
    """The APIs that a usage plan limits."""
    if not isinstance(plan.throttling_rate, Absent):
        yield from plan.apis
        if plan.apis.unknown is not None:
            yield _ANY


def limits_a_route(settings: Tree) -> Value[bool]:
    """Whether a limit is written for a single route: where it is, somebody has thought about limits."""
    match settings:
        case Known(dict() as by_route):
            routes = list(by_route.values())
        case Known(list() as blocks):
            routes = blocks
        case _:
            return is_set(settings)
    written = (item for route in routes for item in entries_of(route).items())
    names = [name.lower() for name, value in written if not isinstance(value, Absent)]
    return Known(any(name.startswith("throttling") for name in names), settings.origin)


def is_limited(made: ManagedOverrides) -> Value[bool]:
    """Whether an override of the stage that is made with an API has a limit."""
    return any_of((is_set(made.throttling_rate), limits_a_route(made.route_settings)))
