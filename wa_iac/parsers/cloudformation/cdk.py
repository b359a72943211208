"""A CDK cloud assembly (`cdk.out`): its stacks as one unit, each resource with its construct and the line that creates it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, Final

from wa_iac.core import files
from wa_iac.core.contain import contained
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import SourceError, UnavailableError, WaIacError
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import Scan
from wa_iac.core.span import Span, within
from wa_iac.core.value import Known, Origin, Tree
from wa_iac.parsers.cloudformation.sections.parameter_files import given_parameters
from wa_iac.parsers.cloudformation.text.documents import MAX_BYTES, parsed

from .stacks import Stacks
from .template import Template

MANIFEST: Final = "manifest.json"
NAMED: Final = frozenset({"aws:cloudformation:stack", "cdk:cloud-assembly"})
"""The artifacts that cannot be checked unless they name a file or a directory."""
LONGEST_FRAME: Final = 4_096
"""Characters of a line in a trace."""

_ENVIRONMENT: Final = late(r"aws://(?P<account>[^/]+)/(?P<region>.+)")
_FRAME: Final = late(r"\(?(?P<path>/[^()]+|[A-Za-z]:\\[^()]+):(?P<line>[0-9]{1,9}):(?P<column>[0-9]{1,9})\)?$")


@dataclass(slots=True)
class _Stack:
    """One stack of an assembly. `template` is its resolved file, `pseudo` are the pseudo parameters known from its
    environment, `given` the values with which the CDK deploys it."""

    name: str
    template: Path
    pseudo: dict[str, str]
    needs: tuple[str, ...]
    given: dict[str, str]


@dataclass(slots=True)
class _Construct:
    """`path` is the construct's (`Shop/Orders/Queue`); `frames` lead to the code that creates it, the innermost first.
    `acknowledged` are the findings that the program acknowledges for it or for a construct around it, with the reasons."""

    path: str
    frames: list[str] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)


class Assembly:
    """An assembly's manifest, those of the assemblies in it, and the files that they name."""

    def __init__(self, folder: Path, scan: Scan) -> None:
        self.errors: list[WaIacError] = []
        self.sources: dict[str, bytes] = {}
        self.stacks: list[_Stack] = []
        self.assets: dict[str, Path] = {}
        self._scan = scan
        self._constructs: dict[tuple[Path, str], _Construct] = {}
        self._seen: set[Path] = set()
        self._read(folder)

    def construct(self, template: Path, logical_id: str) -> _Construct | None:
        """The construct that creates a resource of a template."""
        return self._constructs.get((template, logical_id))

    def _read(self, folder: Path) -> None:
        place = files.resolved(folder)
        if place in self._seen:
            return  # an assembly that names itself
        self._seen.add(place)
        artifacts = self._json(folder / MANIFEST).get("artifacts")
        for name, artifact in artifacts.items() if isinstance(artifacts, dict) else ():
            properties = artifact.get("properties", {}) if isinstance(artifact, dict) else {}
            match artifact, properties:
                case {"type": "aws:cloudformation:stack"}, {"templateFile": str() as template}:
                    self._stack(folder, name, artifact, template)
                case {"type": "cdk:asset-manifest"}, {"file": str() as file}:
                    self._asset_manifest(folder, file)
                case {"type": "cdk:cloud-assembly"}, {"directoryName": str() as inner}:
                    self._read(folder / inner)
                case {"type": str() as kind}, _ if kind in NAMED:
                    message = f"the artifact {name!r} of the type {kind} does not say where it is"
                    self.errors.append(SourceError(message, path=self._scan.shown(folder / MANIFEST)))
                case _:
                    pass

    def _stack(self, folder: Path, name: str, artifact: dict[str, Any], template: str) -> None:
        found = _ENVIRONMENT.fullmatch(_text(artifact.get("environment")))
        pseudo = {}
        if found is not None and found["account"] != "unknown-account":
            pseudo["AWS::AccountId"] = found["account"]
        if found is not None and found["region"] != "unknown-region":
            pseudo["AWS::Region"] = found["region"]
        if isinstance(stack_name := artifact.get("properties", {}).get("stackName", name), str):
            pseudo["AWS::StackName"] = stack_name
        listed = artifact.get("dependencies")
        needs = tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()
        shown_as = _text(artifact.get("displayName")) or name
        values = artifact.get("properties", {}).get("parameters")
        given = {key: each for key, each in values.items() if isinstance(each, str)} if isinstance(values, dict) else {}
        self.stacks.append(_Stack(shown_as, files.resolved(folder / template), pseudo, needs, given))
        metadata = artifact.get("metadata")
        if isinstance(extra := artifact.get("additionalMetadataFile"), str):
            metadata = self._extra(folder, extra, "findings are reported in the template, not in the program")
        if isinstance(metadata, dict):
            self._metadata(folder, template, metadata)

    def _extra(self, folder: Path, name: str, without: str) -> dict[str, Any]:
        """An optional file; `without` describes the consequence if it is missing."""
        if files.is_there(folder / name):
            return self._json(folder / name)
        self.errors.append(UnavailableError(f"{name} is not available: {without}", path=self._scan.shown(folder / MANIFEST)))
        return {}

    def _asset_manifest(self, folder: Path, file: str) -> None:
        listed = self._extra(folder, file, "templates of nested stacks are found by their names").get("files")
        for asset in listed.values() if isinstance(listed, dict) else ():
            match asset:
                case {"source": {"path": str() as path}, "destinations": dict() as destinations}:
                    for destination in destinations.values():
                        if isinstance(destination, dict) and isinstance(key := destination.get("objectKey"), str):
                            self.assets[key] = files.resolved(folder / path)
                case _:
                    pass

    def _metadata(self, folder: Path, template: str, metadata: dict[str, Any]) -> None:
        """Records which construct creates which logical id; in a nested stack's template, if a parent of the construct names
        that template."""
        entries = {path: each for path, each in metadata.items() if isinstance(each, list)}
        templates = {path: data for path, each in entries.items() for data in _data(each, "aws:cdk:templateFile")}
        places = {path: files.resolved(folder / name) for path, name in (*templates.items(), ("", template))}
        acknowledged = {path: given for path, each in entries.items() if (given := _acknowledged(each))}
        for path, each in entries.items():
            accepted = {name: why for other in (*_above(path), path) for name, why in acknowledged.get(other, {}).items()}
            for logical_id in _data(each, "aws:cdk:logicalId"):
                owner = places[next((parent for parent in _above(path) if parent in places), "")]
                name = path.strip("/").removesuffix("/Resource").removesuffix("/Default")
                self._constructs[owner, logical_id] = _Construct(name, list(_frames(each)), accepted)

    def _json(self, path: Path) -> dict[str, Any]:
        shown = self._scan.shown(path)
        try:
            content = json.loads(files.read(path, within=self._scan.root, most=MAX_BYTES))
            if isinstance(content, dict):
                return content
            self.errors.append(SourceError("this is not a file of a cloud assembly: it is not an object", path=shown, line=1))
        except OSError as error:
            self.errors.append(files.unread(error, shown))
        except json.JSONDecodeError as error:
            line, column = within(error.doc, error.lineno, error.colno)
            self.errors.append(SourceError(f"not JSON: {error.msg}", path=shown, line=line, column=column))
        except (ValueError, RecursionError):
            # Not UTF-8, thousands of digits, nested too deeply; or an invalid file name.
            self.errors.append(SourceError("not readable JSON", path=shown))
        return {}


