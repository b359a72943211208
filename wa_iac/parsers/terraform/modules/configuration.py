"""The parsed configuration of a directory of `.tf` files: the blocks of one module, by kind. All uses of the module share
it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from wa_iac.core import files
from wa_iac.core.contain import contained
from wa_iac.core.errors import SourceError, UnavailableError, WaIacError
from wa_iac.core.paths import Scan, SourcePath
from wa_iac.core.value import Known
from wa_iac.parsers.terraform.evaluation.unit import MAX_FILE
from wa_iac.parsers.terraform.text.block_types import LABELS, OTHERS
from wa_iac.parsers.terraform.text.byte_order_mark import blanked, without_blanks
from wa_iac.parsers.terraform.text.nodes import Attribute, Body, HclBlock, Literal, Name
from wa_iac.parsers.terraform.text.syntax import read_body

_Key = TypeVar("_Key")

_LONGEST: Final = 100
"""Maximum number of characters shown of a name."""
_NUMBERS: Final = ("no name", "one name", "two names")
_ENCRYPTED: Final = b"\0GITCRYPT\0"
"""The beginning of a file that git-crypt has encrypted."""
_MOST_REPEATED: Final = 100
"""Maximum number of blocks that are reported as declared twice."""


@dataclass(slots=True)
class Configuration:
    """The blocks of one module.

    `order` has all blocks that may declare something, as written. Resources and data sources are found by type and name.
    """

    path: Path
    shown: str
    variables: dict[str, HclBlock] = field(default_factory=dict)
    locals: dict[str, Attribute] = field(default_factory=dict)
    outputs: dict[str, HclBlock] = field(default_factory=dict)
    resources: dict[tuple[str, str], HclBlock] = field(default_factory=dict)
    data: dict[tuple[str, str], HclBlock] = field(default_factory=dict)
    ephemeral: dict[tuple[str, str], HclBlock] = field(default_factory=dict)
    modules: dict[str, HclBlock] = field(default_factory=dict)
    providers: dict[str, HclBlock] = field(default_factory=dict)
    settings: list[HclBlock] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    _repeated: int = 0
    _unknown_blocks: int = 0

    @property
    def written(self) -> int:
        """The number of blocks that may have instances."""
        return len(self.resources) + len(self.data) + len(self.ephemeral) + len(self.modules)

    def add(self, body: Body, *, override: bool) -> None:
        """Add the blocks of one file; those of an override file replace others."""
        for block in body.blocks:
            match block.type, block.labels:
                case "locals", ():
                    for name, attribute in block.body.attributes.items():
                        if name in self.locals and not override:
                            self._twice(f"local.{name}", attribute.span.path, attribute.span.start_line)
                        else:
                            self.locals[name] = attribute
                case "terraform", ():
                    self.settings.append(block)
                case "variable", (name,):
                    _unquote_type(block)
                    self._put(self.variables, name, block, f'variable "{name}"', override=override)
                case "output", (name,):
                    self._put(self.outputs, name, block, f'output "{name}"', override=override)
                case "ephemeral", (kind, name):
                    self._put(self.ephemeral, (kind, name), block, f"ephemeral.{kind}.{name}", override=override)
                case "module", (name,):
                    self._put(self.modules, name, block, f'module "{name}"', override=override)
                case "resource", (kind, name):
                    self._put(self.resources, (kind, name), block, f"{kind}.{name}", override=override)
                case "data", (kind, name):
                    self._put(self.data, (kind, name), block, f"data.{kind}.{name}", override=override)
                case "provider", (name,):
                    alias = block.body.text("alias")
                    self._put(
                        self.providers, f"{name}.{alias}" if alias else name, block, f'provider "{name}"', override=override
                    )
                case (kind, labels) if len(labels) != LABELS.get(kind, len(labels)):
                    self._mislabelled(block)
                case (kind, _) if kind not in LABELS and kind not in OTHERS:
                    self._unknown(block)
                case _:
                    pass

    def _mislabelled(self, block: HclBlock) -> None:
        if not block.body.whole:
            return  # its errors are already reported
        wanted, header = LABELS[block.type], block.header
        message = f'a block "{block.type}" has {_NUMBERS[wanted]} after its type, not {len(block.labels)}: not read'
        self.errors.append(SourceError.at(header, message))

    def _unknown(self, block: HclBlock) -> None:
        """Report an unknown block. Terraform may add new kinds of blocks, so it is a note, unless it looks like a
        misspelling."""
        header = block.header
        close = get_close_matches(block.type, [*LABELS, *OTHERS], n=1, cutoff=0.75)
        kind: type[WaIacError] = SourceError if close else UnavailableError
        guess = f" (did you mean {close[0]!r}?)" if close else ""
        message = f'unknown block "{block.type[:_LONGEST]}"{guess}: it is not read'
        self._unknown_blocks += 1
        if self._unknown_blocks <= _MOST_REPEATED:
            self.errors.append(kind.at(header, message))

    def _put(self, table: dict[_Key, HclBlock], key: _Key, block: HclBlock, name: str, *, override: bool) -> None:
        earlier = table.get(key)
        if earlier is None:
            table[key] = block
        elif override:
            table[key] = _overridden(earlier, block)
        else:
            self._twice(name, block.header.path, block.header.start_line)

    def _twice(self, name: str, path: str, line: int) -> None:
        self._repeated += 1
        if self._repeated <= _MOST_REPEATED:
            self.errors.append(SourceError(f"{name} is declared twice in one module", path=path, line=line, column=1))


def _unquote_type(block: HclBlock) -> None:
    """Make `type = "string"`, which is how Terraform 0.11 wrote a type and which later versions still read, the same as `type = string`."""
    written = block.body.attributes.get("type")
    if written is not None and isinstance(written.value, Literal):
        match written.value.value:
            case Known("string" | "list" | "map" as kind):
                block.body.attributes["type"] = replace(written, value=Name(written.value.span, kind))
            case _:
                pass


def _overridden(earlier: HclBlock, later: HclBlock) -> HclBlock:
    """A block after an override: its attributes and kinds of nested blocks are replaced, others stay."""
    replaced = set(map(_writes, later.body.blocks))
    blocks = [block for block in earlier.body.blocks if _writes(block) not in replaced]
    body = Body(
        {**earlier.body.attributes, **later.body.attributes},
        [*blocks, *later.body.blocks],
        earlier.body.whole and later.body.whole,
    )
    return HclBlock(earlier.type, earlier.labels, earlier.header, earlier.extent, body)


def _writes(block: HclBlock) -> str:
    """The kind of nested blocks that a block is, or writes: `dynamic "ingress"` writes `ingress`."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def _is_override(name: str) -> bool:
    stem = name.split(".tf", maxsplit=1)[0].split(".tofu", maxsplit=1)[0]
    return stem == "override" or stem.endswith("_override")


