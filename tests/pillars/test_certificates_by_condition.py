"""A certificate that a default leaves out is the author's switch: the finding is at the choice, and names the parameter."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence

TEMPLATE = """
Parameters:
  Certificate: {{ Type: String, Default: "{default}" }}
Conditions:
  HasCertificate: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate: !If
          - HasCertificate
          - {{ AcmCertificateArn: !Ref Certificate, MinimumProtocolVersion: TLSv1, SslSupportMethod: sni-only }}
          - !Ref AWS::NoValue
"""
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/1"


@pytest.mark.parametrize(
    ("default", "confidence", "line"), [("", Confidence.LOW, 12), (ARN, Confidence.HIGH, 14)], ids=["left out", "weak"]
)
def test_the_default_that_leaves_it_out_lowers_the_confidence(
    tmp_path: Path, default: str, confidence: Confidence, line: int
) -> None:
    (finding,) = judge(tmp_path, TEMPLATE.format(default=default), "cloudformation", "cloudfront-tls-policy").failing()
    assert (finding.confidence, finding.span.start_line) == (confidence, line)


def test_a_distribution_without_any_certificate_is_certain(tmp_path: Path) -> None:
    source = "Resources:\n  Site:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig: { Enabled: true, Aliases: [a.example.com] }\n"
    (finding,) = judge(tmp_path, source, "cloudformation", "cloudfront-tls-policy").failing()
    assert finding.confidence is Confidence.HIGH


BOTH = """
Parameters:
  Certificate: {{ Type: String }}
Conditions:
  HasCertificate: !Not [!Equals [!Ref Certificate, ""]]
  HasNone: !Equals [!Ref Certificate, ""]
Resources:
  Plain:
    Type: AWS::CloudFront::Distribution
    Condition: HasNone
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{{ Id: app, DomainName: app.example.com, CustomOriginConfig: {{ OriginProtocolPolicy: http-only }} }}]
  Secure:
    Type: AWS::CloudFront::Distribution
    Condition: HasCertificate
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{{ Id: app, DomainName: app.example.com, CustomOriginConfig: {{ OriginProtocolPolicy: {other} }} }}]
"""


@pytest.mark.parametrize(("other", "confidence"), [("https-only", Confidence.LOW), ("match-viewer", Confidence.HIGH)])
def test_a_distribution_in_place_of_one_with_https_is_a_choice(tmp_path: Path, other: str, confidence: Confidence) -> None:
    (finding,) = judge(tmp_path, BOTH.format(other=other), "cloudformation", "cloudfront-origin-tls").failing()
    assert finding.confidence is confidence
