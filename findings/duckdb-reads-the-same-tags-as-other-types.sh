#!/usr/bin/env bash
# duckdb 2.0.1 (PyPI).
#
# Its reader of JSON makes a struct of an object with few keys, and a map of one that has other keys in each row, or two hundred whose values are alike.
# Tags are the first in a small inventory and the second in a large one; the resources of a template change with the two hundredth. Both
# answer the same queries, but not alike: a struct finds `name` for Name, and says of a key that nobody has that there is none; a map answers NULL
# to either. A struct has every key of every row, so that in JSON it has tags that are null. In a map each resource has what any of
# the others has. So a query that was right for a sample goes on with all the data, and finds nothing.
#
# Seen, for tags Name and one of another key in each row:
#                     2 rows                                20 rows
#   tags.name         n0                                    NULL
#   tags.missing      BinderException                       NULL
#   to_json(tags)     {"Name":"n0","k0":"v","k1":null}      {"Name":"n0","k0":"v"}
# Seen, for a template of queues with a DeletionPolicy, all but the first, as JSON again:
#   199 resources     {"Type":"AWS::SQS::Queue"}
#   200 resources     {"Type":"AWS::SQS::Queue","DeletionPolicy":null}; as before with map_inference_threshold = -1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import json
import sys
from pathlib import Path

import duckdb

path = Path(sys.argv[1], "inventory.json")


def ask(what, more=""):
    """The first value that DuckDB finds."""
    try:
        return duckdb.sql(f"select {what} from read_json('{path}'{more}) limit 1").fetchall()[0][0]
    except duckdb.BinderException:
        return "BinderException"


tags = {}
for rows in (2, 20):
    path.write_text("\n".join(json.dumps({"tags": {"Name": f"n{row}", f"k{row}": "v"}}) for row in range(rows)))
    tags[rows] = [ask("typeof(tags)").partition("(")[0], ask("tags.name"), ask("tags.missing"), ask("to_json(tags)")]
    print(f"{rows} rows:", tags[rows])
resources = {}
for count in (199, 200):
    queues = [{"Type": "AWS::SQS::Queue"} | ({"DeletionPolicy": "Retain"} if number else {}) for number in range(count)]
    path.write_text(json.dumps({"Resources": {f"Queue{number}": queue for number, queue in enumerate(queues)}}))
    found = [ask("to_json(Resources)", more) for more in ("", ", map_inference_threshold = -1")]
    resources[count] = [json.loads(each)["Queue0"] for each in found]
    print(f"{count} resources:", resources[count])
assert tags == {
    2: ["STRUCT", "n0", "BinderException", '{"Name":"n0","k0":"v","k1":null}'],
    20: ["MAP", None, None, '{"Name":"n0","k0":"v"}'],
}
plain = {"Type": "AWS::SQS::Queue"}
assert resources == {199: [plain, plain], 200: [plain | {"DeletionPolicy": None}, plain]}
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder"
