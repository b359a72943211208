"""Some questions have an answer although the value is not known: it is enough to know of what kind it is."""

from __future__ import annotations

import pytest
from shelves import declare

from wa_iac.aws.parts.zones import SEVERAL, zones
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given, is_made_here, is_pseudo
from wa_iac.core.reasons import (
    AfterApply,
    DynamicReference,
    Imported,
    InParameterStore,
    LookedUp,
    Pseudo,
    Reason,
    Said,
    UnsetParameter,
    UnsetVariable,
    ZonesOf,
)
from wa_iac.core.value import Known, Origin, Reference, Unknown
from wa_iac.knowledge.machine_images import asks_for_tokens


def itself(reason: Reason) -> Unknown:
    """The very thing that a reason names."""
    return Unknown(reason, ("it",), itself=True)


class TestAListOfZones:
    """A Region has several zones, whichever they are."""

    @pytest.mark.parametrize(
        "reason",
        [
            ZonesOf(""),
            LookedUp("aws_availability_zones", "data.aws_availability_zones.all", "names"),
            LookedUp("aws_availability_zones", "data.aws_availability_zones.all", "zone_ids"),
        ],
    )
    def test_all_zones_of_a_region(self, reason: Reason) -> None:
        assert zones(itself(reason)) == Known(SEVERAL)

    @pytest.mark.parametrize("reason", [Said("it is chosen at deployment"), LookedUp("aws_x", "data.aws_x.a", "names")])
    def test_any_other_list_is_not_known(self, reason: Reason) -> None:
        assert zones(itself(reason)) == itself(reason)

    def test_a_part_of_all_zones_is_not_known(self) -> None:
        part = itself(ZonesOf("eu-west-1")).derived("slice")
        assert zones(part) == part


class TestWhatIsNeverEmpty:
    @pytest.mark.parametrize(
        "reason", [Pseudo("AWS::AccountId"), Imported('"key"', is_known=True), DynamicReference("{{resolve:ssm:/key}}")]
    )
    def test_it_is_given(self, reason: Reason) -> None:
        assert given(itself(reason)) == Known(True)
        assert is_made_here(itself(reason))

    def test_what_is_made_of_it_may_be_empty(self) -> None:
        made = itself(Pseudo("AWS::Region")).derived("Fn::FindInMap")
        assert isinstance(given(made), Unknown)
        assert (is_pseudo(itself(Pseudo("AWS::Region"))), is_pseudo(made)) == (True, False)


class TestAnImageOfAmazonLinux:
    """Amazon Linux 2023 asks for session tokens; an image is told by what it is read from."""

    PATH = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"

    @pytest.mark.parametrize(
        ("image", "answer"),
        [
            (itself(DynamicReference(f"{{{{resolve:ssm:{PATH}}}}}")), True),
            (itself(DynamicReference("{{resolve:ssm:/own/image}}")), False),
            (itself(Imported('"al2023-image"', is_known=True)), True),
            (itself(UnsetVariable("amazonlinux2023", of_root=True)), True),
            (itself(UnsetVariable("image", of_root=True)), False),
            (
                Unknown(Said("it is made of pieces"), "pieces", parts=("al2023-", itself(UnsetVariable("of", of_root=True)))),
                True,
            ),
            (itself(AfterApply("aws_ami.a", "id")).at(Origin(references=(Reference("aws_ami.al2023", "id"),))), True),
        ],
    )
    def test_by_its_name(self, image: Unknown, answer: bool) -> None:
        assert asks_for_tokens(image, Graph("cloudformation", [])) is answer

    @pytest.mark.parametrize("stack", ["", "Servers."])
    @pytest.mark.parametrize("kind", [InParameterStore, UnsetParameter])
    def test_by_what_its_parameter_says(self, kind: type[InParameterStore | UnsetParameter], stack: str) -> None:
        reason = kind("Image", stack)
        parameter = declare("parameter", "Image", {"Default": self.PATH}, "cloudformation")
        parameter.address = f"{stack}parameter.Image"
        assert asks_for_tokens(itself(reason), Graph("cloudformation", [parameter]))
        assert not asks_for_tokens(itself(reason), Graph("cloudformation", []))
