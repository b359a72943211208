"""Packs as a list, and one pack with the rules for its controls: `wa-iac packs`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .encode import dumps
from .listing import count


class Listed(NamedTuple):
    """A pack as it is shown.

    Attributes:
        rules: the slugs of the rules for each control that has some.
        without_rule: the controls that templates show and that no rule judges.
        at_run_time: the controls that no template shows.
    """

    name: str
    title: str
    as_of: str
    rules: Mapping[str, Sequence[str]]
    without_rule: Sequence[str]
    at_run_time: Sequence[str]

    @property
    def coverage(self) -> str:
        """How many of the controls have rules, in a sentence without its end."""
        total = len(self.rules) + len(self.without_rule) + len(self.at_run_time)
        slugs = {slug for each in self.rules.values() for slug in each}
        return (
            f"{count(len(slugs), 'rule')} for {len(self.rules)} of {total} controls; {len(self.without_rule)} have no rule, "
            f"{len(self.at_run_time)} are known only at run time"
        )


def as_list(packs: Sequence[Listed]) -> str:
    """One line for each pack."""
    width = max((len(each.name) for each in packs), default=0)
    lines = [f"  {each.name:<{width}}  {each.title}: {each.coverage}" for each in packs]
    return "\n".join([*lines, "", "wa-iac packs NAME shows one; wa-iac check --pack NAME runs its rules"]) + "\n"


def as_text(pack: Listed) -> str:
    """A pack's controls, with their rules or without."""
    width = max(map(len, pack.rules), default=0)
    lines = [f"{pack.title} ({pack.name}), as of {pack.as_of}", ""]
    lines += [f"  {control:<{width}}  {', '.join(slugs)}" for control, slugs in pack.rules.items()]
    if pack.without_rule:
        lines += ["", "No rule judges these:", *(f"  {each}" for each in pack.without_rule)]
    if pack.at_run_time:
        lines += ["", "No template shows these; they are known only at run time:", *(f"  {each}" for each in pack.at_run_time)]
    return "\n".join([*lines, "", pack.coverage]) + "\n"


def as_json(packs: Sequence[Listed]) -> str:
    """The packs as JSON text, in the public schema: other programs rely on its names."""
    entries = [
        {
            "name": each.name,
            "title": each.title,
            "as_of": each.as_of,
            "rules": {control: list(slugs) for control, slugs in each.rules.items()},
            "without_rule": list(each.without_rule),
            "at_run_time": list(each.at_run_time),
        }
        for each in packs
    ]
    return dumps(entries, items=sum(len(each.rules) for each in packs))
