"""Trust in identity providers that anyone can have an account with.

A role that trusts such a provider needs a condition on a claim that says whose token it is. "Create a role for OpenID Connect federation"
and "Available keys for AWS OIDC federation" (IAM User Guide) name the claims of providers for users; the documents of GitHub, GitLab and
HCP Terraform on OpenID Connect with AWS name `sub` for their jobs, and so does "Identity-provider controls for shared OIDC providers" for
more. The audience of a job says nothing, since its author chooses it; the claim `amr` only says how somebody signed in.
"""

from __future__ import annotations

from typing import Final

from wa_iac.aws.iam import OidcProvider
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Principal, Statement
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.value import Known, Unknown, Value

from .callers import values_of_strangers
from .condition_keys import STRANGER, CallerKey, Shape
from .conditions import condition_tests
from .texts import pattern_of

GITHUB: Final = "token.actions.githubusercontent.com"
GITLAB: Final = "gitlab.com"
TERRAFORM: Final = "app.terraform.io"
_OF_JOBS: Final = (GITHUB, GITLAB, TERRAFORM, "agent.buildkite.com", "oidc.codefresh.io", "scalr.io")
_OF_USERS: Final = ("cognito-identity.amazonaws.com", "accounts.google.com", "graph.facebook.com", "www.amazon.com")
_CLAIM: Final = CallerKey(Shape.SUBJECT, f"{STRANGER}:{STRANGER}/{STRANGER}", always=True)


def open_provider(statement: Statement, graph: Graph) -> str:
    """The provider that anyone can have an account with, if a statement trusts one; else nothing. The claims in its conditions name the
    provider too."""
    federated = [each for each in statement.principals if each.kind == "Federated"]
    found = next(filter(None, (_provider(each, graph) for each in federated)), "")
    if found or not any(isinstance(each.value, Unknown) for each in statement.principals):
        return found
    claimed = (test.key.rpartition(":")[0] for test in condition_tests(statement))
    return next((name for name in claimed if name in _OF_JOBS), "")


def unknown_provider(statement: Statement) -> Unknown | None:
    """The principal that may be such a provider, in a statement for its accounts without a condition on who they are."""
    if statement.covers_action("sts:AssumeRoleWithWebIdentity") != Known(True):
        return None
    claims = {test.key.rpartition(":")[2] for test in condition_tests(statement)}
    if claims - {"amr", "aud"}:
        return None
    unknown = (each.value for each in statement.principals if isinstance(each.value, Unknown))
    return next((each for each in unknown if not each.origin.references), None)


def _provider(principal: Principal, graph: Graph) -> str:
    text = pattern_of(principal.value)
    names = [text.rpartition("oidc-provider/")[2]] if isinstance(text, str) else []
    for declared in graph.referred(principal.value):
        if graph.type_of(declared) in OidcProvider.types():
            url = graph.typed(declared, OidcProvider).url
            names += [url.value.removeprefix("https://").rstrip("/")] if isinstance(url, Known) else []
    return next((name for name in map(str.lower, names) if name in (*_OF_JOBS, *_OF_USERS)), "")


def opened_to_accounts(statement: Statement, provider: str) -> Value[bool]:
    """Whether a statement lets every account of a provider assume a role: one that only lets tags or a source identity be set lets nobody in.
    A claim of another provider is in none of its tokens: a condition that needs one lets nobody in."""
    if statement.conditions_unknown is not None:
        return statement.conditions_unknown
    silent = {f"{provider}:amr", f"{provider}:aud"} if provider in _OF_JOBS else {f"{provider}:amr"}
    tests = list(condition_tests(statement))
    found = [test for test in tests if not test.key or (test.key.startswith(f"{provider}:") and test.key not in silent)]
    elsewhere = [test.holds(None) for test in tests if "." in (other := test.key.rpartition(":")[0]) and other != provider]
    keys = dict.fromkeys(test.key for test in found)
    met = (
        any_of(
            all_of(test.holds(value) for test in found if test.key == key)
            for value in values_of_strangers(_CLAIM, [test for test in found if test.key == key], signed=True)
        )
        for key in keys
    )
    assumes = statement.covers_action("sts:AssumeRoleWithWebIdentity")
    return all_of((statement.allows(), Known(True, statement.origin), assumes, *elsewhere, *met))
