#!/usr/bin/env bash
# typer 0.29 checks an option's values with Pydantic. For a choice that does not exist, the message for the user begins with the kind of
# Pydantic's error, "Value error,", which says nothing about the option. With typer 0.28.0 there was only the sentence after it.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet typer==0.29.2 pydantic==2.13.5

cat > "$here/program.py" << 'PROGRAM'
from enum import Enum
from typing import Annotated

import typer


class Color(str, Enum):
    RED = "red"
    BLUE = "blue"


def paint(color: Annotated[Color, typer.Option()] = Color.RED) -> None:
    print(color.value)


app = typer.Typer(rich_markup_mode=None)
app.command()(paint)
app()
PROGRAM

echo "typer 0.29.2"
said=$("$here/venv/bin/python" "$here/program.py" --color green 2>&1 || true)
echo "$said"
grep --quiet --fixed-strings "'--color': Value error, 'green' is not one of 'red', 'blue'." <<< "$said"
[ "$("$here/venv/bin/python" "$here/program.py" --color blue)" = blue ]
