#!/usr/bin/env bash
# mypyc of mypy 2.4.1, with setuptools 65.5.0, of PyPI. It needs a C compiler.
#
# In `case PATTERN as whole`, where PATTERN is a mapping or a sequence that looks into its members, compiled code gives `whole` what the
# pattern looked at last, a member, and not the subject. If the member has an `as` of its own, `whole` gets nothing, and its first use raises
# UnboundLocalError. Nothing is said when it is compiled, and mypy sees the type of the subject. `case dict() as whole` is right.
# A program whose types are all checked so runs on with other values: compile patterns only after a look at each `as`.
#
# Seen, interpreted and compiled:
#   {"key": str()} as whole              dict   str
#   {"key": str() as inside} as whole    dict   UnboundLocalError
#   [str(), *_] as whole                 list   str
#   dict() as whole                      dict   dict
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'mypy[mypyc]==2.4.1' setuptools==65.5.0 2> /dev/null
cat > "$folder/patterns.py" <<'PY'
from typing import Any


def member(thing: Any) -> str:
    match thing:
        case {"key": str()} as whole:
            return type(whole).__name__
    return "nothing"


def named_member(thing: Any) -> str:
    match thing:
        case {"key": str() as inside} as whole:
            return type(whole).__name__ if inside else ""
    return "nothing"


def item(thing: Any) -> str:
    match thing:
        case [str(), *_] as whole:
            return type(whole).__name__
    return "nothing"


def kind(thing: Any) -> str:
    match thing:
        case dict() as whole:
            return type(whole).__name__
    return "nothing"
PY
cat > "$folder/ask.py" <<'PY'
import patterns


def asked(function, thing):
    try:
        return function(thing)
    except UnboundLocalError as error:
        return type(error).__name__


pair, row = {"key": "x"}, ["x", "y"]
print(asked(patterns.member, pair), asked(patterns.named_member, pair), asked(patterns.item, row), asked(patterns.kind, pair))
PY
cd "$folder"
interpreted=$(venv/bin/python ask.py)
venv/bin/mypyc patterns.py > build.log 2>&1 || { cat build.log; exit 1; }
compiled=$(venv/bin/python ask.py)
printf 'interpreted: %s\ncompiled: %s\n' "$interpreted" "$compiled"
[ "$interpreted" = "dict dict list dict" ]
[ "$compiled" = "str UnboundLocalError str dict" ]
