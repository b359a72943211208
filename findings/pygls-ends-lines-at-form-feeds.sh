#!/usr/bin/env bash
# pygls 2.1.1 (PyPI) with lsprotocol 2025.0.0.
#
# The Language Server Protocol knows three ends of a line: \n, \r\n and \r. A pygls TextDocument splits its text as
# str.splitlines does, so that form feeds, vertical tabs, U+0085, U+2028 and others end lines, too. Behind one of them every
# position is a line further up in the editor than in the server, and an edit lands in the wrong line.
#
# Seen, of a text of three lines with a form feed in the first and U+2028 in the second:
#   lines: 5
#   after inserting "X" at line 2, character 0: 'one\x0cone\nXtwo\u2028two\nthree'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0 2> /dev/null
cat > "$folder/ask.py" <<'PY'
from lsprotocol import types
from pygls.workspace import TextDocument

text = "one\x0cone\ntwo\u2028two\nthree"
document = TextDocument("file:///a.tf", text, sync_kind=types.TextDocumentSyncKind.Incremental)
lines = len(document.lines)
here = types.Position(2, 0)  # the beginning of "three", as an editor counts
document.apply_change(types.TextDocumentContentChangePartial(range=types.Range(here, here), text="X"))
print(f"lines: {lines}")
print(f'after inserting "X" at line 2, character 0: {ascii(document.source)}')
assert lines == 5
assert document.source == "one\x0cone\nXtwo\u2028two\nthree"
PY
"$folder/venv/bin/python" "$folder/ask.py"
