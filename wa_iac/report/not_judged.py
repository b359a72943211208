"""What could not be read or judged, as the rule it is in reports that know nothing but findings."""

from __future__ import annotations

from typing import Final

SLUG: Final = "not-judged"
TITLE: Final = "A file could not be read or checked in full"
SUMMARY: Final = (
    "Resources declared here were not checked, or not all of them, so the report does not cover them: "
    "they may have any problem that wa-iac looks for."
)
PAGE: Final = f"""\
# {TITLE}

{SUMMARY}

The message says what is wrong. It is one of these:

- The file is broken: a bracket is missing, a key appears twice, a reference has no target. Terraform or CloudFormation would
  reject it as well.
- The file does not exist, cannot be opened, or is empty.
- One of wa-iac's safety limits was reached; the message names it.
- A rule crashed. That is wa-iac's own fault; all other rules still ran.

## Remedy

Fix the problem that the message names and run wa-iac again. `terraform validate` and `aws cloudformation validate-template` may
tell more. To leave out a file that should not be checked, use `exclude` in the settings:

```toml
exclude = ["examples/broken/**"]
```

Until then the exit code is 2, whatever the findings are.
"""
