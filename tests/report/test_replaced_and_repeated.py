"""A remedy that replaces its resource, and one for several instances of it."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.reports import judge, judge_files, only_remedy
from wa_iac.report.listing import remedy as shown

LISTENER = 'resource "aws_lb_target_group" "t" {\n  name     = "web"\n  port     = 80\n  protocol = "HTTP"\n  vpc_id   = "vpc-0a1"\nMORE}\n'


def test_a_new_resource_that_is_made_first_needs_another_name(tmp_path: Path) -> None:
    first = LISTENER.replace("MORE", "\n  lifecycle {\n    create_before_destroy = true\n  }\n")
    named = "It has a fixed name (name), so give the new one another name."

    assert named in only_remedy(judge(tmp_path / "first", first, "terraform", "elb-target-tls"))
    assert named not in only_remedy(judge(tmp_path / "last", LISTENER.replace("MORE", ""), "terraform", "elb-target-tls"))


def test_instances_of_a_template_tell_only_what_differs(tmp_path: Path) -> None:
    stack = "  {0}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: build.yaml, Parameters: {{Image: !Ref Image}}}}}}\n"
    root = 'Parameters: {Image: {Type: String, Default: "aws/codebuild/docker:17.09.0"}}\nResources:\n' + stack.format("Build")
    build = (
        "Parameters: {Image: {Type: String}}\nResources:\n  Project:\n    Type: AWS::CodeBuild::Project\n    Properties:\n"
        "      ServiceRole: role\n      Artifacts: {Type: NO_ARTIFACTS}\n      Source: {Type: GITHUB}\n"
        "      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: !Ref Image}\n"
    )
    (found,) = judge_files(
        tmp_path, {"a.yaml": root, "b.yaml": root, "build.yaml": build}, "codebuild-image-supported"
    ).failing()
    text = shown(found)

    assert text.count("A newer image has other runtimes.") == 1
    assert text.count('Set the default of parameter "Image"') == 1
    assert re.search(r"\(\S*a\.yaml:1 and \S*b\.yaml:1\) to ", text)
