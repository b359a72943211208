"""Files of other tools from which templates or stacks are made. They are not read, and a note for each tool names its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.errors import UnavailableError, some
from wa_iac.core.paths import shown


class Tool(NamedTuple):
    """A tool whose files are not read.

    Attributes:
        files: their names.
        advice: what to check instead, as a command of the user.
    """

    name: str
    files: tuple[str, ...]
    advice: str


TOOLS: Final = (
    # https://www.serverless.com/framework/docs/providers/aws/cli-reference/package
    Tool(
        "the Serverless Framework",
        ("serverless.yml", "serverless.yaml", "serverless.json", "serverless.ts", "serverless.js"),
        'check what "serverless package" writes (.serverless/cloudformation-template-update-stack.json)',
    ),
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
_IMPORT: Final = re.compile(rb"(?m)^(?:from|import) troposphere\b")


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


def of_drafts(paths: Mapping[Path, Path]) -> Iterator[UnavailableError]:
    """A note on those among `paths`, each with the root of its tree, that are templates for another program to fill in."""
    names = [shown(path) for path, root in paths.items() if _is_draft(path, root)]
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
