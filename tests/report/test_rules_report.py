"""Rules as a list and as a page."""

from __future__ import annotations

import json
from dataclasses import replace

from helpers.sample_report import ENCRYPTION, LIFECYCLE, MULTI_AZ
from wa_iac.report.rules import as_json, as_text, page


def test_the_list_as_json_has_the_public_names() -> None:
    assert json.loads(as_json([MULTI_AZ])) == [
        {
            "slug": "rds-multi-az",
            "pillar": "reliability",
            "title": "Database lives in one zone",
            "best_practices": ["REL10-BP01"],
            "severity": "high",
            "confidence": "high",
            "profile": "default",
            "convention": False,
            "walks_graph": False,
            "equivalents": {
                "checkov": ["CKV_AWS_1"],
                "trivy": [],
                "cdk_nag": [],
                "guard": [],
                "cfn_nag": [],
                "config": [],
                "security_hub": [],
            },
            "since": "0.1.0",
            "renamed_from": [],
            "deprecated": None,
            "preview": False,
            "fix": None,
        }
    ]


def test_the_list_as_text_goes_by_pillar() -> None:
    assert as_text([LIFECYCLE, MULTI_AZ, replace(ENCRYPTION, profile="all")]) == (
        "security\n"
        "  sqs-encryption  medium    Queue is not encrypted (--profile all)\n"
        "\n"
        "reliability\n"
        "  rds-multi-az    high      Database lives in one zone\n"
        "\n"
        "sustainability\n"
        "  s3-lifecycle    low       Bucket keeps everything for ever\n"
        "\n"
        "3 rules (0 operations, 1 security, 1 reliability, 0 performance, 0 cost, 1 sustainability); 0 of them judge several resources together; "
        "wa-iac rule SLUG shows one\n"
    )


def test_a_page_says_all_there_is_to_know() -> None:
    assert page(LIFECYCLE) == (
        "# Bucket keeps everything for ever\n\nWhat is wrong,\nand what follows.\n\n"
        "## Non-compliant\n\n```hcl\nx = 1 # finding\n```\n\n"
        "## Remedy\n\n```yaml\nLifecycleConfiguration:\n  Rules: []\n```\n\n"
        '```hcl\nrule {\n  status = "Enabled"\n}\n```\n\n'
        "## Facts\n\n"
        "slug        s3-lifecycle\n"
        "pillar      sustainability\n"
        "severity    low\n"
        "confidence  high\n"
        "profile     default\n"
        "since       0.1.0\n"
        "practice    SUS04-BP03 Use policies to manage the lifecycle of your datasets\n"
        "practice    XXX00-BP00\n"
        "checkov     CKV_AWS_1\n"
    )
