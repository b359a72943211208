#!/usr/bin/env bash
# Checkov 3.3.30 (PyPI).
#
# Rain, the client of AWS for CloudFormation, has modules: `Type: !Rain::Module vpc.yml`, which `rain pkg` replaces by the resources of the
# module. In the JSON that Rain writes of such a template, the type of the resource is an object. Checkov takes each type for a text and
# looks it up; an object cannot be looked up, and nothing catches the error. One such file costs the run: no other file gets a report.
# AWS's own sample templates have five of them.
#
# Seen, one bucket alone:                  one failed check, exit code 1
# Seen, with such a template beside it:    no report; "TypeError: unhashable type: 'dict'" on standard error, exit code 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30 2> /dev/null
mkdir "$folder/templates"

check() {
  code=0
  "$folder/venv/bin/checkov" --directory "$folder/templates" --framework cloudformation --check CKV_AWS_21 --output json \
    > "$folder/report.json" 2> "$folder/errors" || code=$?
}

echo '{"Resources": {"Reports": {"Type": "AWS::S3::Bucket"}}}' > "$folder/templates/bucket.json"
check
failed=$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["results"]["failed_checks"]))' "$folder/report.json")
echo "a bucket alone: $failed failed check, exit code $code"
[ "$failed $code" = "1 1" ]

echo '{"Resources": {"Network": {"Type": {"Rain::Module": "vpc.yml"}}}}' > "$folder/templates/network.json"
check
echo "with a module of Rain beside it: $(wc -c < "$folder/report.json") bytes of report, exit code $code: $(grep -o 'TypeError: .*' "$folder/errors" | tail -1)"
[ ! -s "$folder/report.json" ] && [ "$code" = 2 ] && grep -q "TypeError: unhashable type: 'dict'" "$folder/errors"
