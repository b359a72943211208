"""How a cache's two kinds of encryption are judged: alike, with a setting and a message of their own."""

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.core.logic import holds, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, accept, exempt, expect, settled
from wa_iac.core.value import Absent, Value


def judge(group: ReplicationGroup, setting: Value[bool], message: str, *, on_for_valkey: bool) -> Flags:
    """Flag where `setting` is off, or is not written and off by default: for Redis, and for Valkey unless it is on there."""
    exempt(given(group.global_datastore), "a member of a global datastore uses the setting of its primary")
    if isinstance(settled(setting), Absent) and on_for_valkey:
        accept(negate(holds(group.engine, lambda name: name.lower() == "redis")))
    yield from expect(setting, True, message)