def read_assembly(folder: Path, scan: Scan, *, inputs: Inputs = NOTHING_GIVEN) -> Unit:
    """A cloud assembly as one unit: an address begins with the stack's name, and a stack imports the values that another one
    exports.

    Args:
        folder: the assembly's directory, with its `manifest.json`.
        scan: the tree that it is in. No file outside of it is read.
        inputs: the values given to parameters.
    """
    unit = Unit(scan.shown(folder), "cloudformation", environment=inputs.environment)
    assembly = contained(unit.path, partial(Assembly, folder, scan), unit.errors.append)
    if assembly is None:
        return unit
    unit.sources = assembly.sources
    unit.errors += assembly.errors
    stacks = Stacks(scan, parsed, assets=assembly.assets)
    given = given_parameters(inputs, scan)
    exports: dict[Hashable, Tree] = {}
    outputs: dict[object, dict[tuple[str, str], Tree]] = {}
    for stack in _in_order(assembly.stacks):
        path = scan.shown(stack.template)
        # By default, everything is in the same account and Region.
        known = outputs.setdefault((stack.pseudo.get("AWS::AccountId"), stack.pseudo.get("AWS::Region")), {})
        contained(path, partial(_declare, unit, stack, stacks, given, exports, known), unit.errors.append)
    if not assembly.stacks and not unit.errors:
        unit.errors.append(UnavailableError("this assembly has no stacks", path=scan.shown(folder / MANIFEST)))
    contained(unit.path, partial(_locate, unit, assembly, scan), unit.errors.append)
    return unit


def _declare(
    unit: Unit,
    stack: _Stack,
    stacks: Stacks,
    given: Mapping[str, Tree],
    exports: dict[Hashable, Tree],
    known: dict[tuple[str, str], Tree],
) -> None:
    """Adds one stack's declarations to the unit, its exports to the exports, and its outputs to the known outputs."""
    start = len(unit.declared)
    path = stacks.scan.shown(stack.template)
    data, document = stacks.document(stack.template, empty=True)
    unit.sources[path] = data
    unit.errors += document.errors
    try:
        template = Template(
            unit,
            document.root,
            path,
            stack=stack.name,
            given={name: Known(text, Origin(how="given")) for name, text in stack.given.items()} | {**given},
            follow=stacks.follower(unit, stack.template, stack.pseudo),
            exports=exports,
            other_outputs=known,
            pseudo=stack.pseudo,
            empty=True,
        )
        template.declare()
        outputs = template.declared_outputs()
    finally:
        if region := stack.pseudo.get("AWS::Region"):
            for each in unit.declared[start:]:
                each.region = Known(region, Origin(each.span))
    for each in outputs:
        name = each.body.value["export"]
        if isinstance(name, Known):
            exports[str(name.value)] = each.body.value["value"]
        known[stack.pseudo.get("AWS::StackName", stack.name), each.name] = each.body.value["value"]
    unit.declared += outputs


