#!/usr/bin/env bash
# tree-sitter 0.26.1 with tree-sitter-hcl 1.2.0 and tree-sitter-json 0.24.8, of PyPI, on Linux.
#
# A tree takes some ninety bytes of memory for each byte of ordinary HCL, and twenty for each of JSON: a configuration of one megabyte needs
# ninety. sys.getsizeof gives the size of the handle. The tree stays as long as any node of it, since a node holds its tree: a program that
# keeps one node for later, for example to parse incrementally, keeps all of it.
#
# Seen, resident bytes for a byte of the text:
#   HCL:  97, the same while only one node is kept; sys.getsizeof: 40 bytes for the whole tree
#   JSON: 22, the same while only one node is kept; sys.getsizeof: 40 bytes for the whole tree
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tree-sitter==0.26.1 tree-sitter-hcl==1.2.0 tree-sitter-json==0.24.8 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import gc
import json
import os
import sys

import tree_sitter
import tree_sitter_hcl
import tree_sitter_json

PAGE = os.sysconf("SC_PAGE_SIZE")
HCL = "".join(
    f'resource "aws_sqs_queue" "work{n}" {{\n  name = "work-{n}"\n  tags = {{ team = "a", number = {n} }}\n}}\n' for n in range(12_000)
)
JSON = json.dumps([{"Type": "AWS::SQS::Queue", "Properties": {"QueueName": f"work-{n}", "Number": n}} for n in range(12_000)])


def resident() -> int:
    with open("/proc/self/statm") as found:
        return int(found.read().split()[1]) * PAGE


for name, grammar, text, least in (("HCL", tree_sitter_hcl, HCL, 60), ("JSON", tree_sitter_json, JSON, 15)):
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    source = text.encode()
    parser.parse(source[:100])
    gc.collect()
    before = resident()
    tree = parser.parse(source)
    handle = sys.getsizeof(tree)
    whole = (resident() - before) / len(source)
    node = tree.root_node.children[0]
    del tree
    gc.collect()
    kept = (resident() - before) / len(source)
    print(f"{name}: {whole:.0f}, with one node kept {kept:.0f}; sys.getsizeof: {handle} bytes for the whole tree")
    assert whole > least and kept > 0.9 * whole and handle < 1_000
    del node
PY
"$folder/venv/bin/python" "$folder/ask.py"
