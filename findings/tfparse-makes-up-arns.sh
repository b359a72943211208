#!/usr/bin/env bash
# tfparse 0.6.22 (PyPI; Trivy's evaluation of Terraform for Python).
#
# What only the provider knows is not unknown: the `id` and the `arn` of a resource are both the same random identifier, a new one in each run.
# Functions take it for a text, so a policy has it where an ARN will be, and what is cut out of an ARN is a piece of it. `timestamp()` is the
# time of the reading. A whole number beyond 64 bits becomes the largest that fits, though Terraform counts exactly.
# A reader who compares two runs, or looks at an ARN, sees values that no plan has.
#
# Seen: length of the ARN 36; the service in it '' (Terraform: sqs); two runs differ; 12345678901234567890 is 9223372036854775807
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tfparse==0.6.22 2> /dev/null
mkdir "$folder/root"
cat > "$folder/root/main.tf" <<'TF'
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

output "all" {
  value = {
    arn     = aws_sqs_queue.orders.arn
    length  = length(split("", aws_sqs_queue.orders.arn))
    service = try(split(":", aws_sqs_queue.orders.arn)[2], "")
    year    = substr(timestamp(), 0, 2)
    many    = 12345678901234567890
  }
}
TF
cat > "$folder/ask.py" <<'PY'
import sys

import tfparse

first, second = (tfparse.load_from_path(sys.argv[1]) for _ in range(2))
said = first["output"][0]["value"]
print(said)
assert said["arn"] == first["aws_sqs_queue"][0]["id"]
assert said["arn"] != second["output"][0]["value"]["arn"]
assert (said["length"], said["service"], said["year"]) == (36, "", "20")
assert said["many"] == 2**63 - 1
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder/root"
