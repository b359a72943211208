"""# Terraform deletes what is still in use before its replacement is there

## Why

Terraform deletes a resource that has to be replaced, and then makes the new one. ACM refuses to delete a certificate that a load balancer or a
distribution uses, and API Gateway refuses to delete a deployment that a stage uses. The run waits and fails, or the API is gone in between.

## What it checks

The rule reports certificates of ACM that something here uses, and deployments of REST APIs that are replaced at each change (`triggers`,
`variables`), if their lifecycle lacks `create_before_destroy`. The default profile has the finding for certificates of load balancers and
distributions, which take another certificate in place. For others it is advice: their users may be replaced together with them.

## What is left out

CloudFormation makes replacements first. Certificates that are imported are replaced in place. Terraform never replaces a resource with `prevent_destroy`. A deployment without `triggers` and `variables`
never changes. One whose stage Terraform replaces together with it (`replace_triggered_by`) is deleted after the stage. So is a certificate
whose names are made of variables, if all that use it are replaced too when one of these changes: their own domain name is made of the same.
A domain name of AppSync and a further certificate of a listener are always replaced together with their certificate.

## Non-compliant

```hcl
resource "aws_acm_certificate" "shop" { # finding
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.shop.arn

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef"
  }
}
```

```hcl
resource "aws_api_gateway_deployment" "orders" { # finding
  rest_api_id = "a1b2c3d4e5"
  triggers    = { redeployment = filesha1("api.json") }
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = "production"
}
```

## Compliant

```hcl
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = "a1b2c3d4e5"
  triggers    = { redeployment = filesha1("api.json") }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = "production"
}
```

```hcl
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = "a1b2c3d4e5"
  triggers    = { redeployment = filesha1("api.json") }
}

resource "aws_api_gateway_stage" "production" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = "production"

  lifecycle {
    replace_triggered_by = [aws_api_gateway_deployment.orders]
  }
}
```

```hcl
resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.shop.arn

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef"
  }
}
```

## Sources

- [API DeleteDeployment](https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDeployment.md), read on 2026-11-29
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

from wa_iac.aws.acm import Certificate
from wa_iac.aws.apigateway import Deployment
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Absent, Known, Tree, Unknown

_USERS: Final = frozenset(
    {
        "aws_lb_listener",
        "aws_alb_listener",
        "aws_elb",
        "aws_cloudfront_distribution",
        "aws_api_gateway_domain_name",
        "aws_apigatewayv2_domain_name",
        "aws_cognito_user_pool_domain",
    }
)
"""What uses a certificate and takes another one in place. A domain name of AppSync and a further certificate of a listener are replaced together
with the certificate, and Terraform deletes them first ("aws_appsync_domain_name", "aws_lb_listener_certificate", Terraform's AWS provider)."""
_IN_PLACE: Final = frozenset({"aws_lb_listener", "aws_alb_listener", "aws_elb", "aws_cloudfront_distribution"})
"""Those of them that no change of a name replaces together with the certificate."""

_NAMED: Final = {
    "aws_api_gateway_domain_name": "domain_name",
    "aws_apigatewayv2_domain_name": "domain_name",
    "aws_cognito_user_pool_domain": "domain",
}
"""Users with a name that replaces them if it changes, and its argument."""
_FIRST: Final = Remedy(tf={"lifecycle": {"create_before_destroy": True}})
_UNISSUED: Final = replace(
    _FIRST,
    decision="Its user takes the certificate's ARN before ACM has issued it, and would refuse the new one. Let it take the ARN of an "
    "aws_acm_certificate_validation instead, which waits.",
)


def _takes_early(certificate: Certificate) -> Remedy:
    """The remedy for a certificate whose user may take its ARN before it is issued. Modules wait for each other's validation by `depends_on`."""
    if not certificate.validations.targets:
        return _UNISSUED
    validation = certificate.validations.targets[0].address
    return replace(
        _FIRST,
        decision=f"Unless its user waits for {validation} already (`depends_on`), let it take the certificate's ARN from there.",
    )


@rule(
    practices=["OPS06-BP03", "REL08-BP05"],
    severity=Severity.LOW,
    remedy=_FIRST,
    equivalents={"checkov": ["CKV_AWS_217", "CKV_AWS_233"]},
)
def check(resource: Certificate | Deployment, graph: Graph) -> Flags:
    kept = value_at(resource.declared.attributes.get("lifecycle", Absent()), "prevent_destroy")
    if resource.create_before_destroy != Known(False) or kept == Known(True):
        return
    if isinstance(resource, Certificate):
        yield from _judge_certificate(resource, graph)
    elif (
        resource.stages.targets
        and not _replaced_too(resource)
        and Known(True) in (given(resource.triggers), given(resource.variables))
    ):
        yield flag(
            resource,
            f"At the next change, Terraform deletes this deployment before the new one is there, and API Gateway refuses: "
            f"{resource.stages.targets[0].address} still uses it.",
            confidence=Confidence.MEDIUM,
        )


def _replaced_too(deployment: Deployment) -> bool:
    """Whether Terraform replaces each stage together with the deployment, and so deletes the stage first."""
    name = f"{deployment.declared.type}.{deployment.declared.name}"
    for stage in deployment.stages.targets:
        listed = value_at(stage.declared.attributes.get("lifecycle", Absent()), "replace_triggered_by")
        if isinstance(listed, Known) and not isinstance(listed.value, list):
            continue  # Terraform accepts no expression here, and what it would name is not known.
        names = listed.value if isinstance(listed, Known) else []
        if not any(isinstance(each, Known) and str(each.value).split("[")[0] in (name, f"{name}.id") for each in names):
            return False
    return True


def _judge_certificate(certificate: Certificate, graph: Graph) -> Flags:
    if given(certificate.body) == Known(True):
        return
    named: list[Resource] = [certificate, *certificate.validations]
    names = _names(certificate)
    users = [each for name in named for each in graph.referring(name, _USERS) if not _is_renamed_too(each, names)]
    if users:
        in_place = any(each.type in _IN_PLACE for each in users)
        yield flag(
            certificate,
            f"If a name of this certificate changes, Terraform deletes it before the new one is there, and ACM refuses: {users[0].address} still "
            "uses it.",
            instead="" if _waits(certificate, graph) else _takes_early(certificate),
            confidence=None if in_place else Confidence.MEDIUM,
        )


def _is_renamed_too(user: Declared, names: Sequence[Tree]) -> bool:
    """Whether what uses a certificate has a name that changes with each name of the certificate: Terraform then deletes it first."""
    if user.type not in _NAMED:
        return False
    own = value_at(user.body, _NAMED[user.type])
    return all(_changes_with(own, each) for each in names)


def _changes_with(own: Tree, name: Tree) -> bool:
    """Whether a name that is made of variables is another one if a second name that is made of variables changes."""
    match own, name:
        case Known(str() as text), Known(str() as other):
            return _is_made(own) and _is_made(name) and f".{text}".endswith(f".{other.removeprefix('*.')}")
        case Unknown(), Unknown():
            return _inputs(name) <= _inputs(own)
        case _:
            return False


def _is_made(name: Tree) -> bool:
    """Whether a known name comes from a variable or an expression."""
    return name.origin.how != "explicit" or any(step.default_of or step.argument for step in name.origin.chain)


def _inputs(name: Unknown) -> frozenset[Hashable]:
    """What tells apart the unknown values that a name is made of."""
    pieces = [each for each in name.parts if isinstance(each, Unknown)]
    return frozenset(each for piece in pieces for each in _inputs(piece)) if pieces else frozenset((name.identity,))


def _names(certificate: Certificate) -> list[Tree]:
    others = certificate.other_names
    listed: list[Tree] = [*others.value] if isinstance(others, Known) else [others] if isinstance(others, Unknown) else []
    return [certificate.domain, *listed]


def _waits(certificate: Certificate, graph: Graph) -> bool:
    """Whether what uses a certificate waits until it is issued."""
    return any(graph.referring(each, _USERS) for each in certificate.validations) or not graph.referring(certificate, _USERS)
