"""A reader is told what concerns the language of the file."""

from __future__ import annotations

import pytest

from wa_iac.report.of_dialect import of_dialect


@pytest.mark.parametrize(
    ("decision", "template", "module"),
    [
        ("Give it a size (CacheClusterSize, cache_cluster_size).", "Give it a size (CacheClusterSize).", "Give it a size (cache_cluster_size)."),
        ("Use SQS (AWS::SQS::Queue, aws_sqs_queue).", "Use SQS (AWS::SQS::Queue).", "Use SQS (aws_sqs_queue)."),
        ("Set EvaluateTargetHealth (evaluate_target_health).", "Set EvaluateTargetHealth.", "Set evaluate_target_health."),
        ("Give it a VpcConfig (vpc_config in Terraform).", "Give it a VpcConfig.", "Give it a vpc_config."),
        ("Add a rule of EventBridge (aws_cloudwatch_event_rule).",) + ("Add a rule of EventBridge (aws_cloudwatch_event_rule).",) * 2,
        ("It costs. Terraform replaces it. CloudFormation keeps it.", "It costs. CloudFormation keeps it.", "It costs. Terraform replaces it."),
        ("CloudFormation keeps it. kms_key_id has to be an ID.", "CloudFormation keeps it. kms_key_id has to be an ID.", "kms_key_id has to be an ID."),
        ("Terraform replaces it.",) * 3,
        ("Allow it (ssm:GetParameters, or KMS) with a condition (Deny, or a tag).",) * 3,
    ],
)  # fmt: skip
def test_each_language_has_its_names_and_its_sentences(decision: str, template: str, module: str) -> None:
    assert of_dialect(decision, "cloudformation") == template
    assert of_dialect(decision, "terraform") == module
