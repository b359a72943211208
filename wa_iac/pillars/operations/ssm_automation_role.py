"""# Runbook has no role of its own

## Why

A runbook of Systems Manager Automation without a role runs with the permissions of the person or program that starts it. So everybody who
may need it in an incident has to have all its permissions all the time, and for a person with fewer it fails half-way.

## What it checks

The rule reads the content of each document of the type `Automation`, in JSON, in YAML or as an object. It reports one without
`assumeRole`.

## What is left out

Documents of other types. The rule does not ask what the role may do. A role that is a parameter of the runbook counts.

## Non-compliant

```yaml
Resources:
  Restart:
    Type: AWS::SSM::Document
    Properties:
      DocumentType: Automation
      Content:  # finding
        schemaVersion: "0.3"
        mainSteps:
          - name: restart
            action: aws:executeAwsApi
            inputs: {Service: ecs, Api: UpdateService, cluster: shop, service: web, forceNewDeployment: true}
```

```hcl
resource "aws_ssm_document" "restart" {
  name            = "restart"
  document_type   = "Automation"
  document_format = "YAML"
  content         = <<-YAML # finding
    schemaVersion: "0.3"
    mainSteps:
      - name: restart
        action: aws:executeAwsApi
        inputs: {Service: ecs, Api: UpdateService, cluster: shop, service: web, forceNewDeployment: true}
  YAML
}
```

## Compliant

```yaml
Resources:
  Restart:
    Type: AWS::SSM::Document
    Properties:
      DocumentType: Automation
      Content:
        schemaVersion: "0.3"
        assumeRole: arn:aws:iam::111122223333:role/restart
        mainSteps:
          - name: restart
            action: aws:executeAwsApi
            inputs: {Service: ecs, Api: UpdateService, cluster: shop, service: web, forceNewDeployment: true}
```

```hcl
resource "aws_ssm_document" "restart" {
  name            = "restart"
  document_type   = "Automation"
  document_format = "YAML"
  content         = <<-YAML
    schemaVersion: "0.3"
    assumeRole: "arn:aws:iam::111122223333:role/restart"
    mainSteps:
      - name: restart
        action: aws:executeAwsApi
        inputs: {Service: ecs, Api: UpdateService, cluster: shop, service: web, forceNewDeployment: true}
  YAML
}
```

## Undecided

The result is undecided if the content is not known before deployment.

```yaml
Parameters:
  Content:
    Type: String
Resources:
  Restart:
    Type: AWS::SSM::Document
    Properties:
      DocumentType: Automation
      Content: !Ref Content  # undecided: parameter "Content" has no default
```

```hcl
variable "content" {
  type = string
}

resource "aws_ssm_document" "restart" {
  name          = "restart"
  document_type = "Automation"
  content       = var.content # undecided: var.content has no default
}
```

## Sources

- [Run an automated operation powered by Systems Manager Automation - AWS Systems Manager](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-working.html), read on 2026-11-29
"""

import re
from typing import Final

from wa_iac.aws.ssm import Document
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import PartlyMap
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule, settled
from wa_iac.core.value import Known, Unknown

_ROLE: Final = "assumeRole"
_WRITTEN: Final = late(r"""(?:^|[{,])\s*["']?assumeRole["']?\s*:""", re.MULTILINE)


@rule(
    practices=["OPS07-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        decision="Write `assumeRole` into the content, with the ARN of a role that may do what the steps do, and no more."
    ),
)
def check(document: Document) -> Flags:
    if settled(document.kind) != Known("Automation"):
        return
    content = document.content
    match content:
        case Known(dict() as entries):
            accept(_ROLE in entries)
        case PartlyMap():
            accept(_ROLE in content.entries)
        case Known(str() as text):
            accept(_WRITTEN.search(text) is not None)
        case Unknown(parts=parts):
            accept(any(isinstance(part, str) and _WRITTEN.search(part) is not None for part in parts))
        case _:
            return
    settled(content)
    yield flag(
        content,
        "This runbook has no role: it runs with the rights of the person who starts it, who needs all that its steps need.",
    )
