"""Blocks that a `dynamic` block makes from the elements of a collection: the remedy names the element that lacks the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_place
from wa_iac.report.remedy import remedy

SERVER = """variable "volumes" {
  type    = any
  default = DEFAULT
}

resource "aws_instance" "web" {
  ami = "ami-12345678"

  dynamic "ebs_block_device" {
    for_each = var.volumes
    ITERATOR
    content {
      device_name = "/dev/sdb"
      encrypted   = VALUE
    }
  }
}
"""
NESTED = """variable "volumes" {
  type = any
}

resource "aws_launch_template" "web" {
  dynamic "block_device_mappings" {
    for_each = var.volumes
    content {
      dynamic "ebs" {
        for_each = [block_device_mappings.value]
        content {
          encrypted = lookup(ebs.value, "encrypted", null)
        }
      }
    }
  }
}
"""
MAP = """{
    boot = { size = 5, encrypted = true }
    data = { size = 10 }
  }"""
LIST = """[
    { encrypted = true },
    { size = 10 },
  ]"""
LOOKUP = 'lookup(ebs_block_device.value, "encrypted", null)'
TRY = "try(ebs_block_device.value.encrypted, null)"


@pytest.mark.parametrize(
    ("default", "value", "iterator", "line", "element"),
    [
        (MAP, LOOKUP, "", 5, 'key "data" in the default'),
        (MAP, TRY, "", 5, 'key "data" in the default'),
        (LIST, LOOKUP, "", 5, "element of the default"),
        (MAP, "try(each_volume.value.encrypted, null)", "iterator = each_volume", 5, 'key "data" in the default'),
    ],
)
def test_the_element_that_lacks_the_key_is_named_and_not_one_that_has_it(
    tmp_path: Path, default: str, value: str, iterator: str, line: int, element: str
) -> None:
    files = {"main.tf": SERVER.replace("DEFAULT", default).replace("VALUE", value).replace("ITERATOR", iterator)}

    assert only_place(judge_files(tmp_path, files, "ebs-encryption")).splitlines() == [
        f'Add "encrypted" to the {element} of variable "volumes" (main.tf:{line}), or change what the expression uses otherwise (main.tf:17):',
        "encrypted = true",
    ]


def test_all_elements_that_lack_the_key_are_named_since_the_finding_is_one(tmp_path: Path) -> None:
    files = {
        "main.tf": SERVER.replace("DEFAULT", "{\n    a = {}\n    b = {}\n  }").replace("VALUE", TRY).replace("ITERATOR", "")
    }

    assert only_place(judge_files(tmp_path, files, "ebs-encryption")).startswith(
        'Add "encrypted" to the key "a" in the default of variable "volumes" (main.tf:4) and to the key "b" in the default of variable '
        '"volumes" (main.tf:5), or change what the expression uses otherwise'
    )


def test_a_block_within_a_block_leads_to_the_key_in_the_call(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "web" {\n  source  = "./web"\n  volumes = {\n    data = { size = 10 }\n  }\n}\n',
        "web/main.tf": NESTED,
    }

    assert only_place(judge_files(tmp_path, files, "ebs-encryption")).splitlines() == [
        'Add "encrypted" to the key "data" in the argument "volumes" of module "web" (main.tf:4), or change what the module uses otherwise '
        "(web/main.tf:12):",
        "encrypted = true",
    ]


def test_no_element_is_named_beside_blocks_that_are_written_out(tmp_path: Path) -> None:
    beside = 'ebs_block_device {\n    device_name = "/dev/sdc"\n    encrypted   = true\n  }\n'
    text = SERVER.replace("DEFAULT", MAP).replace("VALUE", TRY).replace("ITERATOR", "")
    files = {"main.tf": text.replace('  dynamic "ebs', f'  {beside}  dynamic "ebs')}

    assert '"data"' not in only_place(judge_files(tmp_path, files, "ebs-encryption"))


def test_a_missing_rule_is_none_of_a_dynamic_block_that_writes_rules_of_another_kind(tmp_path: Path) -> None:
    limits = """
  dynamic "rule" {
    for_each = var.limits
    content {
      name = rule.value
      statement {
        rate_based_statement { limit = 100 }
      }
      visibility_config { metric_name = "limits" }
    }
  }"""
    managed = limits.replace("var.limits", "var.managed").replace(
        "rate_based_statement { limit = 100 }",
        'managed_rule_group_statement { name = "a" }\n      }\n      override_action {\n        none {}',
    )
    variables = 'variable "limits" { default = [] }\nvariable "managed" { default = [] }\n'
    for rules, named in ((limits, ""), (limits + managed, 'variable "managed"')):
        module = f"""{variables}
resource "aws_wafv2_web_acl" "this" {{
  name  = "web"
  scope = "REGIONAL"
  default_action {{
    allow {{}}
  }}{rules}
  visibility_config {{ metric_name = "web" }}
}}
"""
        (finding,) = judge_files(tmp_path, {"main.tf": module}, "waf-rules-present").failing()
        advice = remedy(finding)
        assert advice.code.startswith("rule {")
        assert ("dynamic block" in advice.text) is bool(named)
        assert named in advice.text


GROUP = """variable "templates" {
  type    = any
  default = []
}

variable "mixed" {
  type    = any
  default = []
}

resource "aws_autoscaling_group" "web" {
  min_size             = 1
  max_size             = 3
  launch_configuration = length(var.templates) == 0 ? "web" : (var.mixed == [] ? "web" : null)

  dynamic "mixed_instances_policy" {
    for_each = var.mixed
    content {
      dynamic "launch_template" {
        for_each = mixed_instances_policy.value.templates
        content {}
      }
    }
  }

  dynamic "launch_template" {
    for_each = var.templates
    content {
      id      = launch_template.value.id
      version = launch_template.value.version
    }
  }
}
"""


def test_a_block_of_the_resource_itself_is_named_before_one_of_the_same_name_in_another(tmp_path: Path) -> None:
    place = only_place(judge_files(tmp_path, {"main.tf": GROUP}, "autoscaling-launch-template"))

    assert 'variable "templates"' in place
    assert "mixed" not in place


def test_an_argument_that_a_conditional_sets_to_null_need_not_be_removed(tmp_path: Path) -> None:
    report = judge_files(tmp_path, {"main.tf": GROUP}, "autoscaling-launch-template")

    assert "Remove launch_configuration" not in remedy(report.failing()[0]).text
