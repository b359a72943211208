"""Templates that `aws cloudformation package` or `sam package` wrote beside their source: the same resources, which are not judged twice."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import Final

from wa_iac.core.declared import Unit
from wa_iac.core.errors import UnavailableError, WaIacError
from wa_iac.core.late_pattern import late

_DIGEST: Final = late(rb"(?<![0-9a-f])[0-9a-f]{32}(?:\.template)?(?![\w.])")
"""The MD5 of what these commands uploaded, as its name ("package", AWS CLI Command Reference)."""
_IN_BUCKET: Final = late(rb"(?:(?:s3://|https://s3[.-])[^\s\"'{}$]+/|\bS3Key\"?:\s*[\"']?)$")
"""The text before it: the bucket, or the name of the property."""
_MARKS: Final = (b"s3://", b"https://s3", b"S3Key")
"""One of these is in every such text. To look for them is much faster than to look for digests."""
_BEFORE: Final = 300
_MOST: Final = 20
"""Bytes before a digest, and digests, that are looked at."""


def without_packaged(units: list[Unit], errors: list[WaIacError]) -> list[Unit]:
    """The units without those that are generated from another template of their folder, which is judged. Those become notes, and their
    errors are dropped."""
    folders: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.dialect == "cloudformation":
            folders[unit.path.rpartition("/")[0]].append(unit)
    generated = {path: source for several in folders.values() for path, source in _generated(several)}
    if not generated:
        return units
    errors[:] = [each for each in errors if each.path not in generated]
    errors += [_told(path, source) for path, source in sorted(generated.items())]
    return [unit for unit in units if unit.path not in generated]


def _generated(units: list[Unit]) -> list[tuple[str, str]]:
    """The generated templates of a folder, each with its source."""
    packaged = {unit.path: unit for unit in units if _is_uploaded(unit)} if len(units) > 1 else {}
    if not packaged:
        return []
    sources = {_resources(unit): unit.path for unit in units if unit.path not in packaged}
    found = ((path, sources.get(_resources(unit), "")) for path, unit in packaged.items())
    return [(path, source) for path, source in found if source]


def _is_uploaded(unit: Unit) -> bool:
    text = unit.sources.get(unit.path, b"")
    if not any(each in text for each in _MARKS):
        return False
    digests = islice(_DIGEST.finditer(text), _MOST)
    return any(_IN_BUCKET.search(text, max(0, each.start() - _BEFORE), each.start()) is not None for each in digests)


def _resources(unit: Unit) -> frozenset[tuple[str, str]]:
    """The resources of a template itself, without those of nested stacks, which the command replaces by addresses."""
    return frozenset(
        (each.type, each.address)
        for each in unit.declared
        if each.kind in ("resource", "module") and "/" not in each.address and each.type != "AWS::CloudFormation::Stack"
    )


def _told(path: str, source: str) -> UnavailableError:
    said = f"is generated from {source} (the code is uploaded, all else is the same), so it is not judged twice"
    kind = "files are generated from templates beside them, and are not judged twice"
    return UnavailableError(f"{path} {said}", path=path, kind=kind)
