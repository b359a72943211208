#!/usr/bin/env bash
# PyYAML 6.0.4 and ruamel.yaml 0.19.1 (both PyPI).
#
# PyYAML reads YAML 1.1, as CloudFormation does; ruamel.yaml reads YAML 1.2 unless a document says %YAML 1.1, which templates do not.
# Neither says so when it reads 026: a port or a number of days is another one, and there is no error. Nor does asking
# ruamel.yaml for 1.1 make the two agree: it takes 1e3 for a number in either version (with a warning in 1.1), where YAML 1.1 wants a
# point in it and PyYAML reads a text.
#
# Seen:
#   026:   PyYAML 22      ruamel.yaml 26      as 1.1 22
#   08:    PyYAML '08'    ruamel.yaml 8       as 1.1 '08'
#   22:00: PyYAML 1320    ruamel.yaml '22:00' as 1.1 1320
#   1e3:   PyYAML '1e3'   ruamel.yaml 1000.0  as 1.1 1000.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import warnings

import ruamel.yaml
import yaml

warnings.simplefilter("ignore")


def theirs(text: str, version: str | None = None) -> object:
    reader = ruamel.yaml.YAML(typ="safe", pure=True)
    reader.version = version
    return reader.load(text)["a"]


found = {}
for number in ("026", "08", "22:00", "1e3"):
    text = f"a: {number}\n"
    found[number] = [yaml.safe_load(text)["a"], theirs(text), theirs(text, "1.1")]
    print("{}: PyYAML {!r}, ruamel.yaml {!r}, as 1.1 {!r}".format(number, *found[number]))
assert found == {
    "026": [22, 26, 22],
    "08": ["08", 8, "08"],
    "22:00": [1320, "22:00", 1320],
    "1e3": ["1e3", 1000.0, 1000.0],
}
PY
"$folder/venv/bin/python" "$folder/ask.py"
