"""Reasons why a value is not known: one record for each kind, and the sentences made from them when they are needed.

A value that is made from an unknown keeps its reason: `upper(var.x)` is unknown because `var.x` is. A reason may have another
one behind it, such as the reason of an unknown number of instances: `causes` lists them.

Code that needs to tell one kind of reason from another checks its type. A kind exists because some code checks for it, or
because its sentence has parts. Every other reason is a plain sentence: `Said`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

LOOK_AT_THE_STACK: Final = "look at the deployed stack"
"""Settles what AWS or CloudFormation decides at deployment."""
PROCESSED: Final = "check the processed template"
"""Settles what a macro or a transform decides."""
PLAN_AGAIN: Final = "check a plan made after the first apply"
"""Settles what AWS or Terraform decides during apply: a later plan knows it."""


class Said(NamedTuple):
    """A reason that is only a sentence: a rule's knowledge of AWS, or a gap in a plan.

    Attributes:
        why: what is missing, in the user's words.
        settle: how to make it known; empty if nothing would.
    """

    why: str
    settle: str = ""


class UnsetVariable(NamedTuple):
    """A Terraform variable without a value. `of_root` says whether it is the root module's, and so can be given from
    outside; `filled`, whether its validations refuse null and an empty text."""

    name: str
    of_root: bool
    filled: bool = False

    @property
    def subject(self) -> str:
        return f"var.{self.name}"

    @property
    def why(self) -> str:
        return f"{self.subject} has no default"

    @property
    def settle(self) -> str:
        if not self.of_root:
            return "call the module with it"
        return f"set --var {self.name}=..., a value in terraform.tfvars, or check the plan"


class UnsetParameter(NamedTuple):
    """A template's parameter without a value. `stack` is the prefix of addresses in its stack; `filled` says whether its type or
    its limits refuse an empty text."""

    name: str
    stack: str = ""
    filled: bool = False

    @property
    def subject(self) -> str:
        return f'parameter "{self.name}"'

    @property
    def address(self) -> str:
        return self.stack + self.name

    @property
    def why(self) -> str:
        return f"{self.subject} has no default"

    @property
    def settle(self) -> str:
        return f'set it in --parameters, or give parameter "{self.name}" a Default'


class InParameterStore(NamedTuple):
    """A template's parameter whose value comes from Parameter Store."""

    name: str
    stack: str = ""

    @property
    def address(self) -> str:
        return self.stack + self.name

    @property
    def why(self) -> str:
        return f'parameter "{self.name}" is read from Parameter Store at deployment'

    @property
    def settle(self) -> str:
        return "look it up in Parameter Store"


OF_ONE_STACK: Final = ("AWS::NotificationARNs", "AWS::StackId", "AWS::StackName")
"""The pseudo parameters that differ between stacks."""


class Pseudo(NamedTuple):
    """A pseudo parameter. `stack` is the prefix of addresses in its stack, if its value differs between stacks."""

    name: str
    stack: str = ""

    @property
    def address(self) -> str:
        return self.stack + self.name

    @property
    def why(self) -> str:
        return PSEUDO[self.name]

    @property
    def settle(self) -> str:
        return LOOK_AT_THE_STACK


PSEUDO: Final = {
    "AWS::AccountId": "the account is known only at deployment",
    "AWS::NotificationARNs": "the stack's notification topics are known only at deployment",
    "AWS::Partition": "the partition is known only at deployment",
    "AWS::Region": "the region is known only at deployment",
    "AWS::StackId": "the stack's id is known only at deployment",
    "AWS::StackName": "the stack's name is known only at deployment",
    "AWS::URLSuffix": "the domain suffix is known only at deployment",
}
"""The pseudo parameters, each with the reason why it is not known."""


class ZonesOf(NamedTuple):
    """The list of all zones of a Region. `region` is empty for the stack's own Region and for an unknown one."""

    region: str

    @property
    def why(self) -> str:
        return "the availability zones are known only at deployment"

    @property
    def settle(self) -> str:
        return f"name the zones, or {LOOK_AT_THE_STACK}"


