#!/usr/bin/env bash
# cdk-from-cfn 0.336.0 (npm; AWS's translator from templates to CDK code) with aws-cdk-lib 2.276.0.
#
# A text parameter of the template becomes an argument of the construct, and a condition on it becomes a comparison when the code runs. A parameter
# of another type stays a parameter of the stack, whose value nobody knows until the deployment, and yet its condition becomes such a comparison:
# of the placeholder that the CDK has for the value, which equals nothing. So the condition is false for each value, the default included, and
# what it guards is in no template that the code makes.
#
# Seen: a queue with `Condition: IsFive`, where IsFive is `!Equals [!Ref Size, 5]` and Size has the default 5:
#   const isFive = props.size! === '5';     with props.size = new cdk.CfnParameter(...).valueAsString
#   resources of the synthesized template: Always     (of the source: Always, Guarded)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund cdk-from-cfn@0.336.0 aws-cdk-lib@2.276.0 constructs@10.8.1 typescript@5.9.3
cat > ask.js <<'JS'
const assert = require("assert");
const { transmute } = require("cdk-from-cfn");
const typescript = require("typescript");
const cdk = require("aws-cdk-lib");

const template = `
Parameters:
  Size: {Type: Number, Default: 5}
Conditions:
  IsFive: !Equals [!Ref Size, 5]
Resources:
  Always: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 1}}
  Guarded: {Type: AWS::SQS::Queue, Condition: IsFive, Properties: {DelaySeconds: 1}}
`;
const code = transmute(template, "typescript", "Made");
console.log(code.split("\n").find((line) => line.includes("const isFive")).trim());
const made = { exports: {} };
const script = typescript.transpileModule(code, { compilerOptions: { module: "commonjs", target: "es2022" } }).outputText;
new Function("require", "exports", script)(require, made.exports);
const app = new cdk.App();
new made.exports.Made(app, "Made");
const resources = Object.keys(app.synth().getStackByName("Made").template.Resources).filter((each) => each !== "CDKMetadata");
console.log("resources:", resources.join(", "));
assert.match(code, /const isFive = props\.size! === '5';/);
assert.deepStrictEqual(resources, ["Always"]);
JS
node ask.js
