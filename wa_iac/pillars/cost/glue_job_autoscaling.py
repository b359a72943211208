"""# Glue job keeps many workers for its whole run

## Why

A job seldom keeps all of its workers busy: it lists files, reads a few large ones, or waits for one slow task. With auto scaling, Glue
removes workers that have nothing to do, and bills only those that run.

## What it checks

The rule reports a job for Spark or streams on Glue 3.0 or later with ten workers or more and without the argument `--enable-auto-
scaling`.

## What is left out

Jobs with fewer workers, and jobs whose workers are of the type `Standard`, which cannot scale.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      WorkerType: G.1X
      NumberOfWorkers: 20  # finding
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" {
  name              = "orders"
  role_arn          = "arn:aws:iam::111122223333:role/glue"
  glue_version      = "4.0"
  worker_type       = "G.1X"
  number_of_workers = 20 # finding

  command {
    name            = "glueetl"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      WorkerType: G.1X
      NumberOfWorkers: 20
      DefaultArguments:
        --enable-auto-scaling: "true"
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" {
  name              = "orders"
  role_arn          = "arn:aws:iam::111122223333:role/glue"
  glue_version      = "4.0"
  worker_type       = "G.1X"
  number_of_workers = 4

  command {
    name            = "glueetl"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: cannot scale
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      WorkerType: Standard
      NumberOfWorkers: 20
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" { # not applicable: has no auto scaling
  name              = "orders"
  role_arn          = "arn:aws:iam::111122223333:role/glue"
  glue_version      = "2.0"
  worker_type       = "G.1X"
  number_of_workers = 20

  command {
    name            = "glueetl"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Workers:
    Type: Number
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      WorkerType: G.1X
      NumberOfWorkers: !Ref Workers  # undecided: parameter "Workers" has no default
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
variable "workers" {
  type = number
}

resource "aws_glue_job" "orders" {
  name              = "orders"
  role_arn          = "arn:aws:iam::111122223333:role/glue"
  glue_version      = "4.0"
  worker_type       = "G.1X"
  number_of_workers = var.workers # undecided: var.workers has no default

  command {
    name            = "glueetl"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Sources

- [Using auto scaling for AWS Glue - AWS Glue](https://docs.aws.amazon.com/glue/latest/dg/auto-scaling.html), read on 2026-11-29
"""

from pydantic import Field

from wa_iac.aws.glue import Job
from wa_iac.core.binding import member
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known, Tree, Value


class Workers(Options):
    """From how many workers on a job should scale."""

    workers: int = Field(10, ge=2, description="The number of workers from which on auto scaling is asked for.")


@rule(
    practices=["COST09-BP03", "SUS02-BP01", "PERF02-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn='DefaultArguments:\n  --enable-auto-scaling: "true"\n',
        tf='default_arguments = {\n  "--enable-auto-scaling" = "true"\n}\n',
        decision="The number of workers is then the largest one.",
    ),
)
def check(job: Job, wanted: Workers) -> Flags:
    workers = settled(job.workers)
    if not isinstance(workers, Known) or workers.value < wanted.workers:
        return
    accept(job.is_kind("pythonshell", "glueray"))
    exempt(holds(job.worker_type, lambda kind: kind == "Standard"), "workers of the type Standard cannot scale")
    exempt(holds(job.version, lambda version: version.startswith(("0.", "1.", "2."))), "its version has no auto scaling")
    accept(any_of(map(_scales, (job.arguments, job.fixed_arguments))))
    yield flag(
        workers,
        f"This job pays for {workers.value} workers for its whole run, also for those that have nothing to do.",
    )


def _scales(arguments: Tree) -> Value[bool]:
    return holds(member(arguments, "--enable-auto-scaling"), lambda on: str(on).lower() == "true")
