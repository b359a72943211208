"""Ports that a security group opens to everybody."""

from collections.abc import Callable

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.logic import all_of
from wa_iac.core.rule import Flags, flag, undecided
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.security_group_rules import ingress, lets_in, opened_together, sources


def judge(group: SecurityGroup | SecurityGroupIngress, asked: Callable[[IngressRule], Value[bool]], message: str) -> Flags:
    """Flag each range that opens what is asked about to everybody; say what is undecided where the answer or the range is.

    Ranges that are everybody only together are flagged once, at the first of them, whichever rules of the group they are in.
    """
    for rule in ingress(group):
        if rule.unknown is not None:
            yield undecided(rule.unknown)
            continue
        for source in sources(rule):
            match all_of((asked(rule), lets_in(rule))), source:
                case Known(True), Known():
                    yield flag(source, message)
                case Known(True) | Unknown(), Unknown():
                    yield undecided(source)
                case Unknown() as why, Known():
                    yield undecided(why)
                case _:
                    pass
    for part in opened_together(group, asked):
        yield flag(part, message, resource=group)
