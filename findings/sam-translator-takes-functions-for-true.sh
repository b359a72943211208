#!/usr/bin/env bash
# aws-sam-translator 1.115.0 (PyPI), with cfn-flip 1.3.0 to read the template.
#
# A function of CloudFormation in a serverless resource stays for the deployment as a rule: TracingEnabled of an API is what its Fn::If gives. Where
# the translator needs the value itself, some properties refuse a function in words. Others take the object for what it is in Python. `Enabled` of a
# schedule, for which any object is true, is ENABLED in each stage; also the one that a condition or a parameter was to switch off. Of Tags, a map, the
# Fn::If becomes a tag of that name, with a list as its value. `State` of the schedule, which has words instead, is passed on.
#
# Seen, for !If [Live, …, …]:
#   TracingEnabled of a state machine      {"Fn::If": ["Live", true, false]}
#   Enabled of a schedule                  ENABLED, for a function and a state machine alike; for !Ref Switch, with "false" for it, as well
#   Enabled of a schedule, false           DISABLED
#   State of a schedule                    {"Fn::If": ["Live", "ENABLED", "DISABLED"]}
#   Tags of a table                        [{"Key": "Fn::If", "Value": ["Live", {"team": "orders"}, {}]}]
#   RetentionPolicy of a layer             refused: does not accept intrinsic functions
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aws-sam-translator==1.115.0 cfn-flip==1.3.0 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import json

from cfn_flip import load_yaml
from samtranslator.public.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

HEAD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String}, Switch: {Type: String}}
Conditions: {Live: !Equals [!Ref Stage, live]}
Resources:
  It:
    Type: AWS::Serverless::"""
FUNCTION = "Function\n    Properties: {InlineCode: x, Runtime: python3.12, Handler: index.handler, "
MACHINE = "StateMachine\n    Properties: {Definition: {StartAt: A}, Role: role, "


class Policies:
    """No managed policies are needed."""

    def load(self):
        return {}


def translated(text):
    """The resources of the translated template."""
    return transform(json.loads(json.dumps(load_yaml(HEAD + text))), {"Stage": "test", "Switch": "false"}, Policies())["Resources"]


def state(begin, setting):
    """The state of the rule that a schedule becomes."""
    found = translated(f"{begin}Events: {{Nightly: {{Type: Schedule, Properties: {{Schedule: rate(1 day), {setting}}}}}}}}}")
    return found["ItNightly"]["Properties"]["State"]


choice = ["Live", True, False]
machine = translated(f"{MACHINE}Tracing: {{Enabled: !If [Live, true, false]}}}}")["It"]
seen = {
    "tracing of a state machine": machine["Properties"]["TracingConfiguration"]["Enabled"],
    "schedule of a function": state(FUNCTION, "Enabled: !If [Live, true, false]"),
    "schedule of a state machine": state(MACHINE, "Enabled: !If [Live, true, false]"),
    "schedule by a parameter": state(FUNCTION, "Enabled: !Ref Switch"),
    "schedule that is off": state(FUNCTION, "Enabled: false"),
    "schedule with a state": state(FUNCTION, "State: !If [Live, ENABLED, DISABLED]"),
    "tags": translated("SimpleTable\n    Properties: {Tags: !If [Live, {team: orders}, {}]}")["It"]["Properties"]["Tags"],
}
try:
    translated("LayerVersion\n    Properties: {ContentUri: s3://bucket/key, RetentionPolicy: !If [Live, Retain, Delete]}")
except InvalidDocumentException as error:
    seen["layer"] = error.causes[0].message
for name, each in seen.items():
    print(f"{name}: {json.dumps(each)}")
assert "does not accept intrinsic functions" in seen.pop("layer")
assert list(seen.values()) == [
    {"Fn::If": choice},
    *("ENABLED", "ENABLED", "ENABLED", "DISABLED"),
    {"Fn::If": ["Live", "ENABLED", "DISABLED"]},
    [{"Key": "Fn::If", "Value": ["Live", {"team": "orders"}, {}]}],
]
PY
AWS_DEFAULT_REGION=eu-west-1 "$folder/venv/bin/python" -W ignore "$folder/ask.py" 2> /dev/null