def is_source(path: Path) -> bool:
    """Whether a file is part of a module, by its name."""
    return path.name.endswith((".tf", ".tofu", ".tf.json", ".tofu.json")) and not path.name.startswith(".")


def _names(directory: Path) -> list[str]:
    """The names of a module's files; OpenTofu's `main.tofu` replaces `main.tf`."""
    names = {path.name for path in directory.iterdir() if is_source(path) and not path.is_dir()}
    names.update(name for name in files.unsaved(directory) if is_source(Path(name)))
    hidden = {re.sub(r"\.tofu(\.json)?$", r".tf\1", name) for name in names if ".tofu" in name}
    return sorted(names - hidden)


def _reader(name: str) -> Callable[[str, bytes], tuple[Body, list[WaIacError]]]:
    if not name.endswith(".json"):
        return read_body
    from wa_iac.parsers.terraform.text.json_syntax import read_json

    return read_json


def _blocks(name: str, label: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    return files.once("module", label, source, partial(_read, name, label, source))


def _read(name: str, label: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    text = blanked(source)
    body, errors = _reader(name)(label, text)
    return (body, errors) if text is source else without_blanks(body, errors)


def load(directory: Path, scan: Scan) -> Configuration:
    """Read the `.tf` and `.tofu` files of a directory. Errors are collected; the readable parts are kept."""
    configuration = Configuration(directory, scan.shown(directory))
    try:
        names = _names(directory)
    except OSError as error:
        configuration.errors.append(files.unread(error, configuration.shown))
        return configuration
    for name in sorted(names, key=_is_override):
        file = scan.at(directory / name)
        source = read_source(file, scan.root, configuration.errors)
        if source is None:
            continue
        configuration.sources[file.shown] = source
        read = contained(file.shown, partial(_blocks, name, file.shown, source), configuration.errors.append)
        if read is not None:
            body, errors = read
            configuration.errors += errors
            configuration.add(body, override=_is_override(name))
    return configuration


def read_source(file: SourcePath, root: Path, errors: list[WaIacError]) -> bytes | None:
    """The bytes of a source file; None, and an error, if it must not or cannot be read."""
    try:
        source = files.read(file.path, within=root, most=MAX_FILE)
    except OSError as error:
        errors.append(files.unread(error, file.shown))
        return None
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = error.start - (source.rfind(b"\n", 0, error.start) + 1) + 1
        message = (
            "git-crypt has encrypted it: unlock the repository first" if source.startswith(_ENCRYPTED) else "it is not UTF-8"
        )
        errors.append(SourceError(message, path=file.shown, line=line, column=column))
        return None
    return source
