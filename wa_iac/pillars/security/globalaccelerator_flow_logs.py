"""# Accelerator keeps no flow logs

## Why

An accelerator takes in the traffic of clients at the edge, before it reaches a VPC. Without its flow logs, nobody can tell who reached which
endpoint, or which traffic was refused on the way.

## What it checks

Accelerators, also those with custom routing, whose flow logs are off. They are off if nothing is written.

## What is left out

The rule does not judge the bucket of the logs, or how long they are kept.

## Non-compliant

```yaml
Resources:
  Front:  # finding
    Type: AWS::GlobalAccelerator::Accelerator
    Properties:
      Name: front
```

```hcl
resource "aws_globalaccelerator_accelerator" "front" {
  name = "front"
  attributes {
    flow_logs_enabled = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Front:
    Type: AWS::GlobalAccelerator::Accelerator
    Properties:
      Name: front
      FlowLogsEnabled: true
      FlowLogsS3Bucket: flow-logs
      FlowLogsS3Prefix: front
```

```hcl
resource "aws_globalaccelerator_accelerator" "front" {
  name = "front"
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "flow-logs"
    flow_logs_s3_prefix = "front"
  }
}
```

## Undecided

```yaml
Parameters:
  Log:
    Type: String
Resources:
  Front:
    Type: AWS::GlobalAccelerator::Accelerator
    Properties:
      Name: front
      FlowLogsEnabled: !Ref Log  # undecided: parameter "Log" has no default
      FlowLogsS3Bucket: flow-logs
      FlowLogsS3Prefix: front
```

```hcl
variable "log" { # undecided: Fails when var.log is false
  type = bool
}

resource "aws_globalaccelerator_accelerator" "front" {
  name = "front"
  attributes {
    flow_logs_enabled   = var.log
    flow_logs_s3_bucket = "flow-logs"
    flow_logs_s3_prefix = "front"
  }
}
```

## Sources

- [AcceleratorAttributes](https://docs.aws.amazon.com/global-accelerator/latest/api/API_AcceleratorAttributes.md), read on 2026-11-29
- [CustomRoutingAcceleratorAttributes - AWS Global Accelerator](https://docs.aws.amazon.com/global-accelerator/latest/api/API_CustomRoutingAcceleratorAttributes.html), read on 2026-11-29
"""

from wa_iac.aws.globalaccelerator import Accelerator
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, expect, rule


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="FlowLogsEnabled: true\nFlowLogsS3Bucket: <a bucket's name>\nFlowLogsS3Prefix: <a prefix>",
        tf="attributes {\n  flow_logs_enabled   = true\n  flow_logs_s3_bucket = <a bucket's name>\n  flow_logs_s3_prefix = <a prefix>\n}",
    ),
    equivalents={"checkov": ["CKV_AWS_75"]},
)
def check(accelerator: Accelerator) -> Flags:
    message = "This accelerator keeps no flow logs, which would tell afterwards who reached which endpoint through it."
    yield from expect(accelerator.flow_logs, True, message)
