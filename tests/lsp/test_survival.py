"""The server survives whatever is opened, named or done to the process that judges.

What never ends is a rule that a test brings: it does what a hostile document might make ours do.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from editing import editor

GOOD = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
EVIL = "Resources:\n  Evil:\n    Type: AWS::Glue::Job\n    Properties: {Name: %s}\n"
RULE = '''
"""# A job does something to the process

## Non-compliant

## Compliant
"""
import os, signal, time

from wa_iac.aws.glue import Job
from wa_iac.core.rule import Confidence, Remedy, Severity, fail, rule
'''


def rules(tmp_path: Path) -> list[str]:
    """A rule in YAML on jobs whose pattern says what a job does, by the name that it has."""
    folder = tmp_path / "rules" / "operations"
    folder.mkdir(parents=True)
    (folder / "glue_job_evil.py").write_text(PYTHON, encoding="utf-8")
    return ["--rules", str(tmp_path / "rules")]
