#!/usr/bin/env bash
# parliament 1.6.4 (PyPI; a linter for IAM's policies).
#
# It looks at whether the values of a condition are of the key's type. AWS's pages give these as examples, or allow them in words; parliament does
# not know them, and says that valid policies are wrong: IPv6 for aws:SourceIp, a date without a time or with another zone, and seconds
# for a date, even for aws:EpochTime. A policy variable with a default does not fit into a resource any more, since its default begins with a blank.
# For a number without quotation marks, which IAM's grammar leaves to the writer, there is no result at all, but a TypeError.
#
# Seen:
#   aws:SourceIp 203.0.113.0/24                    nothing
#   aws:SourceIp 2001:db8::/32                     MISMATCHED_TYPE
#   aws:CurrentTime 2026-01-01T00:00:00Z           nothing
#   aws:CurrentTime 2026-01-01                     MISMATCHED_TYPE
#   aws:EpochTime 1767225600, as a text            MISMATCHED_TYPE
#   resource with ${aws:PrincipalTag/team}         nothing
#   the same with a default, 'all'                 RESOURCE_MISMATCH
#   aws:MultiFactorAuthAge "3600"                  nothing
#   aws:MultiFactorAuthAge 3600                    TypeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check parliament==1.6.4 'setuptools<81' 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import json

from parliament import analyze_policy_string


def said(condition, resource="arn:aws:s3:::reports/*"):
    """What parliament says of a policy."""
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": resource, **({"Condition": condition} if condition else {})}
    try:
        found = analyze_policy_string(json.dumps({"Version": "2012-10-17", "Statement": [statement]})).findings
    except TypeError:
        return "TypeError"
    return ", ".join(each.issue for each in found) or "nothing"


seen = {
    "IPv4": said({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
    "IPv6": said({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}),
    "date and time": said({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}),
    "date": said({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01"}}),
    "seconds": said({"NumericGreaterThan": {"aws:EpochTime": "1767225600"}}),
    "variable": said(None, "arn:aws:s3:::reports/${aws:PrincipalTag/team}/*"),
    "variable with a default": said(None, "arn:aws:s3:::reports/${aws:PrincipalTag/team, 'all'}/*"),
    "number as a text": said({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
    "number": said({"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}),
}
for name, each in seen.items():
    print(f"{name}: {each}")
assert list(seen.values()) == [
    *("nothing", "MISMATCHED_TYPE"),
    *("nothing", "MISMATCHED_TYPE", "MISMATCHED_TYPE"),
    *("nothing", "RESOURCE_MISMATCH"),
    *("nothing", "TypeError"),
]
PY
"$folder/venv/bin/python" -W ignore "$folder/ask.py"
