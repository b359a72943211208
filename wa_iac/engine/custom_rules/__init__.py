"""A team's own rules, in Python or in YAML.

They run as part of the program, so they never come from the checked tree. The user names their directories (`--rules`, or
`rules` in the user's settings), or installs a package with an entry point in the group `wa_iac.rules`.

    find      the directories and packages of rules
    load      the rules in them
    table     a rule in YAML: its tables, validated
    yaml_rule a rule in YAML: its behaviour
    condition the conditions of a rule in YAML
    pages     runs the examples of a rule's page
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wa_iac.core.errors import UsageError
from wa_iac.engine.catalogue import OURS, Catalogue

from .find import directories_of_user, entry_points


def catalogue(directories: Sequence[Path] = (), *, user: bool = True) -> Catalogue:
    """Our rules, and those in `directories`, in installed packages and, if `user`, in the user's settings.

    Raises `UsageError` for a rule that cannot be loaded, and for two rules with one name.
    """
    folders = [*directories, *(directories_of_user() if user else ())]
    packages = entry_points()
    if not folders and not packages:
        return OURS
    from .load import Loaded, load_directory, load_package

    loaded: list[Loaded] = []
    for each in folders:
        loaded += load_directory(each)
    for name in packages:
        loaded += load_package(name)
    rules: dict[str, Loaded] = {}
    for found in loaded:
        slug = found.rule.slug
        other = rules.get(slug)
        if other is not None or slug in OURS:
            whose = f"{other.path} defines it" if other is not None else "wa-iac defines it"
            raise UsageError(f"there cannot be two rules called {slug!r}: {whose} already", path=found.path)
        rules[slug] = found
    return Catalogue({slug: each.rule for slug, each in rules.items()})
