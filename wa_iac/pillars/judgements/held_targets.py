"""What to say of a scalable target whose policy changes nothing: another policy would not help, its limits or its suspension have to change."""

from wa_iac.aws.applicationautoscaling import ScalableTarget
from wa_iac.core.rule import Remedy
from wa_iac.core.value import Known


def freed(target: ScalableTarget) -> Remedy | None:
    """The remedy for a target that has a policy and is held by something else; None for one without a policy, or that nothing holds."""
    same, suspended = target.held()
    limit = target.min_capacity
    limits = f"both {limit.value}" if isinstance(limit, Known) else "the same"
    held = [f"its minimum and its maximum are {limits}: raise the maximum."] if same else []
    if suspended:
        held.append(
            f"{'Its' if same else 'its'} scaling is suspended: end that (SuspendedState, suspended_state). If alarms start its policy, see that they watch what it scales."
        )
    return Remedy(decision=f"{target.address} has a scaling policy already, but {' '.join(held)}") if held else None
