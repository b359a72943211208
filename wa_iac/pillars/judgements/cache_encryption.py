"""How a cache's two kinds of encryption are judged: alike, with a setting and a message of their own."""

from collections.abc import Iterator

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.core.presence import given
from wa_iac.core.rule import Flag, flag, not_applicable, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value


def judge(group: ReplicationGroup, setting: Value[bool], message: str) -> Iterator[Flag]:
    """Flag where `setting` is off, or is not written and the engine is Redis, whose default is off."""
    match given(group.global_datastore):
        case Unknown() as why:
            yield undecided(why)
            return
        case Known(True):
            yield not_applicable("a member of a global datastore takes the setting of its primary")
            return
        case Known() | Absent():
            pass
    match setting:
        case Known(True):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() as value:
            yield flag(value, message)
        case Absent() as value:
            match group.engine:
                case Known(engine) if engine.lower() == "redis":
                    yield flag(value, message)
                case Unknown() as why:
                    yield undecided(why)
                case Known() | Absent():
                    return
