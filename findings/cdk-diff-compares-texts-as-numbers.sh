#!/usr/bin/env bash
# @aws-cdk/cloudformation-diff 2.187.5 (npm; the comparison of templates behind `cdk diff`).
#
# Two texts are the same for it if JavaScript makes the same number of both, so that 5 and "5" are no difference. The text may be anything: a
# version, an account, an identifier. So 5.10 is 5.1, a leading zero is nothing, no text at all is 0, and of a long identifier the last digits do
# not count. A change to another version of an engine is "no differences", in resources, outputs, mappings and defaults of parameters alike.
#
# Seen, differences found in an engine's version:
#   5.10 -> 5.1                                   0
#   5.10 -> 5.11                                  1
#   in an output, a mapping and a default         0 of 3
#   012345678901 -> 12345678901                   0
#   12345678901234567890 -> 12345678901234567891  0
#   "" -> "0"                                     0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @aws-cdk/cloudformation-diff@2.187.5 > /dev/null
cat > ask.js <<'JS'
const assert = require("node:assert");
const { fullDiff } = require("@aws-cdk/cloudformation-diff");

const cache = (version) => ({
  Resources: { Cache: { Type: "AWS::ElastiCache::ReplicationGroup", Properties: { EngineVersion: version } } },
});
const others = (version) => ({
  Parameters: { Version: { Type: "String", Default: version } },
  Mappings: { Versions: { live: { redis: version } } },
  Outputs: { Version: { Value: version } },
});
const cases = [
  ["5.10", "5.1", 0],
  ["5.10", "5.11", 1],
  ["012345678901", "12345678901", 0],
  ["12345678901234567890", "12345678901234567891", 0],
  ["", "0", 0],
];
for (const [before, after, wanted] of cases) {
  const seen = fullDiff(cache(before), cache(after)).differenceCount;
  console.log(`"${before}" -> "${after}": ${seen}`);
  assert.strictEqual(seen, wanted);
}
const elsewhere = [fullDiff(others("5.10"), others("5.1")), fullDiff(others("5.10"), others("5.11"))].map((each) => each.differenceCount);
console.log(`elsewhere, 5.10 -> 5.1 and 5.10 -> 5.11: ${elsewhere.join(" and ")}`);
assert.deepStrictEqual(elsewhere, [0, 3]);
JS
node ask.js
