"""# User data of an instance holds a password

## Why

User data does not keep secrets. Everybody who may describe the instance or its launch template can read it, and so can every program on the
instance, from the metadata service. It also stays in the repository, in the state of Terraform and in all versions of the template.

## What it checks

The rule reads user data in any encoding, and looks for

- a variable whose name says that it is a secret, and that is set to a text: `DB_PASSWORD=...`, `--password=...`;
- a password that is given to `chpasswd`;
- the token of a provider, a private key or a login in a URL, by its form.

## What is left out

`workload-static-credentials` reports access keys of AWS. A value that a command or a variable gives (`$(aws secretsmanager ...)`), a
placeholder and an address of a secret are not reported. Neither is a key or a token that is made of words (`user_token=monitor`): a real one is random.

## Non-compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      UserData:  # finding: DB_PASSWORD
        Fn::Base64: |
          #!/bin/bash
          export DB_PASSWORD=Tr0ub4dor-3
          /opt/worker/start
```

```hcl
resource "aws_launch_template" "worker" {
  image_id  = "ami-0a1b2c3d"
  user_data = base64encode("#!/bin/bash\\necho 'admin:Tr0ub4dor-3' | chpasswd") # finding: password of admin
}
```

## Compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      UserData:
        Fn::Base64: |
          #!/bin/bash
          export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString --output text)
          /opt/worker/start
```

```hcl
resource "aws_launch_template" "worker" {
  image_id = "ami-0a1b2c3d"

  user_data = base64encode(<<-EOT
    #!/bin/bash
    export DB_PASSWORD_SECRET=prod/db/password
    /opt/worker/start
  EOT
  )
}
```

## Sources

- [userData](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-create-launch-configuration-request/user-data.html), read on 2026-11-29
"""

import re
from typing import Final

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.secret_names import has_form_of_secret, is_access_key, is_key_in_words, may_be_secret, names_a_secret
from wa_iac.knowledge.user_data import scripts, uncommented

_SET: Final = late(
    r"(?:^|[\s;&(\"'])-{0,2}(?P<name>[A-Za-z_][\w.-]{2,60})=(?P<quote>[\"']?)(?P<value>[^\s\"'`;&|<>$(){}]{4,200})(?P=quote)(?=[\s;&)\"']|$)"
)
_CHANGED: Final = late(
    r"echo\s+-?e?\s*[\"']?(?P<user>[a-z_][\w.-]{0,31}):(?P<value>[^\s\"'`$(){}]{4,100})[\"']?\s*\|\s*(?:sudo\s+)?chpasswd"
)
_CALL: Final = late(r"\w\([^()]*$")
"""The beginning of a call of a function, up to one of its arguments."""
_ESCAPED: Final = late(r"\\+([\"'`$])")
_PRIVATE_KEY: Final = " PRIVATE KEY-----"
_NO_KEY: Final = late(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?!(?:\\[rn]|\s)*[A-Za-z0-9+/]{8})")
"""The first line of a private key that no key follows: a script looks for it."""
_TEXT: Final = late(r"[A-Za-z0-9]")
_ACCESS_KEY_ID: Final = late(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=Remedy(
        decision="Change the secret, since it has been readable. Keep the new one in Secrets Manager or as a SecureString in Parameter "
        "Store, and let the start-up script read it with the role of the instance, which has to be allowed that. Other user data stops the instance, or "
        "replaces it."
    ),
    equivalents={"checkov": ["CKV_AWS_46"], "trivy": ["AVD-AWS-0029", "AVD-AWS-0122", "AVD-AWS-0129"]},
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> Flags:
    for where, text, written in scripts(server, graph):
        place = where if written is None else written
        if isinstance(place, Known) and place.origin.how == "given":
            continue
        found = _secret(uncommented(text))
        if found:
            message = f"The user data holds {found} in plain text: anyone who may view the instance, and every program on it, can read it."
            yield flag(place, message)
            return


def _secret(text: str) -> str:
    """What secret a script holds; empty if there is none."""
    for line in _ESCAPED.sub(r"\1", text).splitlines():
        for found in _SET.finditer(line):
            name = found["name"]
            if _is_variable(found, line):
                continue
            called = name.replace("-", "_")
            if is_key_in_words(called, found["value"]):
                continue
            if names_a_secret(called) and not is_access_key(name) and _is_text(found["value"]):
                return f"the value of {name}"
        for found in _CHANGED.finditer(line):
            if may_be_secret(found["value"]):
                return f"the password of {found['user']}"
    rest = _NO_KEY.sub("", text)
    if _PRIVATE_KEY in rest:
        return "a private key"
    return "a secret" if has_form_of_secret(_ACCESS_KEY_ID.sub("", rest)) else ""


def _is_variable(found: re.Match[str], line: str) -> bool:
    """Whether a value is a variable or an expression that a program passes to a function: `sign_in(name=name, secret=entered)`."""
    return not found["quote"] and not found["value"].isdigit() and _CALL.search(line[: found.start("name")]) is not None


def _is_text(value: str) -> bool:
    """Whether a value may be a secret that is written out: not the quotes around a variable, `[\\\"$password\\\"]`."""
    return may_be_secret(value) and _TEXT.search(value) is not None
