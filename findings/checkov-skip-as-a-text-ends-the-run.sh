#!/usr/bin/env bash
# Checkov 3.3.30 (PyPI).
#
# The metadata of a CloudFormation resource may hold anything, and Checkov reads its own suppressions there: a list of objects with an
# `id`. An entry that is only the id, as Guard's list beside it has them, raises an error that nothing catches. It costs not this entry but
# the whole run: there is no report for any file, and the exit code is 2.
#
# Seen, with the entry as an object:  one skipped check in the JSON report, exit code 0
# Seen, with the entry as a text:     no report; "TemplateAttributeError: get is invalid" on standard error, exit code 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30 2> /dev/null
mkdir "$folder/templates"

check() { # the entry, as YAML
  printf '%s\n' "Resources:" "  Orders:" "    Type: AWS::RDS::DBInstance" "    Metadata: {checkov: {skip: [$1]}}" \
    "    Properties: {Engine: postgres, StorageEncrypted: false}" > "$folder/templates/stack.yaml"
  code=0
  "$folder/venv/bin/checkov" --directory "$folder/templates" --framework cloudformation --check CKV_AWS_16 --output json \
    > "$folder/report.json" 2> "$folder/errors" || code=$?
}

check '{id: CKV_AWS_16, comment: known}'
skipped=$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["results"]["skipped_checks"]))' "$folder/report.json")
echo "as an object: $skipped skipped check, exit code $code"
[ "$skipped $code" = "1 0" ]

check 'CKV_AWS_16'
echo "as a text: $(wc -c < "$folder/report.json") bytes of report, exit code $code: $(grep -o 'TemplateAttributeError: .*' "$folder/errors" | tail -1)"
[ ! -s "$folder/report.json" ] && [ "$code" = 2 ] && grep -q 'TemplateAttributeError: get is invalid' "$folder/errors"
