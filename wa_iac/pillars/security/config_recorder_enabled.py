"""# AWS Config does not record all resources

## Why

AWS Config records how resources are configured, and when that changes. Rules, Security Hub and investigations rest on these
records. A recorder that is stopped records nothing, and one for a few types misses the rest.

## What it checks

Recorders of this code: whether they are on, and whether they record all supported types. With Terraform, a recorder stays off
until a resource `aws_config_configuration_recorder_status` starts it. In a module whose callers name the recorder, without a delivery channel, the finding
is advice.

## What is left out

An account without a recorder is not reported: another code may have it. A list of exclusions is a decision on cost. A list of
inclusions is too, so its confidence is low. IAM's global types have to be recorded in one Region only, so they are not checked.

## Non-compliant

```yaml
Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup:
        AllSupported: false
        ResourceTypes:  # finding: Only
          - AWS::EC2::Instance
```

```hcl
resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::123456789012:role/config"
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = false # finding: stopped
}
```

```hcl
resource "aws_config_configuration_recorder" "main" { # finding: Nothing here starts
  role_arn = "arn:aws:iam::123456789012:role/config"
}
```

```hcl
variable "name" {
  type = string
}

resource "aws_config_configuration_recorder" "main" { # finding: The callers of the module may
  name     = var.name
  role_arn = "arn:aws:iam::123456789012:role/config"
}
```

## Compliant

```yaml
Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup:
        AllSupported: true
        IncludeGlobalResourceTypes: true
```

```hcl
resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::123456789012:role/config"
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = true
}
```

## Undecided

The result is undecided if the settings are not known before deployment.

```yaml
Parameters:
  Types:
    Type: CommaDelimitedList
Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup:
        AllSupported: false
        ResourceTypes: !Ref Types  # undecided: parameter "Types" has no default
```

```hcl
variable "enabled" { # undecided: Fails when var.enabled is false
  type = bool
}

resource "aws_config_configuration_recorder" "main" {
  role_arn = "arn:aws:iam::123456789012:role/config"
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = var.enabled
}
```

## Sources

- [AWS::Config::ConfigurationRecorder RecordingGroup](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-config-configurationrecorder-recordinggroup.html), read on 2026-11-29
- [aws.cfg.RecorderStatus](https://www.pulumi.com/registry/packages/aws/api-docs/cfg/recorderstatus), read on 2026-11-29
- [aws.cfg.Recorder](https://www.pulumi.com/registry/packages/aws@5.x/api-docs/cfg/recorder), read on 2026-11-29
"""

from wa_iac.aws.config import Recorder
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.partial import length
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.purposes import is_for_callers

_CHANNEL = "aws_config_delivery_channel"
_OTHERS = ("EXCLUSION_BY_RESOURCE_TYPES", "ALL_SUPPORTED_RESOURCE_TYPES")


@rule(
    practices=["SEC04-BP01", "SEC01-BP03", "COST04-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"RecordingGroup": {"AllSupported": True}},
        tf={"recording_group": {"all_supported": True}},
        of={"aws_config_configuration_recorder_status": {"is_enabled": True}},
        removes=("ResourceTypes", "resource_types"),
        decision="AWS Config charges for each recorded change. It starts only with a delivery channel.",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_45", "CKV2_AWS_48"],
        "security_hub": ["Config.1"],
    },
)
def check(recorder: Recorder, graph: Graph) -> Flags:
    if recorder.declared.type == "aws_config_configuration_recorder":
        match settled(recorder.enabled):
            case Known(False):
                yield flag(recorder.enabled, "This recorder is stopped: changes of resources are not recorded.")
                return
            case Absent():
                # A recorder starts after it has a channel, so whoever makes that one starts it.
                left = _CHANNEL not in graph.types and is_for_callers(recorder.name, graph)
                more = " The callers of the module may do that, after they have made the delivery channel." if left else ""
                yield flag(
                    recorder,
                    f"Nothing here starts this recorder: until something does, it records no changes of resources.{more}",
                    confidence=Confidence.LOW if left else Confidence.MEDIUM,
                    instead=Remedy(
                        tf='resource "aws_config_configuration_recorder_status" "<a name>" {\n'
                        "  name       = <this resource>.name\n  is_enabled = true\n}",
                        decision="A recorder starts only after it has a delivery channel: let this depend on that (depends_on). AWS Config charges for "
                        "each recorded change.",
                    ),
                )
                return
            case Known():
                pass
    if recorder.all_supported == Known(True) or holds(recorder.strategy, lambda use: use in _OTHERS) == Known(True):
        return
    types = settled(recorder.resource_types)
    settled(recorder.strategy)
    if isinstance(types, Known) and types.value:
        number = length(types.value)[0]
        yield flag(
            types,
            f"Only {number} type{'s are' if number != 1 else ' is'} recorded: changes of all others leave no trace in AWS Config.",
            confidence=Confidence.LOW,
        )
