"""Files of other tools from which templates or stacks are made. They are not read, and a note for each tool names its files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.errors import UnavailableError, some
from wa_iac.core.files import scan_root
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import shown

from .templatefile_inputs import told_filled


class Tool(NamedTuple):
    """A tool whose files are not read.

    Attributes:
        files: their names.
        advice: what to check instead, as a command of the user.
    """

    name: str
    files: tuple[str, ...]
    advice: str


SERVERLESS: Final = Tool(
    "the Serverless Framework",
    ("serverless.yml", "serverless.yaml", "serverless.json", "serverless.ts", "serverless.js"),
    'check what "serverless package" writes (.serverless/cloudformation-template-update-stack.json)',
)
"""See https://www.serverless.com/framework/docs/providers/aws/cli-reference/package."""

TOOLS: Final = (
    SERVERLESS,
    # https://docs.aws.amazon.com/cdk/v2/guide/cli.html
    Tool("the AWS CDK", ("cdk.json",), 'check what "cdk synth" writes (cdk.out)'),
    # https://developer.hashicorp.com/terraform/cdktf/cli-reference/commands
    Tool("CDK for Terraform", ("cdktf.json",), 'check what "cdktf synth" writes (cdktf.out)'),
    # https://www.pulumi.com/docs/iac/concepts/projects/project-file/
    Tool("Pulumi", ("Pulumi.yaml", "Pulumi.yml"), "it deploys neither templates nor modules"),
    # https://www.sparkleformation.io/docs/sfn/configuration.html
    Tool("SparkleFormation", (".sfn",), 'check what "sfn print" writes'),
)
NAMES: Final = {name: tool for tool in TOOLS for name in tool.files}
"""The tool of each file name."""

DRAFTS: Final = (".j2", ".jinja", ".jinja2", ".njk", ".erb", ".mustache", ".hbs", ".ejs", ".tpl", ".tftpl")
"""The endings of files that another program fills in, of which some are templates."""

_NAMED: Final = 5
"""Files that a note names."""
_BEGINNING: Final = 65_536
"""Bytes of a draft that are looked at."""
_PROGRAMS: Final = 500
"""Programs that are looked at."""
_IMPORT: Final = late(rb"(?m)^(?:from|import) troposphere\b")


_PROVIDER: Final = late(
    rb"""(?m)^provider:(?:[ \t]*(?:#.*)?\r?\n(?:(?:[ \t].*|#.*)?\r?\n)*?[ \t]+name:)?[ \t]*["']?([a-z]+)["']?[ \t]*\r?$"""
)
"""The provider in a service of the Serverless Framework: https://www.serverless.com/framework/docs/providers."""


def is_for_aws(path: Path) -> bool:
    """Whether a file of a tool may be for AWS. It is not if it is a service of the Serverless Framework that names another provider."""
    if path.suffix in (".yml", ".yaml") and path.name in SERVERLESS.files:
        with suppress(OSError):
            provider = _PROVIDER.search(files.beginning(path, _BEGINNING, within=scan_root(path)))
            return provider is None or provider[1] == b"aws"
    return True


def of_tools(paths: Iterable[Path], outputs: Iterable[Path]) -> Iterator[UnavailableError]:
    """A note for each tool that has files among `paths`, unless what it writes is below them: the `outputs` are directories."""
    have_output = {above for each in outputs for above in each.parents}
    found: dict[Tool, list[str]] = {}
    for path in paths:
        if path.parent not in have_output:
            found.setdefault(NAMES[path.name], []).append(shown(path))
    for tool, names in found.items():
        verb = "is" if len(names) == 1 else "are"
        said = f"{some(names, _NAMED)} {verb} of {tool.name}, and not read: {tool.advice}"
        yield UnavailableError(said, path=names[0])


def of_drafts(paths: Mapping[Path, Path], fills: Collection[Path]) -> Iterator[UnavailableError]:
    """A note on those among `paths`, each with the root of its tree, that are templates for another program to fill in. Those among
    `fills`, which are resolved paths, are filled in by Terraform."""
    drafts = [path for path, root in paths.items() if _is_draft(path, root)]
    ours = [path for path in drafts if files.resolved(path) in fills] if fills else []
    yield from (told_filled(shown(path)) for path in ours)
    names = [shown(path) for path in drafts if path not in ours]
    if names:
        verb, what = ("is", "a template") if len(names) == 1 else ("are", "templates")
        said = f"{some(names, _NAMED)} {verb} {what} for another program to fill in, and not read: check what it writes"
        yield UnavailableError(said, path=names[0])


def _is_draft(path: Path, root: Path) -> bool:
    from wa_iac.parsers.cloudformation.text.recognise import claims_to_be_template, recognise

    with suppress(OSError):
        data = files.beginning(path, _BEGINNING, within=root)
        return recognise(data) and claims_to_be_template(data)
    return False


def of_programs(paths: Iterable[Path], root: Path) -> Iterator[UnavailableError]:
    """A note on the first of many `paths` below `root` that is a Python program which writes templates with troposphere. For a tree in
    which there is nothing else: this reads them."""
    for path in islice((each for each in paths if each.suffix == ".py"), _PROGRAMS):
        with suppress(OSError):
            if _IMPORT.search(files.beginning(path, _BEGINNING, within=root)):
                said = f"{shown(path)} writes templates with troposphere, and is not run: check what it writes"
                yield UnavailableError(said, path=shown(path))
                return
