"""# Step Functions task neither retries nor catches errors

## Why

Every service fails now and then for a moment: Lambda is throttled or answers with an error 500. A task without `Retry` and `Catch` fails with
it, and the whole execution stops halfway.

## What it checks

Task states of state machines whose definition is written here. A task needs a `Retry` or a `Catch`, or a `Parallel` or `Map` state around it that
has one. There is one finding for a state machine.

## What is left out

Definitions in files of S3, which are not available.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/orders
      Definition:  # finding
        StartAt: Charge
        States:
          Charge:
            Type: Task
            Resource: arn:aws:states:::lambda:invoke
            End: true
```

```hcl
resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/orders"
  definition = jsonencode({ # finding
    StartAt = "Charge"
    States = {
      Charge = {
        Type     = "Task"
        Resource = "arn:aws:states:::lambda:invoke"
        End      = true
      }
    }
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/orders
      Definition:
        StartAt: Charge
        States:
          Charge:
            Type: Task
            Resource: arn:aws:states:::lambda:invoke
            Retry:
              - ErrorEquals: [Lambda.ServiceException, Lambda.SdkClientException, Lambda.TooManyRequestsException]
                IntervalSeconds: 2
                MaxAttempts: 6
                BackoffRate: 2
            End: true
```

```hcl
resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/orders"
  definition = jsonencode({
    StartAt = "Charge"
    States = {
      Charge = {
        Type     = "Task"
        Resource = "arn:aws:states:::lambda:invoke"
        End      = true
        Retry = [{
          ErrorEquals     = ["States.TaskFailed"]
          IntervalSeconds = 2
          MaxAttempts     = 6
          BackoffRate     = 2
        }]
      }
    }
  })
}
```

## Undecided

```yaml
Parameters:
  Definition:
    Type: String
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/orders
      DefinitionString: !Ref Definition  # undecided: parameter "Definition" has no default
```

```hcl
variable "definition" {
  type = string
}

resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  definition = var.definition # undecided: var.definition has no default
}
```

## Sources

- [Handle Lambda service exceptions](https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html), read on 2026-11-29
"""

from collections.abc import Iterator

from wa_iac.aws.stepfunctions import StateMachine
from wa_iac.core.binding import member
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.pillars.judgements.wording import listed

_MOST_NAMED = 3


@rule(
    practices=["REL05-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision='Give each task a Retry for errors that pass, with a growing interval: "Retry": [{"ErrorEquals": ["Lambda.ServiceException", '
        '"Lambda.SdkClientException", "Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2}]. A Catch '
        "leads errors that stay to a state that cleans up or tells somebody."
    ),
)
def check(machine: StateMachine) -> Flags:
    definition = settled(machine.definition)
    found = list(_unguarded(definition))
    names = [each for each in found if isinstance(each, str)]
    if names:
        shown = [*names[:_MOST_NAMED], *([f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else [])]
        who = (
            f"The tasks {listed(shown)} neither retry nor catch"
            if len(names) > 1
            else f"The task {names[0]} neither retries nor catches"
        )
        yield flag(machine.definition, f"{who} errors: one that would pass after a second stops the whole execution.")
    else:
        all_known(*found)


def _unguarded(machine: Tree) -> Iterator[str | Unknown]:
    """The names of the tasks of a state machine, or of a part of one, that nothing guards against errors; and what is not known of it."""
    states = machine if isinstance(machine, Unknown) else member(machine, "States")
    if isinstance(states, Unknown):
        yield states
    for name, state in entries_of(states).items():
        if isinstance(state, Unknown):
            yield state
            continue
        if _is_guarded(state):
            continue
        match member(state, "Type"):
            case Known("Task"):
                yield name
            case Known("Parallel"):
                branches = member(state, "Branches")
                for branch in (
                    branches.value if isinstance(branches, Known) and isinstance(branches.value, list) else [branches]
                ):
                    yield from _unguarded(branch)
            case Known("Map"):
                yield from _unguarded(member(state, "ItemProcessor"))
                yield from _unguarded(member(state, "Iterator"))
            case Unknown() as why:
                yield why
            case _:
                pass


def _is_guarded(state: Tree) -> bool:
    return any(not isinstance(member(state, each), Absent) for each in ("Retry", "Catch"))
