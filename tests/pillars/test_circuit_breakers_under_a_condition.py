"""A service whose deployments a condition gives to CodeDeploy takes a circuit breaker only in the other case."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

TEMPLATE = """
Parameters:
  Canary: {Type: String, Default: "no"}
Conditions:
  IsCanary: !Equals [!Ref Canary, "yes"]
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      DeploymentController: {Type: %s}
"""


@pytest.mark.parametrize(("controller", "told"), [("!If [IsCanary, CODE_DEPLOY, ECS]", True), ("ECS", False)])
def test_the_remedy_is_for_the_case_of_its_own_deployments(tmp_path: Path, controller: str, told: bool) -> None:
    text = only_remedy(judge(tmp_path, TEMPLATE % controller, "cloudformation", "ecs-deployment-circuit-breaker"))

    assert ("with an Fn::If of IsCanary: DeploymentCircuitBreaker (Enable: true, Rollback: true) for false" in text) is told
