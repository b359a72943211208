"""Facts about availability zones before any look-up: they differ, and their names have a known form."""

from __future__ import annotations

from typing import Final

from wa_iac.core.value import Tree, Unknown

_NAMES: Final = (
    "us-east-1a",
    "ap-southeast-3b",
    "us-gov-west-1a",
    "cn-north-1a",
    "us-west-2-lax-1a",
    "us-east-1-wl1-bos-wlz-1",
)
_IDS: Final = ("use1-az1", "apse3-az2", "usgw1-az1", "cnn1-az1", "usw2-lax1-az1", "use1-wl1-bos-wlz1")


def zone_samples(value: Tree) -> tuple[str, ...]:
    """Names of every form of a zone's name (or id), if the unknown is one; nothing for any other value.

    Popular network modules distinguish names from ids by a pattern; without this every zone would be undecided.
    """
    collection = value.element[0] if isinstance(value, Unknown) and value.element else None
    match collection:
        case ("data", str() as address, "names") if "aws_availability_zones." in address:
            return _NAMES
        case ("data", str() as address, "zone_ids") if "aws_availability_zones." in address:
            return _IDS
        case _:
            return ()
