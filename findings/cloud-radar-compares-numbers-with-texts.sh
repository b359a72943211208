#!/usr/bin/env bash
# cloud-radar 0.17.0 (PyPI; unit tests for CloudFormation templates, on the machine).
#
# CloudFormation compares texts: a number or a true in Fn::Equals is its text. Here each keeps the type that YAML gave it, so that a condition on a number
# depends on where the number came from: the same 5 is equal as a default, and another as a parameter of the test, as the API has it. A list
# parameter keeps its blanks, which CloudFormation trims. AWS::StackId is empty, and what is empty counts as AWS::NoValue: the property is taken away, while
# a longer text lacks the identifier. AWS::NoValue itself, as an element of a list, is not taken away but an empty text.
#
# Seen:
#   !Equals [!Ref Count, 5], Count 5 by default      true; with "5" for the parameter: false
#   !Equals [!Ref Live, true], Live "true"           false
#   !Join ["-", !Ref Zones], Zones "a, b"            a- b
#   !Ref AWS::StackId, !Sub "${AWS::StackId}"        no such property; !Sub "of ${AWS::StackId}": "of "
#   [a, !If [Never, b, !Ref AWS::NoValue], c]        ['a', '', 'c'], joined: a--c
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cloud-radar==0.17.0 2> /dev/null
cat > "$folder/template.yaml" <<'YAML'
Parameters:
  Count: {Type: Number, Default: 5}
  Live: {Type: String, Default: "true"}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
Conditions:
  Five: !Equals [!Ref Count, 5]
  IsLive: !Equals [!Ref Live, true]
  Never: !Equals [a, b]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Metadata:
      Five: !If [Five, five, another]
      Live: !If [IsLive, live, another]
      Zones: !Join ["-", !Ref Zones]
      Stack: !Ref AWS::StackId
      StackByName: !Sub "${AWS::StackId}"
      StackInText: !Sub "of ${AWS::StackId}"
      Some: [a, !If [Never, b, !Ref AWS::NoValue], c]
      Joined: !Join ["-", [a, !If [Never, b, !Ref AWS::NoValue], c]]
YAML
cat > "$folder/ask.py" <<'PY'
import sys

from cloud_radar.cf.unit import Template

found = {}
for name, parameters in {"by default": {}, "given": {"Count": "5"}}.items():
    found[name] = Template.from_yaml(sys.argv[1]).render(parameters)["Resources"]["Queue"]["Metadata"]
    print(f"{name}: {found[name]}")
usual = {"Live": "another", "Zones": "a- b", "StackInText": "of ", "Some": ["a", "", "c"], "Joined": "a--c"}
for name, five in {"by default": "five", "given": "another"}.items():
    assert found[name] == {"Five": five, **usual}
PY
"$folder/venv/bin/python" -W ignore "$folder/ask.py" "$folder/template.yaml"
