"""A sentence before the remedy of a finding in a file that a program writes: the change belongs into what that program reads."""

from typing import Final

from wa_iac.core.finding import Finding
from wa_iac.core.generated_files import is_generated, is_synthesised

_OF_CDK: Final = (
    "The CDK writes this template (its metadata has aws:cdk:path): make the change in the program that it comes from, and synthesize again. An edit here is "
    "lost then."
)


def generated(finding: Finding) -> tuple[str, ...]:
    """The sentence, naming the file; none for a file that people write."""
    if finding.subject is None:
        return ()
    path = finding.span.path
    declared = finding.subject.declared
    if not is_generated(finding.subject.sources.get(path, b"")):
        # The report of an assembly names the construct itself.
        return (_OF_CDK,) if declared is not None and not declared.construct and is_synthesised(declared) else ()
    return (
        f"{path.rpartition('/')[2]} says at its top that a program writes it, that it is from elsewhere, or that nobody may edit it: make the change "
        "where it comes from, and have it written again. An edit here is lost then.",
    )
