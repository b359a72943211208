"""Why a value is not known: a record for each kind of reason, and the sentences that are made of it when somebody asks.

What is made of an unknown keeps its reason: `upper(var.x)` is unknown because `var.x` is. A reason may have another one behind
it, as the number of a block's instances has: `causes` goes through them.

Code that needs to tell one kind of reason from another asks for its type. A kind is here because somebody asks for it, or
because its sentence is made of parts; every other reason is a sentence that somebody `Said`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias


class Said(NamedTuple):
    """A reason that is nothing but its sentence: what a rule knows of AWS, what a plan does not show.

    Attributes:
        why: what is missing, in the user's words.
        settle: what would make it known; empty where nothing would.
    """

    why: str
    settle: str = ""


class UnsetVariable(NamedTuple):
    """A Terraform variable without a value; `of_root` where it is one of the root module's, which can be given from outside."""

    name: str
    of_root: bool

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
    """A parameter of a template without a value; `stack` is what addresses in its stack begin with."""

    name: str
    stack: str = ""

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
    """A parameter of a template that takes its value from Parameter Store."""

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
        return ""


class Pseudo(NamedTuple):
    """A pseudo parameter; `stack` is what addresses in its stack begin with, where each stack has a value of its own."""

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
        return ""


PSEUDO: Final = {
    "AWS::AccountId": "the account is known only at deployment",
    "AWS::NotificationARNs": "the stack's notification topics are known only at deployment",
    "AWS::Partition": "the partition is known only at deployment",
    "AWS::Region": "the region is known only at deployment",
    "AWS::StackId": "the stack's id is known only at deployment",
    "AWS::StackName": "the stack's name is known only at deployment",
    "AWS::URLSuffix": "the domain suffix is known only at deployment",
}
"""The pseudo parameters, each with why it is not known."""


class ZonesOf(NamedTuple):
    """The list of all zones of a Region; `region` is empty for the stack's own, and for one that is not known."""

    region: str

    @property
    def why(self) -> str:
        return "the availability zones are known only at deployment"

    @property
    def settle(self) -> str:
        return ""


class LookedUp(NamedTuple):
    """An attribute of a data source, of which only the account knows the answer."""

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
    """An attribute of a resource that Terraform knows only when it has made the resource; empty for the resource as a whole."""

    address: str
    attribute: str
    settle: str = ""

    @property
    def why(self) -> str:
        return "known after apply"


class Imported(NamedTuple):
    """What another stack exports; `name` is spelled as far as it is known."""

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
    """A dynamic reference, `{{resolve:ssm:...}}`; `text` is what is known of it."""

    text: str

    @property
    def why(self) -> str:
        return "a dynamic reference, resolved at deployment"

    @property
    def settle(self) -> str:
        return ""


class UninstalledModule(NamedTuple):
    """A module from a registry or a repository that is not here; where its source is not known, `because` says why."""

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
        return ""


class CannotEvaluate(NamedTuple):
    """An expression that is an error, or that needs what is not known: `subject` is what it is called, `because` what is
    wrong."""

    subject: str
    because: Reason

    @property
    def why(self) -> str:
        return f"{self.subject} cannot be evaluated: {self.because.why}"

    @property
    def settle(self) -> str:
        return ""


class Uncountable(NamedTuple):
    """Of a block, or of what is in it, nobody knows how many instances there are."""

    because: Reason

    @property
    def why(self) -> str:
        if isinstance(self.because, UnsetVariable | UnsetParameter):
            return f"the number of instances depends on {self.because.subject}, which has no default"
        return f"the number of instances is not known: {self.because.why}"

    @property
    def settle(self) -> str:
        return ""


class Follows(NamedTuple):
    """What follows from another reason: `what` is a sentence that the other one explains."""

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
"""Each has `why`, what is missing in the user's words, and `settle`, what would make it known: empty where nothing would."""


def uncountable(because: Reason) -> Uncountable:
    """Why the number of instances is not known: in a block whose own number is not known, that is the same reason."""
    return because if isinstance(because, Uncountable) else Uncountable(because)


def causes(reason: Reason) -> Iterator[Reason]:
    """A reason, and those behind it."""
    found: Reason | None = reason
    while found is not None:
        yield found
        found = found.because if isinstance(found, UninstalledModule | CannotEvaluate | Uncountable | Follows) else None
