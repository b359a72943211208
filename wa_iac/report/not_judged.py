"""The rule for unchecked files, in report formats that know only findings."""

from __future__ import annotations

from typing import Final

SLUG: Final = "not-judged"
TITLE: Final = "File could not be read or checked in full"
SUMMARY: Final = (
    "wa-iac did not check this place, or not all of it, so the report says nothing about it: "
    "it may contain any fault that wa-iac can find."
)
PAGE: Final = f"""\
# {TITLE}

{SUMMARY}

The message says what is wrong. It is one of these:

- The file is invalid: a bracket is missing, a key is duplicated, a reference has no target. Terraform or CloudFormation would also
  reject it.
- The file does not exist, cannot be opened, or is empty.
- The file reached a limit that wa-iac sets for safety. The message names the limit.
- A rule crashed. The fault is wa-iac's own. All other rules still ran.

## Remedy

Fix what the message names and run wa-iac again. `terraform validate` and `aws cloudformation validate-template` may say more.
If a file should not be checked, leave it out with `--exclude PATH`, or with `exclude` in the settings:

```toml
exclude = ["examples/broken/**"]
```

Until then, the exit code is 2, whatever else is found.
"""
