#!/usr/bin/env bash
# cloudformation-validate 1.14.0 (PyPI; AWS's validator, from Rust).
#
# W1001 warns of a reference to a resource that a condition may leave out. In a property, Fn::If on that condition guards the reference. In an output it does
# not: the same Fn::If, which picks the one of two resources that there is, gives two warnings. The advice is a condition on the output, which would
# take the output away.
#
# Seen: for `!If [Live, !GetAtt Large.Arn, !GetAtt Small.Arn]` no W1001 in a property, two in the value of an output.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cloudformation-validate==1.14.0 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import sys
from pathlib import Path

from cloudformation_validate import CompositeEngine

PICK = "!If [Live, !GetAtt Large.Arn, !GetAtt Small.Arn]"
TEMPLATE = """
Parameters: {Stage: {Type: String, AllowedValues: [test, live]}}
Conditions: {Live: !Equals [!Ref Stage, live], Other: !Not [!Condition Live]}
Resources:
  Large: {Type: AWS::SQS::Queue, Condition: Live}
  Small: {Type: AWS::SQS::Queue, Condition: Other}
"""
found = {}
for place, more in (
    ("property", f"  Limit: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, Value: {PICK}}}}}\n"),
    ("output", f"Outputs: {{Queue: {{Value: {PICK}}}}}\n"),
):
    path = Path(sys.argv[1], f"{place}.yaml")
    path.write_text(TEMPLATE + more)
    diagnostics = CompositeEngine().validate_template(str(path)).diagnostics
    found[place] = [each.message for each in diagnostics if each.rule_id == "W1001"]
    print(f"{place}: {found[place]}")
assert found["property"] == []
assert len(found["output"]) == 2
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder"
