#!/usr/bin/env bash
# tree-sitter-hcl 1.2.0 with tree-sitter 0.26.1, against pygohcl 1.2.0 (HashiCorp's own parser, from Go), all of PyPI.
#
# `$${` stands for the text `${`. With one more dollar before it HashiCorp still reads the escape, and the text of the template is
# known; this grammar takes two dollars for text and the rest for an interpolation, which then is evaluated.
#
# Seen:
#   "$$${1}"   HashiCorp: '$${1}'    tree-sitter: 1 interpolation
#   "$${1}"    HashiCorp: '${1}'     tree-sitter: 0 interpolations
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
for text in ('"$$${1}"', '"$${1}"'):
    source = f"a = {text}\n"
    theirs = pygohcl.loads(source)["a"]
    number = str(parser.parse(source.encode()).root_node).count("(template_interpolation ")
    found[text] = (theirs, number)
    print(f"{text}: HashiCorp: {theirs!r}; tree-sitter: {number} interpolations")
assert found == {'"$$${1}"': ("$${1}", 1), '"$${1}"': ("${1}", 0)}
PY
"$folder/venv/bin/python" "$folder/ask.py"
