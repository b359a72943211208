"""Whatever Go's HCL parser, Terraform's own, takes is read here too: no file is dropped that Terraform would plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pygohcl
import pytest

from wa_iac.parsers.terraform.text.nodes import HclBlock, Invalid
from wa_iac.parsers.terraform.text.syntax import read_body

LABELS = {"resource": 2, "data": 2, "variable": 1, "output": 1, "module": 1, "provider": 1}


def headers(content: Any) -> set[tuple[str, ...]]:
    """The blocks that Go's parser found, by type and labels."""
    found: set[tuple[str, ...]] = set()

    def collect(entries: Any, path: tuple[str, ...], depth: int) -> None:
        if not depth:
            found.add(path)
            return
        for one in entries if isinstance(entries, list) else [entries]:
            for label, inner in one.items():
                collect(inner, (*path, label), depth - 1)

    for kind, depth in LABELS.items():
        if kind in content:
            collect(content[kind], (kind,), depth)
    return found


def ours(blocks: list[HclBlock]) -> set[tuple[str, ...]]:
    return {(each.type, *each.labels) for each in blocks if LABELS.get(each.type) == len(each.labels)}


def test_every_file_of_the_corpus(corpus: Path) -> None:
    read = 0
    for path in sorted(each for each in corpus.rglob("*") if each.suffix in (".tf", ".tofu", ".hcl") and each.is_file()):
        source = path.read_bytes()
        try:
            content = pygohcl.loads(source.decode())
        except pygohcl.HCLParseError:
            continue
        body, errors = read_body(str(path), source)
        assert errors == [], path
        assert ours(body.blocks) == headers(content), path
        read += 1
    assert read > 400


@pytest.mark.parametrize(
    "source",
    [
        "a = 1e3",
        "a = 0.5\nb = 1.5E-3\nc = -(-1)\nd = --1\ne = !!x",
        'a = "x${"y${1}"}z"\nb = "$${x}%%{y}"\nc = "a$b"\nd = "$$"\ne = "\\U0001F600"',
        "a = <<EOT\nEOT\nb = <<-A-B\n  x ${1}\n  A-B\n",
        "a = <<-EOT\n%{ for i in x ~}\n  ${i}\n%{ endfor ~}\nEOT\n",
        'a = "%{ if x ~} y %{ else ~} z %{ endif ~}"',
        "a = {\n  for k, v in { a = 1 } :\n  k => v...\n}",
        "a = [ # x\n  1, # y\n  # z\n]\nb = f(\n  1, # x\n  2,\n)\nc = f(x...)",
        'a = { a : 1, "b" = 2, (c) = 3 }\nb = {\n  a = 1, b = 2\n  c = 3\n}',
        'a = { in = 1, if = 2, true = 3, x.y = 4, "${z}-w" = 5 }',
        'a = x.0.y[*].z["k.z"].*.w[length(l) - 1]\nb = x [0]\nc = x .y',
        "a = (\n  b\n  && c\n)\nd = b ? c : d ? e : f",
        'b "x" y {\n  c { a = 1 }\n}\nb"x"{}\nb{}',
        "é-b = 1\nfor = 1\nnull = 1",
        "\ufeffa = 1\r\nb {\r\n  a = <<EOT\r\nx\r\nEOT\r\n}\r\n",
        'a = provider::aws::arn_parse("x")\nb = x.y-z',
    ],
)
def test_what_is_seldom_written(source: str) -> None:
    # Unknown names and functions are no matter of syntax: Go's parser takes them.
    pygohcl.loads(source.removeprefix("\ufeff"))
    body, errors = read_body("main.tf", source.encode().replace(b"\xef\xbb\xbf", b"   "))
    assert errors == []
    assert [each.name for each in body.attributes.values() if isinstance(each.value, Invalid)] == []
