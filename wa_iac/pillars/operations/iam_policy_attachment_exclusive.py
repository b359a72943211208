"""# Terraform detaches an IAM policy from everybody else

## Why

`aws_iam_policy_attachment` owns all attachments of a policy in the whole account. When Terraform applies it, the policy is detached from
each user, group and role that the resource does not name: also from those of other teams, and from those that somebody else attached. If
the policy is one of AWS's, that can be anybody, and their workloads lose their permissions at once.

## What it checks

The rule reports an `aws_iam_policy_attachment` for a policy of AWS, for one that is made elsewhere, and for one that another resource of
this configuration attaches too.

## What is left out

A policy that is made here, and that nothing else here attaches, counts as good: nobody else is likely to use it.

## Non-compliant

```hcl
resource "aws_iam_policy_attachment" "agents" { # finding: CloudWatchAgentServerPolicy
  name       = "agents"
  roles      = ["web", "worker"]
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
}
```

```hcl
resource "aws_iam_policy" "reports" {
  policy = "{}"
}

resource "aws_iam_policy_attachment" "readers" { # finding: aws_iam_role_policy_attachment.worker
  name       = "readers"
  groups     = ["readers"]
  policy_arn = aws_iam_policy.reports.arn
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = "worker"
  policy_arn = aws_iam_policy.reports.arn
}
```

## Compliant

```hcl
resource "aws_iam_role_policy_attachment" "agents" {
  for_each   = toset(["web", "worker"])
  role       = each.value
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
}
```

```hcl
resource "aws_iam_policy" "reports" {
  policy = "{}"
}

resource "aws_iam_policy_attachment" "readers" {
  name       = "readers"
  groups     = ["readers"]
  policy_arn = aws_iam_policy.reports.arn
}
```

## Undecided

The result is undecided if `policy_arn` is not known before deployment.

```hcl
variable "policy_arn" {
  type = string
}

resource "aws_iam_policy_attachment" "agents" {
  name       = "agents"
  roles      = ["web"]
  policy_arn = var.policy_arn # undecided: var.policy_arn has no default
}
```

## Sources

- [aws.iam.PolicyAttachment, which repeats the provider's documentation](https://www.pulumi.com/docs/reference/pkg/aws/iam/policyattachment), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.iam import Attachment
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Known, Step, Tree, Unknown


def _for_role(attachment: Attachment, graph: Graph) -> Remedy | None:
    """The attachment to the only role that is named."""
    del graph
    roles, arn = attachment.roles.targets, attachment.policy.value
    alone = (
        len(roles) == 1
        and not attachment.roles.elsewhere
        and "users" not in _names(attachment)
        and "groups" not in _names(attachment)
    )
    if not alone or roles[0].declared.calls != attachment.declared.calls or roles[0].address.endswith("]"):
        return None
    role = f"{roles[0].declared.type}.{roles[0].declared.name}"
    policy = f'"{arn.value}"' if isinstance(arn, Known) and _name(arn) else "<the same policy>"
    return replace(_REMEDY, given=None, tf=_attached(f"{role}.name", policy))


def _names(attachment: Attachment) -> frozenset[str]:
    return frozenset(attachment.declared.body.value)


def _attached(role: str, policy: str) -> str:
    return f'resource "aws_iam_role_policy_attachment" "<a name>" {{\n  role       = {role}\n  policy_arn = {policy}\n}}'


_REMEDY: Final = Remedy(
    tf=_attached("<the role>.name", "<the same policy>"),
    decision="Attach the policy to each user, group and role by a resource of its own. First take this one out of the state (terraform "
    "state rm, or a removed block with destroy = false), since deleting it detaches the policy.",
    given=_for_role,
)


@rule(
    practices=["OPS05-BP04"],
    severity=Severity.HIGH,
    remedy=_REMEDY,
)
def check(attachment: Attachment, graph: Graph) -> Flags:
    if attachment.declared.type != "aws_iam_policy_attachment":
        return
    policy = attachment.policy
    if policy.targets:
        others = [each for made in policy for each in (*made.attachments, *made.holders) if each != attachment]
        if others:
            yield flag(
                attachment,
                f"{others[0].address} attaches this policy too: each run of Terraform detaches it there, or here.",
                severity=Severity.MEDIUM,
                related=[Step(others[0].span, "attached here too")],
            )
        return
    arn = policy.value
    name = _name(arn)
    if name:
        yield flag(
            attachment,
            f"Terraform detaches {name} from each user, group and role of the account that is not named here: they lose its permissions.",
        )
    elif isinstance(arn, Known) or any(declared.kind == "data" for declared in graph.referred(arn)):
        yield flag(
            attachment,
            "Terraform detaches this policy, which is made elsewhere, from each user, group and role of the account that is not named here.",
            severity=Severity.MEDIUM,
        )
    elif isinstance(arn, Unknown) and not arn.origin.references:
        yield undecided(arn)


def _name(arn: Tree) -> str:
    """The name of a policy of AWS."""
    match arn:
        case Known(str() as text) | Unknown(parts=[*_, str() as text]) if ":aws:policy/" in text:
            return text.rpartition("/")[2]
        case _:
            return ""