def _in_order(stacks: list[_Stack]) -> Iterator[_Stack]:
    """Each stack after those that it depends on; in the listed order if they depend on each other."""
    waiting = Counter(each.name for each in stacks)
    needed = [{name for name in each.needs if name != each.name and name in waiting} for each in stacks]
    waited_for: dict[str, list[int]] = {}
    for index, names in enumerate(needed):
        for name in names:
            waited_for.setdefault(name, []).append(index)
    ready = [index for index, names in enumerate(needed) if not names]
    done = [False] * len(stacks)
    for first in range(len(stacks)):
        while ready or not done[first]:
            index = heappop(ready) if ready else first
            if done[index]:
                continue
            done[index] = True
            yield stacks[index]
            name = stacks[index].name
            waiting[name] -= 1
            for other in waited_for.get(name, ()) if not waiting[name] else ():
                needed[other].discard(name)
                if not needed[other]:
                    heappush(ready, other)


def _above(path: str) -> Iterator[str]:
    """The paths above a construct's, the nearest first; the empty one last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _locate(unit: Unit, assembly: Assembly, scan: Scan) -> None:
    """Gives each resource its construct, and the line of code that creates it if that is in the scanned tree."""
    by_name = {scan.shown(path): path for path in (*(each.template for each in assembly.stacks), *assembly.assets.values())}
    program = _Program(scan, unit)
    for each in unit.declared:
        template = by_name.get(each.span.path)
        construct = assembly.construct(template, each.name) if template is not None else None
        if construct is None:
            continue
        each.construct = _path_of(each) or construct.path
        each.acknowledged = construct.acknowledged
        each.source = next((span for frame in construct.frames if (span := program.span(frame)) is not None), None)


def _path_of(declared: Declared) -> str:
    match declared.attributes.get("Metadata"):
        case Known({"aws:cdk:path": Known(str() as path)}):
            return path.removesuffix("/Resource").removesuffix("/Default")
        case _:
            return ""


class _Program:
    """The files of the program that creates an assembly, if they are in the scanned tree; each is searched once."""

    def __init__(self, scan: Scan, unit: Unit) -> None:
        self._scan = scan
        self._unit = unit
        self._files: dict[str, tuple[str, list[str]] | None] = {}

    def span(self, frame: str) -> Span | None:
        """The place of a stack frame such as `new Shop (/code/shop.ts:12:5)`; None if it is not in the tree."""
        found = _FRAME.search(frame) if len(frame) <= LONGEST_FRAME else None
        if found is None:
            return None
        path = found["path"]
        if path not in self._files:
            self._files[path] = self._file(path)
        file = self._files[path]
        line, column = int(found["line"]), int(found["column"])
        if file is None or not 0 < line <= len(file[1]):
            return None
        return Span(file[0], line, column, line, max(len(file[1][line - 1].rstrip()), column) + 1)

    def _file(self, written: str) -> tuple[str, list[str]] | None:
        """A file's shown path, and its lines."""
        path = files.resolved(Path(written))
        if "node_modules" in path.parts:
            return None
        name = self._scan.shown(path)
        try:
            if name not in self._unit.sources:
                self._unit.sources[name] = files.read(path, within=self._scan.root, most=MAX_BYTES)
        except (OSError, ValueError):
            return None  # the program may be elsewhere, or written by anybody: the template's line is used instead
        return name, self._unit.sources[name].decode("utf-8", "replace").splitlines()


def _text(content: object) -> str:
    return content if isinstance(content, str) else ""


def _data(entries: list[Any], kind: str) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, dict) and entry.get("type") == kind and isinstance(entry.get("data"), str):
            yield entry["data"]


def _acknowledged(entries: list[Any]) -> dict[str, str]:
    """The findings that a program acknowledges for a construct, with the reasons."""
    found: dict[str, str] = {}
    for entry in entries:
        match entry:
            case {"type": "aws:cdk:acknowledged-rules", "data": dict() as data}:
                found |= {name: _text(reason) for name, reason in data.items()}
            case _:
                pass
    return found


def _frames(entries: list[Any]) -> Iterator[str]:
    """The frames of the code that creates a construct: from a separate entry in newer assemblies, from the trace next to the
    logical id in older ones."""
    for entry in entries:
        match entry:
            case {"type": "aws:cdk:acknowledged-rules"}:
                pass
            case {"type": "aws:cdk:creationStack", "data": list() as frames} | {"trace": list() as frames}:
                yield from (frame.strip().removeprefix("at ") for frame in frames if isinstance(frame, str))
            case _:
                pass
