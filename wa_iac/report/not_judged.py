"""What could not be read or judged, as the rule it is in reports that know nothing but findings."""

from __future__ import annotations

from typing import Final

SLUG: Final = "not-judged"
TITLE: Final = "A file could not be read or judged in full"
SUMMARY: Final = (
    "What this place declares was not judged, or not all of it, so that the report says nothing about it: "
    "it may hold any fault that wa-iac knows."
)
PAGE: Final = f"""\
# {TITLE}

{SUMMARY}

The message says what is wrong. It is one of these:

- The file is broken: a bracket is missing, a key is there twice, a reference leads nowhere. Terraform or CloudFormation would
  refuse it, too.
- The file is not there, cannot be opened, or is empty.
- A bound was reached that wa-iac keeps for safety; the message names it.
- A rule failed. The fault is wa-iac's own; all other rules were still asked.

## Remedy

Mend what the message names and run wa-iac again. `terraform validate` and `aws cloudformation validate-template` may say more.
A file that is not meant to be judged is left out by `exclude` in the settings:

```toml
exclude = ["examples/broken/**"]
```

Until then the exit code is 2, whatever else was found.
"""
