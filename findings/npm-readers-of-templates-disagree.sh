#!/usr/bin/env bash
# yaml-cfn 0.3.2, cloudformation-js-yaml-schema 0.4.2 and js-yaml-cloudformation-schema 1.0.0, the latter two with js-yaml 3.15.2 (all npm).
#
# Three readers of CloudFormation's YAML, for JavaScript, read one template in three ways. The version of a policy, where nobody quotes it, becomes a
# date for two of them, and in JSON a moment that IAM does not know as a version; only a quoted one stays. An account with a leading 0 is the
# number that YAML 1.1 makes of it, or one that is too short. `!Condition` becomes Fn::Condition, which CloudFormation does not have, `!GetAtt` one
# text or a list, or any tag an object of the library's own; `!Base64` with a text is not known to two of them. None reads `yes` as true, which
# YAML 1.1, and so CloudFormation, does.
#
# Seen, as JSON:
#                         yaml-cfn             cloudformation-js-yaml-schema              js-yaml-cloudformation-schema
#   Version: 2012-10-17   "2012-10-17"         "2012-10-17T00:00:00.000Z"                 "2012-10-17T00:00:00.000Z"
#   012345670123          12345670123          1402433619                                 1402433619
#   yes                   "yes"                "yes"                                      "yes"
#   !Condition Live       {"Condition":"Live"} {"class":"Condition",…,"data":"Live"}      {"Fn::Condition":"Live"}
#   !GetAtt Queue.Arn     a list               an object with "data":"Queue.Arn"          the text Queue.Arn
#   !Base64 x             {"Fn::Base64":"x"}   YAMLException                              YAMLException
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund \
  yaml-cfn@0.3.2 cloudformation-js-yaml-schema@0.4.2 js-yaml-cloudformation-schema@1.0.0 js-yaml@3.15.2 > /dev/null
cat > ask.js <<'JS'
const assert = require("node:assert");
const yaml = require("js-yaml");

const schema = (name) => (text) => yaml.safeLoad(text, { schema: require(name).CLOUDFORMATION_SCHEMA });
const readers = [
  require("yaml-cfn").yamlParse,
  schema("cloudformation-js-yaml-schema"),
  schema("js-yaml-cloudformation-schema"),
];
const own = (name, data) => ({ class: name, name, data });
const cases = [
  ["2012-10-17", "2012-10-17", "2012-10-17T00:00:00.000Z", "2012-10-17T00:00:00.000Z"],
  ["'2012-10-17'", "2012-10-17", "2012-10-17", "2012-10-17"],
  ["012345670123", 12345670123, 1402433619, 1402433619],
  ["yes", "yes", "yes", "yes"],
  ["!Condition Live", { Condition: "Live" }, own("Condition", "Live"), { "Fn::Condition": "Live" }],
  ["!GetAtt Queue.Arn", { "Fn::GetAtt": ["Queue", "Arn"] }, own("GetAtt", "Queue.Arn"), { "Fn::GetAtt": "Queue.Arn" }],
  ["!Base64 x", { "Fn::Base64": "x" }, "YAMLException", "YAMLException"],
];
const read = (reader, text) => {
  try {
    return JSON.parse(JSON.stringify(reader(`value: ${text}`))).value;
  } catch (error) {
    return error.name;
  }
};
for (const [text, ...wanted] of cases) {
  const seen = readers.map((each) => read(each, text));
  console.log(text.padEnd(18), seen.map((each) => JSON.stringify(each)).join("   "));
  assert.deepStrictEqual(seen, wanted);
}
JS
node ask.js
