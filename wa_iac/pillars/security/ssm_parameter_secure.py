"""# SSM parameter stores a secret in plain text

## Why

A parameter of type `String` is not encrypted with your KMS key. Everyone with `ssm:GetParameter` can read it, and its value
appears in every listing and in the console. CloudFormation cannot create `SecureString` parameters, and its templates must not
contain a secret: use Secrets Manager there.

## What it checks

The rule reads the type, the name and the value of each parameter that is not a `SecureString`. The rule reports a parameter if the last
part of its name suggests a secret: `/shop/db/password`, `apiKey`. It also reports a parameter whose value has the format of a known
credential.

## What is left out

The rule does not report a parameter that only holds the address of a secret, such as its ARN, or one whose value says
that there is none (`NONE`) or turns something on or off (`false`), unless Terraform ignores changes of that value. If a default or a condition gives such a value, the
severity is medium. Such a finding is advice for the half of a pair that only says who calls (`.../shop_api_key` beside `.../shop_secret_key`).

## Non-compliant

```yaml
Resources:
  Password:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /shop/db/password
      Type: String  # finding
      Value: Tr0ub4dor-and-3
```

```hcl
resource "aws_ssm_parameter" "password" {
  name  = "/shop/db/password"
  type  = "String" # finding
  value = random_password.db.result
}

resource "random_password" "db" {
  length = 40
}
```

## Compliant

```yaml
Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: /shop/db/password
      GenerateSecretString:
        PasswordLength: 40
  PasswordArn:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /shop/db/password-arn
      Type: String
      Value: !Ref Password
```

```hcl
resource "aws_ssm_parameter" "password" {
  name  = "/shop/db/password"
  type  = "SecureString"
  value = random_password.db.result
}

resource "random_password" "db" {
  length = 40
}
```

## Undecided

The result is undecided if `Type` or `type` is not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Password:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /shop/db/password
      Type: !Ref Kind  # undecided: parameter "Kind" has no default
      Value: "{{resolve:secretsmanager:shop}}"
```

```hcl
variable "type" {
  type = string
}

resource "aws_ssm_parameter" "password" {
  name  = "/shop/db/password"
  type  = var.type # undecided: var.type has no default
  value = random_password.db.result
}
```

## Sources

- [enum ParameterType - AWS CDK](https://docs.aws.amazon.com/cdk/api/latest/docs/@aws-cdk_aws-ssm.ParameterType.html), read on 2026-11-29
- [Get a secure string value from Systems Manager Parameter Store - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.ssm import Parameter
from wa_iac.core.graph import Graph
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known, Step, Unknown
from wa_iac.knowledge.secret_names import has_form_of_secret, is_address, is_nothing, is_switch, is_to_fill_in, names_a_secret

_ELSEWHERE: Final = (
    "CloudFormation cannot create a SecureString: keep the value in a secret of Secrets Manager. Programs and builds that "
    "read this parameter first have to read the secret instead, and need secretsmanager:GetSecretValue for it."
)
_HALF: Final = late(r"(?:api|access)_key$")
_TO_BE_WRITTEN: Final = (
    "This holds no secret yet. One that is written over it is stored in plain text, unless it is written as a SecureString: anyone who may read or list "
    "parameters can read it."
)
_WRITER: Final = "If what writes the secret does so as a SecureString, suppress this with that reason."
_KEPT: Final = "Change the value: the parameter's history keeps this one."


_DECRYPTED: Final = (
    "Readers then have to ask for the decrypted value (WithDecryption, or ssm-secure in a template), and with a key of your own they need "
    "kms:Decrypt."
)


def _of_dialect(parameter: Parameter, graph: Graph) -> Remedy | None:
    """Only Terraform can write a SecureString. In a template, the value that leaves a parameter out is another way, if there is one."""
    del graph
    kept = "" if _has_none(parameter) else f" {_KEPT}"
    if not parameter.as_cloudformation:
        return Remedy(tf={"type": "SecureString"}, decision=f"{_DECRYPTED}{kept}")
    switch = parameter.declared.exists_by
    out = "" if switch is None else f" Or leave this out by another value of {switch.default_of}."
    writer = f"{_WRITER} " if not kept and _is_written_out(parameter) else ""
    return Remedy(decision=f"{writer}{_ELSEWHERE}{kept}{out}")


@rule(
    practices=["SEC02-BP03", "SEC08-BP02"],
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        tf={"type": "SecureString"},
        decision=f"{_ELSEWHERE} {_KEPT}",
        given=_of_dialect,
    ),
    equivalents={"checkov": ["CKV_AWS_337", "CKV_AWS_384", "CKV2_AWS_34"]},
)
def check(parameter: Parameter, graph: Graph) -> Flags:
    if parameter.kind not in (Known("SecureString"), Absent()) and _is_secret(parameter):
        switch = parameter.declared.exists_by
        chosen = _has_none(parameter)
        yield flag(
            settled(parameter.kind),
            _TO_BE_WRITTEN
            if chosen and _is_written_out(parameter)
            else "With the present values, this holds no secret. One that is passed is stored in plain text: anyone who may read or list parameters can read it."
            if chosen
            else "This secret is stored in plain text: anyone who may read or list parameters can read it.",
            severity=Severity.MEDIUM if chosen else None,
            confidence=Confidence.LOW if chosen and _names_half_of_a_pair(parameter, graph) else None,
            related=[] if switch is None else [Step(switch.span, f"the default of {switch.default_of} is why this exists")],
        )


def _has_none(parameter: Parameter) -> bool:
    """Whether its value says that there is no secret, and nobody else gives it one."""
    value = parameter.value
    none = isinstance(value, Known) and (is_nothing(value.value) or is_to_fill_in(value.value))
    return none and not _set_elsewhere(parameter)


def _is_written_out(parameter: Parameter) -> bool:
    """Whether the code itself writes the value: no deployment passes another one."""
    return isinstance(parameter.value, Known) and _is_fixed(parameter.value)


def _names_half_of_a_pair(parameter: Parameter, graph: Graph) -> bool:
    """Whether it is the key that says who calls, beside the secret key of the same name."""
    other = [_HALF.sub("secret_key", each) for each in _names(parameter) if _HALF.search(each)]
    return any(graph.index(Parameter, _names).get(each) for each in other)


def _names(parameter: Parameter) -> Iterator[str]:
    if isinstance(parameter.name, Known):
        yield parameter.name.value.lower().replace("-", "_")


def _set_elsewhere(parameter: Parameter) -> bool:
    """Whether Terraform ignores the value, so that somebody else gives the parameter its real one."""
    return not ignored_changes(parameter.declared).isdisjoint({"value", ALL})


def _is_fixed(value: Known[str]) -> bool:
    """Whether the code itself writes a value, which no default, argument or condition gives."""
    given = any(step.argument or step.chooses for step in value.origin.chain)
    return value.origin.how == "explicit" and not value.origin.by_default and not given


def _is_secret(parameter: Parameter) -> bool:
    if isinstance(parameter.value, Known):
        if is_address(parameter.value.value) or (is_switch(parameter.value.value) and not _set_elsewhere(parameter)):
            return False
        if _is_fixed(parameter.value) and is_nothing(parameter.value.value) and not _set_elsewhere(parameter):
            return False
        if has_form_of_secret(parameter.value.value):
            return True
    match parameter.name:
        case Known(name) | Unknown(parts=[*_, str() as name]):
            return names_a_secret(name)
        case _:
            return False
