"""sarif-om's objects as JSON data.

sarif-om has no serializer of its own, and the usual one copies every level and drops `level: warning`. Its attrs classes hold
SARIF's names in the attributes' metadata, so this reads them once per class. They were made from a draft of the standard; the
differences from its final form are corrected here.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import attr

_WRITTEN: Final = {("Result", "level"), ("ReportingConfiguration", "level"), ("Notification", "level")}
"""Written even with their default value: a result without a level gets its rule's level, not `warning`, and some readers do not
know the defaults."""
_RENAMED: Final = {("Suppression", "state"): "status"}
"""Named differently in the final standard."""


class _Property(NamedTuple):
    """SARIF's name of an attribute, and its default value; None if there is none."""

    name: str
    unsaid: object


_PROPERTIES: Final[dict[type, dict[str, _Property]]] = {}


def default(item: Any) -> dict[str, Any]:
    """One sarif-om object as a dictionary, its members as they are: the `default` function of `json.dumps`.

    Leaves out members that are None or have their default (including `-1`, meaning "not set"). Raises `TypeError` for other
    classes.
    """
    cls = type(item)
    properties = _PROPERTIES.get(cls)
    if properties is None:
        if not attr.has(cls):
            raise TypeError(f"{cls.__name__} is not a SARIF object")
        properties = _PROPERTIES[cls] = _properties(cls)
    written: dict[str, Any] = {}
    for key, value in vars(item).items():
        if value is not None:
            name, unsaid = properties[key]
            if unsaid is None or value != unsaid:
                written[name] = value
    return written


def _properties(cls: type) -> dict[str, _Property]:
    found: dict[str, _Property] = {}
    for field in attr.fields(cls):
        key = (cls.__name__, field.name)
        name = _RENAMED.get(key) or field.metadata.get("schema_property_name", field.name)
        found[field.name] = _Property(name, None if key in _WRITTEN else _default(field))
    return found


def _default(field: Any) -> object:
    """The default of an attribute; None if it must be set."""
    if isinstance(field.default, attr.Factory):  # type: ignore[arg-type]  # a class, though its stub says function
        return field.default.factory()
    return None if field.default is attr.NOTHING else field.default
