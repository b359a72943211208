"""What API Gateway makes itself for an HTTP API with a target: a route and the stage `$default`.

API Gateway Developer Guide, "Create an HTTP API" and CloudFormation's AWS::ApiGatewayV2::Api: quick create makes a route without an
authorizer, and a stage that deploys every change; AWS::ApiGatewayV2::ApiGatewayManagedOverrides sets what they have.
"""

from __future__ import annotations

from collections.abc import Callable

from wa_iac.aws.apigateway import Api, ManagedOverrides
from wa_iac.core.logic import all_of, any_of, negate
from wa_iac.core.presence import given
from wa_iac.core.value import Absent, Known, Unknown, Value


def quick_route(api: Api) -> Value[str]:
    """The key of the route that is made with an API; absent where none is, or where it is declared beside it."""
    match given(api.target):
        case Unknown() as why:
            return why
        case Known(True) if not _declared(api.quick_route, [each.route_key for each in api.routes]):
            return Known("$default") if isinstance(api.quick_route, Absent) else api.quick_route
        case _:
            return Absent(api.target.origin)


def quick_stage(api: Api) -> Value[bool]:
    """Whether a stage is made with an API that is not declared beside it."""
    match given(api.target):
        case Known(True):
            return Known(not _declared(Known("$default"), [each.name for each in api.stages]), api.target.origin)
        case answer:
            return answer


def _declared(key: Value[str], keys: list[Value[str]]) -> bool:
    """Whether a resource of the unit may be the one that is made: taken over by an import, which is how Terraform comes to have it."""
    return any(isinstance(each, Unknown) or isinstance(key, Unknown) or each == key for each in keys)


def overridden(api: Api, setting: Callable[[ManagedOverrides], Value[bool]]) -> Value[bool]:
    """Whether an override of what is made sets something."""
    perhaps_more = [] if api.overrides.unknown is None else [api.overrides.unknown]
    return any_of((*map(setting, api.overrides), *perhaps_more), api.absent.origin)


def quick_stage_lacks(api: Api, setting: Callable[[ManagedOverrides], Value[bool]]) -> Value[bool]:
    """Whether a stage is made with an API that is not declared beside it, and no override of it sets something."""
    return all_of((quick_stage(api), negate(overridden(api, setting))))
