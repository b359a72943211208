#!/usr/bin/env bash
# tree-sitter-hcl 1.2.0 with tree-sitter 0.26.1, against pygohcl 1.2.0 (HashiCorp's own parser, from Go), all of PyPI.
#
# HCL takes a number with an exponent and no fraction (1e1). This grammar ends the number at the 1 and reads `e1` and the line feed
# as the beginning of something else: the attribute on the next line loses its name. With a fraction (1.5e1) all is well.
#
# Seen:
#   a = 1e1, b = 2    HashiCorp: {'a': 10, 'b': 2}    tree-sitter: error, attributes a
#   a = 1.5e1, b = 2  HashiCorp: {'a': 15, 'b': 2}    tree-sitter: no error, attributes a, b
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tree-sitter==0.26.1 tree-sitter-hcl==1.2.0 pygohcl==1.2.0 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import pygohcl
import tree_sitter
import tree_sitter_hcl

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


def read(source: bytes) -> tuple[bool, list[str]]:
    root = parser.parse(source).root_node
    names = [
        each.child(0).text.decode()
        for each in root.children[0].children
        if each.type == "attribute" and not any(child.type == "ERROR" for child in each.children)
    ]
    return root.has_error, names


found = {}
for number in ("1e1", "1.5e1"):
    source = f"a = {number}\nb = 2\n"
    found[number] = (pygohcl.loads(source), *read(source.encode()))
    theirs, broken, names = found[number]
    print(f"a = {number}, b = 2: HashiCorp: {theirs}; tree-sitter: {'error' if broken else 'no error'}, attributes {', '.join(names)}")
assert found["1e1"] == ({"a": 10, "b": 2}, True, ["a"])
assert found["1.5e1"] == ({"a": 15, "b": 2}, False, ["a", "b"])
PY
"$folder/venv/bin/python" "$folder/ask.py"
