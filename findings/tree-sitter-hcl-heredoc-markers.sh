#!/usr/bin/env bash
# tree-sitter-hcl 1.2.0 with tree-sitter 0.26.1, against pygohcl 1.2.0 (HashiCorp's own parser, from Go), all of PyPI.
#
# A heredoc ends at a line that holds nothing but its marker. A line that begins with the marker as a word of its own and goes on is
# text like any other, with templates in it. This grammar takes all of such a line for text: the interpolation in it is missing from
# the tree, and no error says so. Whoever evaluates the tree writes `${1}` where Terraform writes 1.
#
# Seen, for heredocs <<E with one line:
#   line `E ${1}`    HashiCorp: 'E 1\n'      tree-sitter: no error, 0 interpolations
#   line `End ${1}`  HashiCorp: 'End 1\n'    tree-sitter: no error, 1 interpolation
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
found = {}
for line in ("E ${1}", "End ${1}"):
    source = f"a = <<E\n{line}\nE\n"
    theirs = pygohcl.loads(source)["a"]
    root = parser.parse(source.encode()).root_node
    number = str(root).count("(template_interpolation ")
    found[line] = (theirs, root.has_error, number)
    print(f"line {line!r}: HashiCorp: {theirs!r}; tree-sitter: {'error' if root.has_error else 'no error'}, {number} interpolations")
assert found["E ${1}"] == ("E 1\n", False, 0)
assert found["End ${1}"] == ("End 1\n", False, 1)
PY
"$folder/venv/bin/python" "$folder/ask.py"
