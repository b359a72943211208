"""# KMS key has no automatic rotation

## Why

A key with material that never changes encrypts more and more data with it, and standards such as PCI DSS ask for a rotation. Nobody can
take the material out of KMS, so rotation limits what depends on one material. With rotation, KMS creates new material every year and
keeps the old material to decrypt older data. Nothing else has to change.

## What it checks

The rule reads the rotation setting of each KMS key. It reports a key for which rotation is not turned on; without the setting, KMS does not
rotate a key.

## What is left out

Only symmetric encryption keys with material that KMS generates can be rotated automatically. The rule does not check other
keys: asymmetric and HMAC keys, imported material, keys in a custom or external key store, and disabled keys.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub arn:aws:iam::${AWS::AccountId}:root
            Action: kms:*
            Resource: "*"
```

```yaml
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: false  # finding
```

```hcl
resource "aws_kms_key" "orders" { # finding
  description = "Orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
```

```hcl
resource "aws_kms_key" "orders" {
  description         = "Orders"
  enable_key_rotation = true
}
```

## Not applicable

```yaml
Resources:
  Signing:  # not applicable: KMS does not rotate keys of ECC_NIST_P256
    Type: AWS::KMS::Key
    Properties:
      KeySpec: ECC_NIST_P256
      KeyUsage: SIGN_VERIFY
      KeyPolicy: {}
  Imported:  # not applicable: does not rotate keys of EXTERNAL
    Type: AWS::KMS::Key
    Properties:
      Origin: EXTERNAL
      KeyPolicy: {}
```

```hcl
resource "aws_kms_key" "signing" { # not applicable: KMS does not rotate keys of RSA_2048
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
}

resource "aws_kms_key" "old" { # not applicable: rotation of a disabled key
  is_enabled = false
}

resource "aws_kms_key" "stored" { # not applicable: a custom or external key store
  custom_key_store_id = "cks-0a1"
}
```

## Undecided

The result is undecided if `EnableKeyRotation` or `enable_key_rotation` is not known before deployment.

```yaml
Parameters:
  EnableKeyRotation:
    Type: String
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: !Ref EnableKeyRotation  # undecided: parameter "EnableKeyRotation" has no default
```

```hcl
variable "enable_key_rotation" { # undecided: Fails when var.enable_key_rotation is false
  type = bool
}

resource "aws_kms_key" "orders" {
  description         = "Orders"
  enable_key_rotation = var.enable_key_rotation
}
```

## Sources

- [EnableKeyRotation - AWS Key Management Service](https://docs.aws.amazon.com/goto/WebAPI/kms/EnableKeyRotation), read on 2026-11-29
- [Enable automatic key rotation](https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.md), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.kms import Key
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known

_FIX: Final = Recipe(
    cfn={"EnableKeyRotation": True},
    tf={"enable_key_rotation": True},
    unsafe_because="KMS charges for the first two rotations of a key",
)
_ACTION: Final = "kms:EnableKeyRotation"
_DENIED: Final = (
    f"The key's own policy denies {_ACTION}, and the change fails for everyone whom that statement covers: first take the action out of it in "
    "a deployment before this one, or let someone whom it leaves out turn rotation on. If the denial is meant, suppress this with the reason."
)


def _allowed(key: Key, graph: Graph) -> Remedy | None:
    """For a key whose policy denies turning rotation on, or lets nobody do it, as far as it is known."""
    del graph
    if any(each.denies and each.covers_action(_ACTION) == Known(True) for each in statements(key.policy)):
        return replace(_ROTATED, given=None, decision=f"{_ROTATED.decision} {_DENIED}")
    if isinstance(key.policy, Absent) or any(each.covers_action(_ACTION) != Known(False) for each in statements(key.policy)):
        return None
    return replace(
        _ROTATED, given=None, decision=f"{_ROTATED.decision} The key's policy first has to allow {_ACTION} to who deploys."
    )


_ROTATED: Final = replace(Remedy.of_recipe(_FIX), given=_allowed)


@rule(
    practices=["SEC08-BP01"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_7"],
        "trivy": ["AVD-AWS-0065"],
        "cdk_nag": ["AwsSolutions-KMS5"],
        "guard": ["CMK_BACKING_KEY_ROTATION_ENABLED"],
        "config": ["CMK_BACKING_KEY_ROTATION_ENABLED"],
        "cfn_nag": ["F19"],
    },
    remedy=_ROTATED,
    fix=_FIX,
)
def check(key: Key) -> Flags:
    exempt(settled(key.enabled) == Known(False), "rotation of a disabled key cannot be turned on")
    for store in (key.custom_store, key.external_store_key):
        exempt(not isinstance(store, Absent), "the key is in a custom or external key store")
    if key.rotation == Known(True):
        return
    for kind, rotated in ((key.spec, "SYMMETRIC_DEFAULT"), (key.material, "AWS_KMS")):
        if isinstance(name := settled(kind), Known):
            exempt(name.value != rotated, f"KMS does not rotate keys of {name.value}")
    yield flag(
        settled(key.rotation),
        "KMS gives this key no new key material by itself: ever more data depends on the same one, and standards that ask for a rotation are not met.",
    )
