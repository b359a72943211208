"""A value that a local value computes from a key of an object is changed at the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_remedy

CLUSTER = """
locals {
  types = length(%(from)s) > 0 ? split(",", %(from)s) : []
}
resource "aws_eks_cluster" "this" {
  name                      = "this"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  enabled_cluster_log_types = local.types
  vpc_config { subnet_ids = ["subnet-0a1", "subnet-0b2"] }
}
"""
DEFAULTS = """locals {
  cluster_default = {
    log_types = ""
  }
  cluster = merge(local.cluster_default, var.cluster)
  plain = { log_types = "" }
  text = ""
}
variable "cluster" { default = {} }
"""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("local.plain.log_types", 'from the key "log_types" (locals.tf:6). Set that'),
        (
            "local.cluster.log_types",
            'from the key "log_types" (locals.tf:3), or that key in variable "cluster" (locals.tf:9). Set that',
        ),
        ("local.text", "from local.text (locals.tf:7). Set that"),
    ],
    ids=["an object", "one of several that are merged", "another local value"],
)
def test_the_remedy_names_the_key_behind_an_expression(tmp_path: Path, source: str, words: str) -> None:
    files = {"main.tf": CLUSTER % {"from": source}, "locals.tf": DEFAULTS}
    assert words in only_remedy(judge_files(tmp_path, files, "eks-control-plane-logging"))


def test_a_call_that_gives_the_object_is_named(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "eks" {\n  source  = "./eks"\n  cluster = { name = "this" }\n}\n',
        "eks/main.tf": CLUSTER % {"from": "local.cluster.log_types"},
        "eks/locals.tf": DEFAULTS,
    }
    words = 'or that key in the argument "cluster" of module "eks" (main.tf:3). Set that'
    assert words in only_remedy(judge_files(tmp_path, files, "eks-control-plane-logging"))
