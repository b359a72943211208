#!/usr/bin/env bash
# tree-sitter-hcl 1.2.0 with tree-sitter 0.26.1, against pygohcl 1.2.0 (HashiCorp's own parser, from Go), all of PyPI.
#
# A template may contain a string with a template in it. HashiCorp reads any depth of that. This grammar reads 63 templates in one
# another; with one more the whole block around them is an error, and a reader that takes only whole blocks has lost it.
# Brackets have no such bound.
#
# Seen:
#   63 templates: HashiCorp: 'x'   tree-sitter: 1 block
#   64 templates: HashiCorp: 'x'   tree-sitter: 0 blocks
#   64 brackets:                   tree-sitter: 1 block
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


def blocks(text):
    return str(parser.parse(f"thing {{\n  a = {text}\n}}\n".encode()).root_node).count("(block ")


def templates(number):
    return '"' + '${"' * number + "x" + '"}' * number + '"'


for number, seen in ((63, 1), (64, 0)):
    text = templates(number)
    theirs, found = pygohcl.loads(f"a = {text}\n")["a"], blocks(text)
    print(f"{number} templates: HashiCorp: {theirs!r}; tree-sitter: blocks: {found}")
    assert (theirs, found) == ("x", seen)
found = blocks("(" * 64 + '"x"' + ")" * 64)
print(f"64 brackets: tree-sitter: blocks: {found}")
assert found == 1
PY
"$folder/venv/bin/python" "$folder/ask.py"
