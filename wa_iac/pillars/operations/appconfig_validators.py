"""# AppConfig configuration is deployed without a check

## Why

A missing comma in a configuration takes a service down in seconds, everywhere. AppConfig refuses a version that does not pass its
validators: a JSON schema, or a function of yours.

## What it checks

The rule reports a configuration profile of free form without a validator.

## What is left out

Feature flags, for which AppConfig has a schema of its own.

## Non-compliant

```yaml
Resources:
  Limits:  # finding
    Type: AWS::AppConfig::ConfigurationProfile
    Properties:
      ApplicationId: abc1234
      Name: flags
      LocationUri: hosted
```

```hcl
resource "aws_appconfig_configuration_profile" "limits" { # finding
  application_id = "abc1234"
  name           = "limits"
  location_uri   = "hosted"
}
```

## Compliant

```yaml
Resources:
  Limits:
    Type: AWS::AppConfig::ConfigurationProfile
    Properties:
      ApplicationId: abc1234
      Name: flags
      LocationUri: hosted
      Validators:
        - Type: JSON_SCHEMA
          Content: '{"type": "object"}'
```

```hcl
resource "aws_appconfig_configuration_profile" "limits" {
  application_id = "abc1234"
  name           = "limits"
  location_uri   = "hosted"

  validator {
    type    = "JSON_SCHEMA"
    content = jsonencode({ type = "object" })
  }
}
```

## Not applicable

```yaml
Resources:
  Flags:  # not applicable: a schema of its own
    Type: AWS::AppConfig::ConfigurationProfile
    Properties:
      ApplicationId: abc1234
      Name: flags
      LocationUri: hosted
      Type: AWS.AppConfig.FeatureFlags
```

## Undecided

The result is undecided if the type is not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Limits:
    Type: AWS::AppConfig::ConfigurationProfile
    Properties:
      ApplicationId: abc1234
      Name: flags
      LocationUri: hosted
      Type: !Ref Kind  # undecided: parameter "Kind" has no default
```

```hcl
variable "kind" {
  type = string
}

resource "aws_appconfig_configuration_profile" "limits" {
  application_id = "abc1234"
  name           = "limits"
  location_uri   = "hosted"
  type           = var.kind # undecided: var.kind has no default
}
```

## Sources

- [Understanding validators - AWS AppConfig](https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-configuration-and-profile-validators.html), read on 2026-11-29
"""

from wa_iac.aws.appconfig import Profile
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known


@rule(
    practices=["OPS06-BP03", "REL08-BP02"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn="Validators:\n  - Type: JSON_SCHEMA\n    Content: <the JSON schema>",
        tf='validator {\n  type    = "JSON_SCHEMA"\n  content = "<the JSON schema>"\n}',
    ),
)
def check(profile: Profile) -> Flags:
    accept(given(profile.validators))
    exempt(holds(profile.kind, lambda kind: kind == "AWS.AppConfig.FeatureFlags"), "feature flags have a schema of its own")
    found = profile.validators
    yield flag(
        Absent(found.origin) if not isinstance(found, Known) else found,
        "No validator checks this configuration before it is deployed: a typing error may reach the service.",
    )
