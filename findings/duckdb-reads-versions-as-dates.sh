#!/usr/bin/env bash
# duckdb 2.0.1 (PyPI).
#
# Its reader of CSV looks for the type of each column. Three numbers with points between them are a date where each row allows it, two of them a
# fraction. So an inventory of MariaDB servers, whose versions are 10.11.6 and 11.4.3, has dates, while the one of MySQL, 8.0.40, keeps its text:
# the same query changes its type with the rows. Versions of EKS are fractions, in which 1.30 equals 1.3. Account numbers with a leading 0 stay.
# Its reader of JSON keeps versions, but makes a UUID of a text in capitals, and so writes it back in small letters. An object whose keys
# differ in case only, as tags of AWS may, is refused. `all_varchar = true` or `columns = {...}` keeps the texts.
#
# Seen:
#   10.11.6, 11.4.3   DATE 2010-11-06, 2011-04-03
#   8.0.40, 8.0.35    VARCHAR 8.0.40, 8.0.35
#   1.30, 1.3         DOUBLE 1.3, 1.3
#   012345678901      VARCHAR 012345678901
#   a GUID of a SARIF result, written as A0EEBC99-…, is a0eebc99-…; {"Name": "a", "name": "b"}: NotImplementedException
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

folder = Path(sys.argv[1])


def column(*values):
    """The type that DuckDB finds for a column, and its values."""
    (folder / "inventory.csv").write_text("name,value\n" + "".join(f"n{at},{each}\n" for at, each in enumerate(values)))
    found = duckdb.sql(f"select value, value::varchar from '{folder}/inventory.csv' order by name")
    return [str(found.types[0]), *(text for _, text in found.fetchall())]


def from_json(value):
    """What DuckDB writes for a value that it reads from JSON."""
    (folder / "some.json").write_text(json.dumps([{"value": value}]))
    try:
        return duckdb.sql(f"select value::varchar from '{folder}/some.json'").fetchall()[0][0]
    except duckdb.NotImplementedException as error:
        return type(error).__name__


seen = {
    "MariaDB": column("10.11.6", "11.4.3"),
    "MySQL": column("8.0.40", "8.0.35"),
    "EKS": column("1.30", "1.3"),
    "accounts": column("012345678901", "112345678901"),
    "guid": from_json("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
    "tags": from_json({"Name": "a", "name": "b"}),
}
for name, each in seen.items():
    print(f"{name}: {each}")
assert seen == {
    "MariaDB": ["DATE", "2010-11-06", "2011-04-03"],
    "MySQL": ["VARCHAR", "8.0.40", "8.0.35"],
    "EKS": ["DOUBLE", "1.3", "1.3"],
    "accounts": ["VARCHAR", "012345678901", "112345678901"],
    "guid": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    "tags": "NotImplementedException",
}
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder"
