#!/usr/bin/env bash
# cdk-from-cfn 0.336.0 (npm; AWS's translator from templates to CDK code).
#
# Of the attributes beside a resource's properties, the code has DeletionPolicy, UpdatePolicy, Metadata and DependsOn. UpdateReplacePolicy,
# CreationPolicy and the template's Rules are left out without a word. So a replacement deletes what the template kept, and a stack no longer waits for
# the signals of its instances. `${!Name}`, which Fn::Sub writes as the text ${Name}, becomes an expression of TypeScript that nothing declares.
#
# Seen: of the words below, the code has Retain once (of two), and neither `5` nor `PT5M` nor `Assert`; displayName: `for ${Name}`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund cdk-from-cfn@0.336.0
cat > ask.js <<'JS'
const assert = require("assert");
const { transmute } = require("cdk-from-cfn");

const code = transmute(`
Parameters:
  Stage: {Type: String}
Rules:
  Known: {Assertions: [{Assert: !Equals [!Ref Stage, live], AssertDescription: The stage is not known.}]}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  Ready:
    Type: AWS::CloudFormation::WaitCondition
    CreationPolicy: {ResourceSignal: {Count: 5, Timeout: PT5M}}
  News:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Sub "for \${!Name}"}
`, "typescript", "Made");
const kept = code.match(/RETAIN|Retain/g);
const shown = code.split("\n").find((line) => line.includes("displayName")).trim();
console.log("Retain:", kept.length, "time-out:", /PT5M/.test(code), "rules:", /Assert/.test(code), shown);
assert.strictEqual(kept.length, 1);
assert.ok(!/replacePolicy|creationPolicy|PT5M|Assert/i.test(code));
assert.strictEqual(shown, "displayName: `for ${Name}`,");
JS
node ask.js
