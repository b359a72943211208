#!/usr/bin/env bash
# sarif-tools 3.0.5 (PyPI; Microsoft's).
#
# `sarif diff` compares how often each rule has each message, not the results: neither their files nor their fingerprints. A result that is gone from one
# file and a new one in another cancel out, and `--check` passes. A result with an accepted suppression counts like any other, in
# the difference and in the summary. A result that names its rule by `rule.id` or `ruleIndex` alone, as SARIF allows, raises a KeyError.
#
# Seen: with another file, another fingerprint and one more accepted suppression the difference is 0 more and 0 less, and the exit code 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5 2> /dev/null
cat > make.py <<'PY'
import json


def result(rule, path, mark, **more):
    place = {"physicalLocation": {"artifactLocation": {"uri": path}, "region": {"startLine": 3}}}
    return {"ruleId": rule, "level": "error", "message": {"text": "is open"}, "locations": [place], "partialFingerprints": {"m/v1": mark}, **more}


def write(name, *results):
    run = {"tool": {"driver": {"name": "any", "rules": [{"id": "R1"}, {"id": "R2"}]}}, "results": results}
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": "2.1.0", "runs": [run]}, file)


write("old.sarif", result("R1", "a.tf", "1"), result("R2", "b.tf", "2"))
write("new.sarif", result("R1", "z.tf", "9"), result("R2", "b.tf", "2", suppressions=[{"kind": "inSource", "status": "accepted"}]))
del (bare := result("R1", "a.tf", "1"))["ruleId"]
write("bare.sarif", {**bare, "rule": {"id": "R1"}, "ruleIndex": 0})
PY
venv/bin/python make.py
venv/bin/sarif --check error diff old.sarif new.sarif -o diff.json > /dev/null
venv/bin/python - <<'PY'
import json

found = json.load(open("diff.json", encoding="utf-8"))["all"]
print("difference:", found)
assert found == {"+": 0, "-": 0}
PY
venv/bin/sarif summary new.sarif > summary.txt
grep --quiet '^error: 2$' summary.txt && grep '^error' summary.txt
venv/bin/sarif summary bare.sarif > /dev/null 2> errors.txt && exit 1
tail -1 errors.txt | tee last.txt
grep --quiet "KeyError: 'ruleId'" last.txt
