#!/usr/bin/env bash
# tree-sitter-hcl 1.2.0 with tree-sitter 0.26.1, all of PyPI, against the specification of HCL's native syntax ("Splat Operators").
#
# By the specification a full splat takes all that follows from each element, further splats among it, and an attribute-only splat takes
# attributes only, so that an index after them is one into the list. The tree says neither: a second splat stands beside the first
# one, not in it, and an index behind `.*` stands in the splat. Whoever evaluates the tree as it is built flattens what is nested and
# indexes each element.
#
# Seen:
#   x[*].b[*].c   two splats beside each other, none in another
#   x.b.*.c[0]    the index is in the splat
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tree-sitter==0.26.1 tree-sitter-hcl==1.2.0 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import tree_sitter
import tree_sitter_hcl

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


def below(node, kind):
    return [each for child in node.children for each in ([child] if child.type == kind else []) + below(child, kind)]


def tree(text):
    root = parser.parse(f"a = {text}\n".encode()).root_node
    assert not root.has_error
    return root


splats = below(tree("x[*].b[*].c"), "splat")
inside = [below(each, "splat") for each in splats]
print(f"x[*].b[*].c: {len(splats)} splats, {sum(map(len, inside))} of them in another")
assert len(splats) == 2 and not any(inside)
(splat,) = below(tree("x.b.*.c[0]"), "attr_splat")
indices = below(splat, "index")
print(f"x.b.*.c[0]: {len(indices)} index in the splat")
assert len(indices) == 1
PY
"$folder/venv/bin/python" "$folder/ask.py"
