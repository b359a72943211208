"""# Jobs of AWS Batch run on On-Demand capacity only

## Why

A job of Batch waits until there is capacity, and starts again if it is interrupted. Spot capacity is made for that, and costs up to 90 percent
less than On-Demand capacity.

## What it checks

The rule reports job queues all of whose compute environments use On-Demand Instances (`EC2`) or Fargate without Spot (`FARGATE`).

## What is left out

Queues with an environment that is declared elsewhere. Units that have an environment with Spot capacity for other jobs, or that define jobs on
several nodes, which cannot use Spot capacity. Long jobs lose much work at an interruption, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources:
        Type: FARGATE
        MaxvCpus: 64
        Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
  Queue:  # finding
    Type: AWS::Batch::JobQueue
    Properties:
      Priority: 1
      ComputeEnvironmentOrder: [{Order: 1, ComputeEnvironment: !Ref Environment}]
```

```hcl
resource "aws_batch_compute_environment" "nightly" {
  type = "MANAGED"

  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 64
    subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_batch_job_queue" "nightly" { # finding
  name     = "nightly"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.nightly.arn
  }
}
```

## Compliant

```yaml
Resources:
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources:
        Type: FARGATE_SPOT
        MaxvCpus: 64
        Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
  Queue:
    Type: AWS::Batch::JobQueue
    Properties:
      Priority: 1
      ComputeEnvironmentOrder: [{Order: 1, ComputeEnvironment: !Ref Environment}]
```

```hcl
resource "aws_batch_compute_environment" "nightly" {
  type = "MANAGED"

  compute_resources {
    type               = "FARGATE_SPOT"
    max_vcpus          = 64
    subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_batch_job_queue" "nightly" {
  name     = "nightly"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.nightly.arn
  }
}
```

## Not applicable

```yaml
Resources:
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources:
        Type: FARGATE
        MaxvCpus: 64
        Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
  Cheap:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources:
        Type: FARGATE_SPOT
        MaxvCpus: 64
        Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
  Urgent:  # not applicable: other jobs here use Spot capacity
    Type: AWS::Batch::JobQueue
    Properties:
      Priority: 10
      ComputeEnvironmentOrder: [{Order: 1, ComputeEnvironment: !Ref Environment}]
```

```hcl
resource "aws_batch_compute_environment" "training" {
  type = "MANAGED"

  compute_resources {
    type               = "EC2"
    max_vcpus          = 64
    instance_role      = "arn:aws:iam::111122223333:instance-profile/training"
    instance_type      = ["g6"]
    subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_batch_job_queue" "training" { # not applicable: jobs on several nodes
  name     = "training"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.training.arn
  }
}

resource "aws_batch_job_definition" "training" {
  name            = "training"
  type            = "multinode"
  node_properties = jsonencode({ mainNode = 0, numNodes = 4, nodeRangeProperties = [] })
}
```

## Undecided

The result is undecided if the type of an environment is not known before deployment.

```yaml
Parameters:
  Capacity:
    Type: String
Resources:
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources:
        Type: !Ref Capacity  # undecided: parameter "Capacity" has no default
        MaxvCpus: 64
        Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
  Queue:
    Type: AWS::Batch::JobQueue
    Properties:
      Priority: 1
      ComputeEnvironmentOrder: [{Order: 1, ComputeEnvironment: !Ref Environment}]
```

```hcl
variable "capacity" {
  type = string
}

resource "aws_batch_compute_environment" "nightly" {
  type = "MANAGED"

  compute_resources {
    type               = var.capacity # undecided: var.capacity has no default
    max_vcpus          = 64
    subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_batch_job_queue" "nightly" {
  name     = "nightly"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.nightly.arn
  }
}
```

## Sources

- [Managed compute environments - AWS Batch](https://docs.aws.amazon.com/batch/latest/userguide/managed_compute_environments.html), read on 2026-11-29
"""

from wa_iac.aws.batch import ComputeEnvironment, JobDefinition, JobQueue
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known


@rule(
    practices=["COST07-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Add a compute environment with Spot capacity (SPOT, FARGATE_SPOT) before the other one, and let the job definitions try again when a host "
        "is taken back."
    ),
)
def check(queue: JobQueue, graph: Graph) -> Flags:
    environments = queue.environments.targets
    if not environments or queue.environments.elsewhere:
        return
    on_demand = all_of(holds(each.capacity, lambda kind: kind in ("EC2", "FARGATE")) for each in environments)
    if on_demand == Known(False):
        return
    exempt(graph.once(_has_spot), "other jobs here use Spot capacity, so that this is a choice")
    exempt(graph.once(_has_nodes), "jobs on several nodes cannot use Spot capacity")
    if settled(on_demand) == Known(True):
        yield flag(queue, "All jobs of this queue run on On-Demand capacity, although they may wait and start again.")


def _has_spot(graph: Graph) -> bool:
    """Whether a compute environment of the unit has Spot capacity."""
    return any(each.capacity in (Known("SPOT"), Known("FARGATE_SPOT")) for each in graph.of(ComputeEnvironment))


def _has_nodes(graph: Graph) -> bool:
    """Whether a job of the unit runs on several nodes."""
    return any(not isinstance(each.nodes, Absent) for each in graph.of(JobDefinition))
