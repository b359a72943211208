#!/usr/bin/env bash
# pre-commit-hooks 6.0.0 (PyPI), with PyYAML 6.0.4 and pygohcl 1.2.9 (PyPI) to read the files.
#
# Hooks for the look of a file change what it says. pretty-format-json reads numbers into floating point and writes them from there: the last digits
# go, 1e400, which JSON allows, becomes Infinity, which it does not, and check-json of the same package then finds nothing wrong. A text of
# YAML that keeps its last line feeds (|+), such as a script at the end of a template, loses them to end-of-file-fixer. In a heredoc of HCL blanks
# at the end of a line are part of the value, and trailing-whitespace takes them.
#
# Seen:
#   pretty-format-json           12345678901234567890.5, 0.10, 1E3 -> 1.2345678901234567e+19, 0.1, 1000.0
#                                1e400 -> Infinity, and check-json ends with 0
#   end-of-file-fixer            Script: |+, 'echo\n\n' -> 'echo\n'
#   trailing-whitespace-fixer    a = <<E, 'x  \n' -> 'x\n'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit-hooks==6.0.0 PyYAML==6.0.4 pygohcl==1.2.9 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pygohcl
import yaml

folder, tools = Path(sys.argv[1]), Path(sys.executable).parent


def hook(name, *arguments):
    """The exit code of a hook."""
    return subprocess.run([tools / name, *arguments], capture_output=True, check=False).returncode


def change(name, text, read, *call):
    """The value of a file before and after a hook has run."""
    path = folder / name
    path.write_text(text)
    hook(*call, path)
    values = read(text), read(path.read_text())
    print(f"{call[0]}: {values[0]!r} -> {values[1]!r}")
    return values


def refuse(word):
    raise ValueError(f"{word} is no number of JSON")


numbers = change("a.json", "[12345678901234567890.5, 0.10, 1E3]\n", lambda text: json.loads(text, parse_float=Decimal), "pretty-format-json", "--autofix")
assert [str(number) for number in numbers[0]] == ["12345678901234567890.5", "0.10", "1E+3"]
assert [str(number) for number in numbers[1]] == ["1.2345678901234567E+19", "0.1", "1000.0"]

large = folder / "large.json"
large.write_text("[1e400]\n")
json.loads(large.read_text(), parse_constant=refuse)
hook("pretty-format-json", "--autofix", large)
print("1e400:", large.read_text().split()[1], "check-json:", hook("check-json", large))
assert large.read_text().split() == ["[", "Infinity", "]"]
assert hook("check-json", large) == 0

script = change("a.yaml", "Script: |+\n  echo\n\n", yaml.safe_load, "end-of-file-fixer")
assert script == ({"Script": "echo\n\n"}, {"Script": "echo\n"})
heredoc = change("a.tf", "a = <<E\nx  \nE\n", pygohcl.loads, "trailing-whitespace-fixer")
assert heredoc == ({"a": "x  \n"}, {"a": "x\n"})
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder"
