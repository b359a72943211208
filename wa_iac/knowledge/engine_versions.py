"""Versions of engines and of clusters, as texts."""

import re


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: `8.0.mysql_aurora.3.04.0` is (8, 0), `6.x` is (6,)."""
    found = re.match(r"[0-9]{1,9}(?:\.[0-9]{1,9})*", version)
    return tuple(int(each) for each in found[0].split(".")) if found else ()
