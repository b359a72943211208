#!/usr/bin/env bash
# python-hcl2 8.1.4, against pygohcl 1.2.9 (HashiCorp's own parser, from Go), all of PyPI.
#
# What `loads` has read, `dumps` writes as HCL again. A heredoc in an object or in a list gets the comma of its element behind the marker, so
# that this line ends it no more: the text goes on to the end of the file, and neither library reads what was written. As the argument of a
# function it is put between quotation marks, marker and line feeds included: python-hcl2 reads that again as if it were well, HashiCorp
# refuses it. So a program that changes one value of a configuration and writes it back breaks another block without a word.
#
# Seen:
#   a = { b = <<E … }    is written with `E,` as the heredoc's last line     python-hcl2: UnexpectedToken   pygohcl: HCLParseError
#   a = [<<E …, 1]       the same
#   a = f(<<E … )        is written as f("<<E …")                            python-hcl2: the same value    pygohcl: HCLParseError
#   a = <<E …            is written as it was
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-hcl2==8.1.4 pygohcl==1.2.9 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import hcl2
import pygohcl

TEXT = "<<E\nx\nE\n"
CASES = {"object": f"a = {{ b = {TEXT}}}\n", "list": f"a = [{TEXT}, 1]\n", "argument": f"a = f({TEXT})\n", "alone": f"a = {TEXT}"}


def how(load, text, wanted):
    """The error of a parser, or whether it reads what it read before."""
    try:
        return "same" if load(text) == wanted else "other"
    except Exception as error:
        return type(error).__name__


seen = {}
for name, source in CASES.items():
    by_hashicorp = pygohcl.loads(source)
    value = hcl2.loads(source)
    written = hcl2.dumps(value)
    seen[name] = how(hcl2.loads, written, value), how(pygohcl.loads, written, by_hashicorp)
    print(f"{name}: {written!r}, read again: {' / '.join(seen[name])}")
assert seen == {
    "object": ("UnexpectedToken", "HCLParseError"),
    "list": ("UnexpectedToken", "HCLParseError"),
    "argument": ("same", "HCLParseError"),
    "alone": ("same", "same"),
}
PY
"$folder/venv/bin/python" "$folder/ask.py"
