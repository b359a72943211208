"""Finds and loads the directories of module calls; each is parsed once, for all callers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import UninstalledModule
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.parsers.terraform.text.nodes import Attribute, Expr, HclBlock, written

from .configuration import Configuration, is_source, load

MAX_MANIFEST: Final = 20_000_000
"""Bytes of the list of installed modules."""
_BARE: Final = late(r"[\w-]+(?:/[\w-]+)*")
"""A path without `./`, or an address in a registry."""
_IN_REGISTRY: Final = (3, 4)
"""Parts of an address in a registry: namespace, name and system, and maybe a host before them."""


class Outside(Exception):  # noqa: N818 - the answer to a question, not a fault of ours
    """A module call that is not followed; the message is the reason."""


class NotInstalled(Outside):
    """The module is in a registry or a repository; `terraform init` would download it."""

    def __init__(self, reason: UninstalledModule) -> None:
        super().__init__(reason.why)
        self.reason = reason


class Loader:
    """The parsed directories of a scan, and the parsed templates."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.early: set[Path] = set()
        """The directories that were reached by a computed source."""
        self.templates: dict[Path, Expr] = {}
        self._loaded: dict[Path, Configuration] = {}
        self._manifests: dict[Path, list[tuple[str, str, Path]]] = {}

    def load(self, directory: Path) -> Configuration:
        """A directory's configuration."""
        found = self._loaded.get(directory)
        if found is None:
            found = self._loaded[directory] = load(directory, self.scan)
        return found

    def called(self, caller: Configuration, block: HclBlock, early: Callable[[Attribute], Tree]) -> Path:
        """The directory of a module call. Raises Outside if it is not one inside the root with `.tf` files.

        `early` evaluates a computed source: https://opentofu.org/docs/language/modules/sources/,
        https://developer.hashicorp.com/terraform/language/block/module
        """
        source = block.body.text("source")
        name = block.labels[0]
        attribute = block.body.attributes.get("source")
        if not source and attribute is not None:
            match early(attribute):
                case Known(str() as text) if text:
                    source = text
                case Unknown(reason=reason):
                    raise NotInstalled(UninstalledModule(name, written(attribute.value), reason))
                case _:
                    raise Outside(f'module "{name}" has a source that is not a string')
            directory = self._directory(caller, name, source)
            self.early.add(directory)
            return directory
        if not source:
            raise Outside(f'module "{name}" has no source')
        return self._directory(caller, name, source)

    def _directory(self, caller: Configuration, name: str, source: str) -> Path:
        if not is_local(source):
            installed = self._installed(caller, name, source)
            if installed is not None:
                return installed
            if (bare := self._bare(caller, source)) is not None:
                return bare
            raise NotInstalled(UninstalledModule(name, source))
        try:
            directory = files.resolved(Path(os.path.normpath(caller.path / source)))
            if not directory.is_relative_to(self.scan.root):
                raise Outside(f'module "{name}" comes from {source}, which is outside the scanned directory: not read')
            if not directory.is_dir() or not any(map(is_source, directory.iterdir())):
                raise Outside(f'module "{name}" comes from {source}, where there are no .tf files')
        except (OSError, RuntimeError, ValueError) as error:
            raise Outside(f'module "{name}" comes from {source}, which cannot be read') from error
        return directory

    def _bare(self, caller: Configuration, source: str) -> Path | None:
        """The directory of a path without `./`, which Terraform accepts before 0.12. What is also an address in a registry is none."""
        parts = source.split("/")
        if len(parts) in _IN_REGISTRY or _BARE.fullmatch(source) is None:
            return None
        try:
            directory = files.resolved(caller.path / source)
            inside = directory.is_relative_to(self.scan.root)
            return directory if inside and directory.is_dir() and any(map(is_source, directory.iterdir())) else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _installed(self, caller: Configuration, name: str, source: str) -> Path | None:
        """The place of a module that `terraform init` installed, from `.terraform/modules/modules.json` of a directory
        above."""
        for above in (caller.path, *caller.path.parents):
            if not above.is_relative_to(self.scan.root):
                break
            for key, origin, directory in self._manifest(above, name, source):
                called = key.rsplit(".", 1)[-1] == name and (origin == source or origin.endswith(f"/{source}"))
                if called and directory.is_relative_to(self.scan.root) and os.path.isdir(directory):
                    return directory
        return None

    def _manifest(self, directory: Path, name: str, source: str) -> list[tuple[str, str, Path]]:
        """The installed modules of a root module: the path of calls, the source, the directory.

        Raises Outside if there is a list of them that must not or cannot be read, since the call's module may be among them.
        """
        found = self._manifests.get(directory)
        if found is None:
            found = self._manifests[directory] = []
            try:
                data = files.read(
                    directory / ".terraform" / "modules" / "modules.json", within=self.scan.root, most=MAX_MANIFEST
                )
                listed = json.loads(data)["Modules"] or ()
                entries = [(each["Key"], each["Source"], each["Dir"]) for each in listed]
                if not all(isinstance(text, str) for entry in entries for text in entry):
                    raise TypeError
                found += [(key, origin, files.resolved(directory / place)) for key, origin, place in entries]
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                del self._manifests[directory]
                why = f".terraform/modules/modules.json cannot be used: {error.strerror}"
                raise Outside(f'module "{name}" comes from {source}, and {why}') from error
            except (RecursionError, ValueError, LookupError, TypeError) as error:
                del self._manifests[directory]
                why = ".terraform/modules/modules.json is not in the format that terraform init writes"
                raise Outside(f'module "{name}" comes from {source}, and {why}') from error
        return found


def is_local(source: str) -> bool:
    """Whether a module's source is a path."""
    return source.startswith(("./", "../")) or source in (".", "..")
