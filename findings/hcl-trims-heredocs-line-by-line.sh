#!/usr/bin/env bash
# pygohcl 1.2.9 (PyPI; HashiCorp's own parser, from Go).
#
# `~` in a template strips the white space beside it. In a quoted text it strips all there is, line feeds too. In a heredoc the same
# template loses no more than what is left of the marker's own line: up to the line feed, and with it where the marker stands before it.
# A marker at the end of a sequence takes one line feed and no indentation; one at its beginning takes indentation and no line feed.
#
# Seen:
#   "${1 ~}\n\n  x"   '1x'       as a heredoc of three lines   '1\n  x\n'
#   "a\n\n  ${~ 1}"   'a1'       as a heredoc of three lines   'a\n\n1\n'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pygohcl==1.2.9 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import pygohcl

found = {}
for quoted, lines in ((r"${1 ~}\n\n  x", "${1 ~}\n\n  x"), (r"a\n\n  ${~ 1}", "a\n\n  ${~ 1}")):
    found[quoted] = [pygohcl.loads(f"a = {each}\n")["a"] for each in (f'"{quoted}"', f"<<E\n{lines}\nE")]
    print(f'"{quoted}": {found[quoted][0]!r}; as a heredoc: {found[quoted][1]!r}')
assert found[r"${1 ~}\n\n  x"] == ["1x", "1\n  x\n"]
assert found[r"a\n\n  ${~ 1}"] == ["a1", "a\n\n1\n"]
PY
"$folder/venv/bin/python" "$folder/ask.py"
