"""An experiment as a file of a Terraform module. It refers to the resources of the root module; others are variables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from wa_iac.core.late_pattern import late

from .actions import KINDS
from .lines import comment, heading
from .model import Action, Ambient, Experiment, Named, Target, Text
from .role import needs_all_targets, permissions, trust

_OF_ROOT: Final = late(r"aws_\w+\.[\w-]+(\[(\d+|\"[\w .:/@-]*\")\])?")
"""An address that an expression of the root module may be."""
_NAMES: Final = {"aws_eks_node_group": "node_group_name"}
"""The argument with the name of a resource, where it is not `name`."""
_AMBIENT: Final = {
    Ambient.PARTITION: "data.aws_partition.drill.partition",
    Ambient.ACCOUNT: "data.aws_caller_identity.drill.account_id",
    Ambient.ZONE: "var.drill_zone",
}
_LABEL: Final = late(r"[A-Za-z_][\w-]*")


def as_module(experiment: Experiment, unit: str) -> str:
    """The file as HCL, of an experiment that has actions."""
    about = "Put it beside the root module's files. The variables are what is in modules, or otherwise out of reach."
    lines = [*heading(experiment, unit), *comment(about)]
    made = _Module(experiment)
    body = list(made.resources())
    for block in (*made.variables(), *body):
        lines += ["", *block]
    return "\n".join(lines) + "\n"


class _Module:
    """The blocks of the file, with its variables as they are found."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment: Final = experiment
        self._variables: Final[dict[str, Named]] = {}
        self._asks_for_zone = False

    def variables(self) -> Iterator[list[str]]:
        """What the file takes, and the data it reads. After `resources`, which finds them."""
        if self._asks_for_zone:
            default = [("default", _string(self._experiment.zone))] if self._experiment.zone else []
            about = ("description", _string("The Availability Zone that fails."))
            yield _block('variable "drill_zone"', [about, ("type", "string"), *default])
        for name, each in self._variables.items():
            what = "ARN" if each.what == "arn" else "name"
            about = ("description", _string(f"The {what} of {each.address}."))
            yield _block(f'variable "{name}"', [about, ("type", "string")])
        yield _block('data "aws_caller_identity" "drill"', [])
        yield _block('data "aws_partition" "drill"', [])

    def resources(self) -> Iterator[list[str]]:
        experiment = self._experiment
        yield self._template()
        assume = ("assume_role_policy", f"jsonencode({self._data(trust(), '  ')})")
        yield _block('resource "aws_iam_role" "drill"', [("name_prefix", '"drill-"'), assume])
        allowed = ("policy", f"jsonencode({self._data(permissions(experiment), '  ')})")
        yield _block('resource "aws_iam_role_policy" "drill"', [("role", "aws_iam_role.drill.id"), allowed])
        if experiment.policy:
            attached = [("role", "aws_iam_role.drill.name"), ("policy_arn", self._text(experiment.policy))]
            yield _block('resource "aws_iam_role_policy_attachment" "drill"', attached)
        logs = [("name_prefix", '"drill-"'), ("retention_in_days", "30")]
        yield _block('resource "aws_cloudwatch_log_group" "drill"', logs)

    def _template(self) -> list[str]:
        experiment = self._experiment
        alarms = [[("source", '"aws:cloudwatch:alarm"'), ("value", self._text((each,)))] for each in experiment.alarms]
        blocks = [("stop_condition", each) for each in alarms or [[("source", '"none"')]]]
        inner = [line for name, pairs in blocks for line in ("", *_block(name, pairs, "  "))]
        for target in experiment.targets:
            inner += ["", *self._target(target)]
        for each in experiment.actions:
            inner += ["", *self._action(each)]
        mode = _string("fail" if needs_all_targets(experiment) else "skip")
        options = [("account_targeting", '"single-account"'), ("empty_target_resolution_mode", mode)]
        inner += ["", *_block("experiment_options", options, "  ")]
        logs = _block("cloudwatch_logs_configuration", [("log_group_arn", '"${aws_cloudwatch_log_group.drill.arn}:*"')], "    ")
        inner += ["", *_block("log_configuration", [("log_schema_version", "2")], "  ", ["", *logs])]
        about = _string(f"Drill: {experiment.title}"[:500])
        pairs = [("description", about), ("role_arn", "aws_iam_role.drill.arn"), ("tags", '{ Name = "wa-iac drill" }')]
        return _block('resource "aws_fis_experiment_template" "drill"', pairs, "", inner)

    def _target(self, target: Target) -> list[str]:
        pairs = [("name", _string(target.name)), ("resource_type", _string(target.type)), ("selection_mode", '"ALL"')]
        if target.arns:
            pairs.append(("resource_arns", f"[{', '.join(self._text((each,)) for each in target.arns)}]"))
        if target.parameters:
            members = ", ".join(f"{_key(key)} = {self._text(value)}" for key, value in target.parameters)
            pairs.append(("parameters", f"{{ {members} }}"))
        inner: list[str] = []
        for key, value in target.tags:
            inner += ["", *_block("resource_tag", [("key", _string(key)), ("value", self._text(value))], "    ")]
        for path, value in target.filters:
            inner += ["", *_block("filter", [("path", _string(path)), ("values", f"[{self._text(value)}]")], "    ")]
        return _block("target", pairs, "  ", inner)

    def _action(self, action: Action) -> list[str]:
        pairs = [("name", _string(action.name)), ("action_id", _string(action.id)), ("description", _string(action.about))]
        inner: list[str] = []
        for key, value in action.parameters:
            inner += ["", *_block("parameter", [("key", _string(key)), ("value", self._text(value))], "    ")]
        struck = [("key", _string(KINDS[action.id].key)), ("value", _string(action.target.name))]
        return _block("action", pairs, "  ", [*inner, "", *_block("target", struck, "    ")])

    def _data(self, data: Any, indent: str) -> str:
        """Data as an expression; its texts are written out."""
        inner = f"{indent}  "
        match data:
            case dict():
                names = {_key(key): self._data(each, inner) for key, each in data.items()}
                return "\n".join(["{", *_aligned(list(names.items()), inner), f"{indent}}}"])
            case list() if len(data) == 1:
                return f"[{self._data(data[0], indent)}]"
            case list():
                return "\n".join(["[", *(f"{inner}{self._data(each, inner)}," for each in data), f"{indent}]"])
            case _:
                return self._text(data)

    def _text(self, text: Text) -> str:
        if len(text) == 1 and not isinstance(text[0], str) and text[0] is not Ambient.REGION:
            return self._expression(text[0])
        return f'"{"".join(self._piece(each) for each in text)}"'

    def _piece(self, piece: str | Ambient | Named) -> str:
        if isinstance(piece, str):
            return _string(piece)[1:-1]
        # Only policies name the Region in a text, and any Region will do there.
        return "*" if piece is Ambient.REGION else f"${{{self._expression(piece)}}}"

    def _expression(self, piece: Ambient | Named) -> str:
        if isinstance(piece, Ambient):
            self._asks_for_zone = self._asks_for_zone or piece is Ambient.ZONE
            return _AMBIENT[piece]
        if _OF_ROOT.fullmatch(piece.address):
            return f"{piece.address}.{'arn' if piece.what == 'arn' else _NAMES.get(piece.type, 'name')}"
        plain = re.sub(r"[^a-z0-9]+", "_", f"{piece.address}_{piece.what}".lower()).strip("_")
        name = f"drill_{plain}"
        while self._variables.setdefault(name, piece) != piece:
            name += "_x"
        return f"var.{name}"


def _string(text: str) -> str:
    """A text in quotes, in which nothing is an expression."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _key(key: str) -> str:
    return key if _LABEL.fullmatch(key) else _string(key)


def _block(header: str, pairs: list[tuple[str, str]], indent: str = "", inner: Iterable[str] = ()) -> list[str]:
    """A block: its arguments, then the lines of its blocks, the first of which is empty."""
    lines = [*_aligned(pairs, f"{indent}  "), *inner]
    if not lines:
        return [f"{indent}{header} {{}}"]
    return [f"{indent}{header} {{", *lines, f"{indent}}}"]


def _aligned(pairs: list[tuple[str, str]], indent: str) -> Iterator[str]:
    """Arguments with their signs of equality below each other, as far as they are on one line, as `terraform fmt` does."""
    run: list[tuple[str, str]] = []
    for name, value in [*pairs, ("", "")]:
        if name and "\n" not in value:
            run.append((name, value))
            continue
        width = max((len(each) for each, _ in run), default=0)
        yield from (f"{indent}{each:<{width}} = {text}" for each, text in run)
        run = []
        if name:
            yield f"{indent}{name} = {value}"
