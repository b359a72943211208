#!/usr/bin/env bash
# cfn-flip 1.3.0 and cloudformation-validate 1.14.0 (PyPI), yaml-cfn 0.3.2 (npm).
#
# The name of an attribute in Fn::GetAtt may be given by Ref: AWS's page on Fn::GetAtt says so. Each of these reads it in its own way:
#   cfn-flip, from YAML to JSON      takes the Ref away, so that the attribute is called as the parameter is; from JSON to YAML it raises a TypeError
#   yaml-cfn, written as YAML        !GetAtt Orders.[object Object]
#   cloudformation-validate          fatal F6101: the value of the output must be a string, not an object
#
# Seen: for `!GetAtt [Orders, !Ref Attribute]` the results above.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-flip==1.3.0 cloudformation-validate==1.14.0 2> /dev/null
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund yaml-cfn@0.3.2
cat > template.yaml <<'YAML'
Parameters:
  Attribute: {Type: String, Default: Arn}
Resources:
  Orders: {Type: AWS::SQS::Queue}
Outputs:
  Name: {Value: !GetAtt [Orders, !Ref Attribute]}
YAML
cat > ask.py <<'PY'
import json
from pathlib import Path

from cfn_flip import to_json, to_yaml
from cloudformation_validate import CompositeEngine

flipped = json.loads(to_json(Path("template.yaml").read_text()))["Outputs"]["Name"]["Value"]
print("cfn-flip:", flipped)
assert flipped == {"Fn::GetAtt": ["Orders", "Attribute"]}
try:
    to_yaml(json.dumps({"Value": {"Fn::GetAtt": ["Orders", {"Ref": "Attribute"}]}}))
    raise AssertionError("cfn-flip writes it")
except TypeError as error:
    print("cfn-flip, to YAML:", error)
found = [each for each in CompositeEngine().validate_template("template.yaml").diagnostics if "FATAL" in str(each.severity)]
print("cloudformation-validate:", [(each.rule_id, each.message) for each in found])
assert [each.rule_id for each in found] == ["F6101"]
PY
venv/bin/python ask.py
cat > ask.js <<'JS'
const assert = require("assert");
const { yamlParse, yamlDump } = require("yaml-cfn");

const written = yamlDump(yamlParse(require("fs").readFileSync("template.yaml", "utf8"))).trim().split("\n").pop().trim();
console.log("yaml-cfn:", written);
assert.strictEqual(written, "Value: !GetAtt Orders.[object Object]");
JS
node ask.js
