"""# SageMaker endpoint has a single instance

## Why

One instance answers all requests of this variant. When it or its Availability Zone fails, or while it is replaced, every request fails until a new
instance has started and loaded the model, which takes minutes. SageMaker spreads two or more instances over zones.

## What it checks

The rule reports a variant of an endpoint configuration that starts with one instance, if nothing here keeps two or more running: neither a scalable
target of SageMaker in this unit nor the variant's own scaling.

## What is left out

Serverless variants, and asynchronous endpoints, whose requests wait in a queue. The rule is in the profile `all`: a second instance doubles the cost,
which is not worth it for every model.

## Non-compliant

```yaml
Resources:
  Live:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: ml.m5.large
          InitialInstanceCount: 1  # finding
          InitialVariantWeight: 1
```

```hcl
resource "aws_sagemaker_endpoint_configuration" "live" {
  name = "live"
  production_variants {
    model_name             = "prices"
    variant_name           = "all"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1 # finding
  }
}
```

## Compliant

```yaml
Resources:
  Live:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: ml.m5.large
          InitialInstanceCount: 2
          InitialVariantWeight: 1
```

```hcl
resource "aws_sagemaker_endpoint_configuration" "live" {
  name = "live"
  production_variants {
    model_name             = "prices"
    variant_name           = "all"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}

resource "aws_appautoscaling_target" "live" {
  service_namespace  = "sagemaker"
  resource_id        = "endpoint/live/variant/all"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  min_capacity       = 2
  max_capacity       = 6
}
```

## Not applicable

```yaml
Resources:
  Queued:  # not applicable: wait in a queue
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      AsyncInferenceConfig:
        OutputConfig:
          S3OutputPath: s3://answers/prices
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: ml.m5.large
          InitialInstanceCount: 1
          InitialVariantWeight: 1
```

```hcl
resource "aws_sagemaker_endpoint_configuration" "queued" { # not applicable: wait in a queue
  name = "queued"
  production_variants {
    model_name             = "prices"
    variant_name           = "all"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
  async_inference_config {
    output_config {
      s3_output_path = "s3://answers/prices"
    }
  }
}
```

## Undecided

The result is undecided if the number of instances is not known before deployment.

```yaml
Parameters:
  Count:
    Type: Number
Resources:
  Live:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: ml.m5.large
          InitialInstanceCount: !Ref Count  # undecided: parameter "Count" has no default
          InitialVariantWeight: 1
```

```hcl
variable "instances" {
  type = number
}

resource "aws_sagemaker_endpoint_configuration" "live" {
  name = "live"
  production_variants {
    model_name             = "prices"
    variant_name           = "all"
    instance_type          = "ml.m5.large"
    initial_instance_count = var.instances # undecided: var.instances has no default
  }
}
```

## Sources

- [sagemaker-endpoint-config-prod-instance-count - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/sagemaker-endpoint-config-prod-instance-count.html), read on 2026-11-29
"""

from collections import defaultdict
from typing import Final

from wa_iac.aws.applicationautoscaling import ScalableTarget
from wa_iac.aws.sagemaker import EndpointConfig, Variant
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, each_of, exempt, flag, rule, written
from wa_iac.core.value import Value

_ANY: Final = 0
"""The key of targets whose endpoint may have any configuration."""
_CONFIGURATIONS: Final = frozenset(EndpointConfig.types())
_ENDPOINTS: Final = frozenset(and_awscc("AWS::SageMaker::Endpoint", "aws_sagemaker_endpoint"))


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"ProductionVariants[]": {"InitialInstanceCount": 2}},
        tf={"production_variants[]": {"initial_instance_count": 2}},
        replaces=True,
        decision="The configuration is replaced, and the endpoint moves to the new one without an interruption. A second instance costs as much as "
        "the first.",
    ),
    equivalents={"config": ["SAGEMAKER_ENDPOINT_CONFIG_PROD_INSTANCE_COUNT"], "security_hub": ["SageMaker.4"]},
)
def check(config: EndpointConfig, graph: Graph) -> Flags:
    def single(variant: Variant) -> Flags:
        all_known(variant.unknown)
        count = written(variant.instances)
        if count.value != 1:
            return
        accept(_two(variant.least))
        kept = graph.once(_scaled)
        accept(any_of([*kept.get(id(config.declared), ()), *kept.get(_ANY, ())]))
        yield flag(
            count,
            "One instance answers all requests of this variant: when it or its zone fails, all requests fail for minutes.",
        )

    exempt(given(config.queued), "its requests wait in a queue")
    yield from each_of(config.variants, single)


def _scaled(graph: Graph) -> dict[int, list[Value[bool]]]:
    """Whether scalable targets of SageMaker keep two instances or more, by the configuration of the endpoint that they name. An endpoint that
    is not declared here may have any configuration."""
    found: dict[int, list[Value[bool]]] = defaultdict(list)
    for each in graph.of(ScalableTarget):
        keeps = all_of((holds(each.namespace, lambda name: name == "sagemaker"), _two(each.min_capacity)))
        endpoints = [named for named in graph.referred(each.resource_id) if named.type in _ENDPOINTS]
        configurations = [
            id(named) for endpoint in endpoints for named in graph.referred(endpoint.body) if named.type in _CONFIGURATIONS
        ]
        for key in configurations or [_ANY]:
            found[key].append(keeps)
    return found


def _two(count: Value[int]) -> Value[bool]:
    return holds(count, lambda number: number > 1)
