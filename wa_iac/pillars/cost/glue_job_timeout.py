"""# Glue job may hang for two days

## Why

A job that waits for a lock or a database that does not answer goes on until Glue ends it: after 48 hours by default. All of its workers
are paid for all that time, and nobody knows that the data is missing.

## What it checks

The rule reports a job for Spark or Python without a timeout.

## What is left out

Jobs that read streams, which are meant to run on, and jobs with Ray. A timeout can also be given when a run is started, so the confidence
is medium.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" { # finding
  name         = "orders"
  role_arn     = "arn:aws:iam::111122223333:role/glue"
  glue_version = "4.0"

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
      Timeout: 60
      Command:
        Name: glueetl
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" {
  name         = "orders"
  role_arn     = "arn:aws:iam::111122223333:role/glue"
  glue_version = "4.0"
  timeout      = 60

  command {
    name            = "glueetl"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: meant to run on
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      Command:
        Name: gluestreaming
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
resource "aws_glue_job" "orders" { # not applicable: runs Ray
  name         = "orders"
  role_arn     = "arn:aws:iam::111122223333:role/glue"
  glue_version = "4.0"

  command {
    name            = "glueray"
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: arn:aws:iam::111122223333:role/glue
      GlueVersion: "4.0"
      Command:
        Name: !Ref Kind  # undecided: parameter "Kind" has no default
        ScriptLocation: s3://example-scripts/orders.py
```

```hcl
variable "kind" {
  type = string
}

resource "aws_glue_job" "orders" {
  name         = "orders"
  role_arn     = "arn:aws:iam::111122223333:role/glue"
  glue_version = "4.0"

  command {
    name            = var.kind # undecided: var.kind has no default
    script_location = "s3://example-scripts/orders.py"
  }
}
```

## Sources

- [timeout, JobRun](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/glue/aws.sdk.kotlin.services.glue.model/-job-run/timeout.html), read on 2026-11-29
"""

from wa_iac.aws.glue import Job
from wa_iac.core.logic import is_set
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["COST02-BP05", "REL05-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"Timeout": 120},
        tf={"timeout": 120},
        decision="Choose twice the time that the longest good run takes. The code says two hours.",
    ),
)
def check(job: Job) -> Flags:
    accept(is_set(job.timeout))
    exempt(job.is_kind("gluestreaming"), "it reads a stream, so it is meant to run on")
    exempt(job.is_kind("glueray"), "it runs Ray")
    workers = f"all of its {job.workers.value} workers are" if isinstance(job.workers, Known) else "it is"
    yield flag(job, f"A run of this job that hangs goes on for up to 48 hours, and {workers} paid for all that time.")