class LookedUp(NamedTuple):
    """An attribute of a data source. Its value depends on the account."""

    type: str
    address: str
    attribute: str

    @property
    def why(self) -> str:
        return f"{self.address}.{self.attribute} is looked up at deployment"

    @property
    def settle(self) -> str:
        return "check the plan"


class AfterApply(NamedTuple):
    """An attribute of a resource that Terraform only knows after creating the resource; empty for the resource as a whole."""

    address: str
    attribute: str
    settle: str = PLAN_AGAIN

    @property
    def why(self) -> str:
        return f"{self.address}{'.' if self.attribute else ''}{self.attribute} is known after apply"


class Imported(NamedTuple):
    """An export of another stack. `name` is its known part."""

    name: str
    is_known: bool

    @property
    def why(self) -> str:
        if self.is_known:
            return f"{self.name} is exported by another stack"
        return f"another stack exports it under the name {self.name}"

    @property
    def settle(self) -> str:
        return "check it together with the template that exports it, with values for that template's parameters"


class DynamicReference(NamedTuple):
    """A dynamic reference, `{{resolve:ssm:...}}`. `text` is its known part."""

    text: str

    @property
    def why(self) -> str:
        return f"the dynamic reference {self.text} is resolved at deployment"

    @property
    def settle(self) -> str:
        return "look the value up where the reference points"


class UninstalledModule(NamedTuple):
    """A module from a registry or a repository that is not installed. If its source is not known, `because` says why."""

    module: str
    source: str
    because: Reason | None = None

    @property
    def why(self) -> str:
        if self.because is None:
            return f'module "{self.module}" comes from {self.source}, which is not installed here'
        return f'the source of module "{self.module}" is not known: {self.because.why}'

    @property
    def settle(self) -> str:
        return 'run "terraform init"' if self.because is None else self.because.settle


class CannotEvaluate(NamedTuple):
    """An expression that is an error, or that depends on an unknown. `subject` is its name, `because` the error or the
    reason."""

    subject: str
    because: Reason

    @property
    def why(self) -> str:
        return f"{self.subject} cannot be evaluated: {self.because.why}"

    @property
    def settle(self) -> str:
        return self.because.settle or f"correct {self.subject}"


class Uncountable(NamedTuple):
    """The number of instances of a block, or of its contents, is not known."""

    because: Reason

    @property
    def why(self) -> str:
        if isinstance(self.because, (UnsetVariable, UnsetParameter)):
            return f"the number of instances depends on {self.because.subject}, which has no default"
        return f"the number of instances is not known: {self.because.why}"

    @property
    def settle(self) -> str:
        return self.because.settle


class Follows(NamedTuple):
    """A consequence of another reason. `what` is the sentence, and `because` explains it."""

    what: str
    because: Reason

    @property
    def why(self) -> str:
        return f"{self.what}: {self.because.why}"

    @property
    def settle(self) -> str:
        return self.because.settle


Reason: TypeAlias = (
    Said
    | UnsetVariable
    | UnsetParameter
    | InParameterStore
    | Pseudo
    | ZonesOf
    | LookedUp
    | AfterApply
    | Imported
    | DynamicReference
    | UninstalledModule
    | CannotEvaluate
    | Uncountable
    | Follows
)
"""Each has `why`, what is missing in the user's words, and `settle`, how to make it known; empty if nothing would."""


def uncountable(because: Reason) -> Uncountable:
    """The reason why a number of instances is not known. Inside a block with an unknown number, it is that block's reason."""
    return because if isinstance(because, Uncountable) else Uncountable(because)


def causes(reason: Reason) -> Iterator[Reason]:
    """A reason, and the reasons behind it."""
    found: Reason | None = reason
    while found is not None:
        yield found
        found = found.because if isinstance(found, (UninstalledModule, CannotEvaluate, Uncountable, Follows)) else None
