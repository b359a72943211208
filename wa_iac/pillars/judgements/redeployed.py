"""What a stage of an API needs to take up a change of its API: another deployment ("Updates to REST APIs that require redeployment" and "Stages for
HTTP APIs", API Gateway Developer Guide)."""

from typing import Final

from wa_iac.aws.apigateway import Api, Deployment, RestApi
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.provider_versions import is_for_old_terraform

OF_QUICK_CREATE: Final = "Without its target, Terraform replaces the API: its URL changes, and its callers need the new one."
"""What it takes to have a stage and routes of one's own in place of those of quick create, which cannot be changed ("ApiGatewayManaged" of stages and
routes, API Gateway V2 API Reference). The provider replaces an API whose target changes ("aws_apigatewayv2_api", Terraform's AWS provider)."""
_FIRST: Final = " Before, give it create_before_destroy = true in its lifecycle: one with a stage cannot be deleted."
_DEPLOYMENTS: Final = frozenset(
    (*Deployment.types(), *and_awscc("AWS::ApiGatewayV2::Deployment", "aws_apigatewayv2_deployment"))
)
_AUTOMATIC: Final = ("AutoDeploy", "auto_deploy")


def redeployed(api: Resource | None, graph: Graph) -> str:
    """A sentence that says how the stages of an API get a change of it. Empty where they do so by themselves: SAM makes a deployment for
    each change, and most stages of HTTP APIs deploy automatically."""
    if (isinstance(api, Api) and _deploys_itself(api)) or (api is not None and api.declared.made_from):
        return ""
    found = graph.referring(api, _DEPLOYMENTS) if isinstance(api, RestApi | Api) else []
    if not found:
        return "A stage keeps what was deployed, so deploy the API again."
    deployment = found[0]
    if deployment.dialect == "cloudformation":
        return f"A stage keeps what was deployed: also give {deployment.name} another logical ID, so that the API is deployed again."
    first = "" if _is_kept(deployment) else _FIRST
    if isinstance(value_at(deployment.body, "triggers"), Absent):
        # The option -replace came with Terraform 0.15.2, and taint is in all versions.
        how = "terraform taint" if is_for_old_terraform(graph) else "terraform apply -replace"
        return f"A stage keeps what was deployed: {deployment.address} has no triggers, so replace it too ({how}).{first}"
    return f"A stage keeps what was deployed: see that the triggers of {deployment.address} contain this.{first}"


def _deploys_itself(api: Api) -> bool:
    """Whether each stage that is here deploys each change by itself, as that of quick create does."""
    return not any(
        all(isinstance(value_at(stage.declared.body, each), Absent) for each in _AUTOMATIC)
        or Known(False) in [value_at(stage.declared.body, each) for each in _AUTOMATIC]
        for stage in api.stages
    )


def _is_kept(deployment: Declared) -> bool:
    """Whether Terraform makes the new deployment before it deletes the old one."""
    return value_at(deployment.attributes.get("lifecycle", Absent()), "create_before_destroy") == Known(True)
