#!/usr/bin/env bash
# google-re2 1.1.20251105 (PyPI), module re2.
#
# Its errors carry bytes where those of the standard library's `re`, whose interface it follows, carry text: str(error) reads
# "b'missing ): ('". Unless Options.log_errors is false, the C++ library writes each such error to the process's standard error,
# past sys.stderr and Python's logging, so that redirecting those does not silence it.
#
# Seen:
#   bytes b'missing ): ('
#   lines on standard error: 2 by default, 0 with log_errors = False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check google-re2==1.1.20251105 2> /dev/null
cat > "$folder/ask.py" <<'PY'
import contextlib, io, sys
import re2

options = re2.Options()
options.log_errors = sys.argv[1] == "loud"
with contextlib.redirect_stderr(io.StringIO()) as caught:
    try:
        re2.compile("(", options)
    except re2.error as error:
        print(type(error.args[0]).__name__, error.args[0])
assert caught.getvalue() == ""
PY
seen=$("$folder/venv/bin/python" "$folder/ask.py" loud 2> "$folder/loud")
"$folder/venv/bin/python" "$folder/ask.py" quiet > /dev/null 2> "$folder/quiet"
printf '%s\nlines on standard error: %s by default, %s with log_errors = False\n' \
  "$seen" "$(wc -l < "$folder/loud")" "$(wc -l < "$folder/quiet")"
[ "$seen" = "bytes b'missing ): ('" ] && [ -s "$folder/loud" ] && [ ! -s "$folder/quiet" ]
