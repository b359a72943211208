#!/usr/bin/env bash
# @microsoft/sarif-multitool 5.7.0 (npm; Microsoft's, from .NET), on Linux.
#
# `rewrite` reads a SARIF file and writes it again. What a property bag says is the producer's own, but a text in it that looks like a moment is taken
# for one: it gets the time zone of the machine, or loses its last zero, also among the tags. The same text in a fingerprint stays. So one file
# gives two on two machines. The start of an invocation, which SARIF lets be as exact as one likes, ends with the milliseconds, and a GUID in
# capitals, which SARIF allows, has small letters after it. Tools that compare these texts between two files, one of them rewritten, find others.
#
# Seen:
#   properties.since and a tag     2026-01-01T00:00:00+02:00 -> 2025-12-31T22:00:00+00:00, where the machine is in UTC
#                                                            -> 2025-12-31T17:00:00-05:00, where it is in New York
#   properties.at                  2026-01-01T00:00:00.10Z -> 2026-01-01T00:00:00.1Z
#   partialFingerprints            2026-01-01T00:00:00+02:00, as it was
#   startTimeUtc                   2026-01-01T00:00:00.123456Z -> 2026-01-01T00:00:00.123Z
#   guid                           A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 -> a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5.7.0 > /dev/null
cat > before.sarif <<'JSON'
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [{
    "tool": {"driver": {"name": "some"}},
    "invocations": [{"executionSuccessful": true, "startTimeUtc": "2026-01-01T00:00:00.123456Z"}],
    "results": [{
      "message": {"text": "Some text."},
      "guid": "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
      "partialFingerprints": {"since/v1": "2026-01-01T00:00:00+02:00"},
      "properties": {
        "since": "2026-01-01T00:00:00+02:00",
        "at": "2026-01-01T00:00:00.10Z",
        "tags": ["2026-01-01T00:00:00+02:00"]
      }
    }]
  }]
}
JSON
TZ=UTC node_modules/.bin/sarif-multitool rewrite before.sarif --output utc.sarif > /dev/null
TZ=America/New_York node_modules/.bin/sarif-multitool rewrite before.sarif --output york.sarif > /dev/null
cat > ask.js <<'JS'
const assert = require("node:assert");
const { readFileSync } = require("node:fs");

const seen = (file) => {
  const [run] = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")).runs;
  const [result] = run.results;
  return {
    since: result.properties.since,
    tag: result.properties.tags[0],
    at: result.properties.at,
    fingerprint: result.partialFingerprints["since/v1"],
    start: run.invocations[0].startTimeUtc,
    guid: result.guid,
  };
};
const utc = {
  since: "2025-12-31T22:00:00+00:00",
  tag: "2025-12-31T22:00:00+00:00",
  at: "2026-01-01T00:00:00.1Z",
  fingerprint: "2026-01-01T00:00:00+02:00",
  start: "2026-01-01T00:00:00.123Z",
  guid: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
};
const york = { ...utc, since: "2025-12-31T17:00:00-05:00", tag: "2025-12-31T17:00:00-05:00" };
for (const [file, wanted] of Object.entries({ "utc.sarif": utc, "york.sarif": york })) {
  console.log(file, seen(file));
  assert.deepStrictEqual(seen(file), wanted);
}
JS
node ask.js
