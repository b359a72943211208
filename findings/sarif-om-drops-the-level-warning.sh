#!/usr/bin/env bash
# sarif-om 1.0.4 with jschema-to-python 1.2.3, read by sarif-tools 3.0.5 (all PyPI; Microsoft's).
#
# `to_json` leaves out what has the default of SARIF's schema. For the level of a result this is not the same file: without a level a result has the one
# that its rule is configured with (SARIF 2.1.0, 3.27.10), and "warning" only where the rule says nothing. So a result that was set to "warning" is an
# error, or a note, for whoever reads the file. Each other level stays. The classes are of a draft: the property of a suppression
# that the standard calls `status` is `state` there, which the standard's schema does not allow.
#
# Seen, for rules with the levels error and note, and results that are warnings:
#   level in the JSON     none for "warning", note for "note"
#   sarif summary         error 1, warning 0, note 1; with the levels put back: error 0, warning 2, note 0
#   Suppression(kind="inSource", status="accepted")   TypeError; with state= it is written as "state"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sarif-om==1.0.4 jschema-to-python==1.2.3 sarif-tools==3.0.5 2> /dev/null
cat > "$folder/write.py" <<'PY'
import json
import sys
from pathlib import Path

import sarif_om as om
from jschema_to_python.to_json import to_json


def rule(name, level):
    """A rule with the level of its results."""
    return om.ReportingDescriptor(id=name, default_configuration=om.ReportingConfiguration(level=level))


def result(name, index, level):
    """A result of a rule with a level of its own."""
    return om.Result(message=om.Message(text="It is so."), rule_id=name, rule_index=index, level=level)


def written(results):
    """The log with these results, as the library writes it."""
    driver = om.ToolComponent(name="tool", rules=[rule("R1", "error"), rule("R2", "note")])
    return json.loads(to_json(om.SarifLog(version="2.1.0", runs=[om.Run(tool=om.Tool(driver=driver), results=results)])))


folder = Path(sys.argv[1])
log = written([result("R1", 0, "warning"), result("R2", 1, "warning")])
(folder / "written.sarif").write_text(json.dumps(log))
levels = [each.get("level") for each in log["runs"][0]["results"]]
other = written([result("R1", 0, "note")])["runs"][0]["results"][0].get("level")
print(f"levels of two warnings: {levels}; of a note: {other}")
assert levels == [None, None]
assert other == "note"
for each in log["runs"][0]["results"]:
    each["level"] = "warning"
(folder / "meant.sarif").write_text(json.dumps(log))

try:
    om.Suppression(kind="inSource", status="accepted")
except TypeError as error:
    print(f"status: {type(error).__name__}")
else:
    raise AssertionError("a suppression has a status")
suppression = json.loads(to_json(om.Suppression(kind="inSource", state="accepted")))
print(f"state: {suppression}")
assert suppression == {"kind": "inSource", "state": "accepted"}
PY
"$folder/venv/bin/python" -W ignore "$folder/write.py" "$folder"
for name in written meant; do
  counts=$("$folder/venv/bin/sarif" summary "$folder/$name.sarif" | grep -E '^(error|warning|note): ' | tr '\n' ' ')
  echo "$name: $counts"
  case $name in
    written) [[ $counts == "error: 1 warning: 0 note: 1 " ]] ;;
    meant) [[ $counts == "error: 0 warning: 2 note: 0 " ]] ;;
  esac
done
