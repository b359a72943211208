"""Typed resources, read from declared ones by their bindings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import BaseModel, ValidationError

from helpers.resources import Book, Shelf, declare, reference
from wa_iac.core.algebra import choose
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.resource import fields_of, whole
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown


def shelf(*declared: Declared) -> Shelf:
    return Graph(declared[0].dialect, declared).of(Shelf)[0]


def a_condition() -> Unknown:
    found = choose(Said("count"), "count", [("create is true", Known(True)), ("create is false", Known(False))], Origin())
    assert isinstance(found, Unknown)
    return found


class TestClasses:
    def test_a_resource_is_an_instance_of_its_class_and_of_a_pydantic_model(self) -> None:
        read = shelf(declare("aws_shelf", "a", {}))

        assert isinstance(read, Shelf)
        assert isinstance(read, BaseModel)
        assert (type(read).__name__, read.own_class) == ("Shelf", Shelf)

    def test_the_model_is_made_once_and_has_the_fields_that_the_class_names(self) -> None:
        assert whole(whole(Shelf)) is whole(Shelf)
        assert set(whole(Shelf).model_fields) == {"declared", *fields_of(Shelf)}

    def test_nobody_changes_a_resource(self) -> None:
        with pytest.raises(ValidationError):
            shelf(declare("aws_shelf", "a", {})).size = Known(1)


class TestValues:
    def test_the_first_binding_that_is_written_wins(self) -> None:
        read = shelf(declare("aws_shelf", "a", {"versioning": [{"enabled": True}], "size": "20"}))

        assert (read.versioning, read.size) == (Known("Enabled"), Known(20))

    def test_what_is_not_written_is_awss_default_of_that_dialect(self) -> None:
        terraform = shelf(declare("aws_shelf", "a", {}, line=7))
        cloudformation = shelf(declare("AWS::Test::Shelf", "A", {}, "cloudformation"))

        assert (terraform.size, cloudformation.size, terraform.versioning) == (Known(10), Known(8), Known("Disabled"))
        assert terraform.size.origin.how == "service default"
        assert terraform.size.origin.span.start_line == 7

    def test_what_has_no_default_is_absent_at_the_nearest_parent(self) -> None:
        where = Origin(Span("main.tf", 4, 3, 4, 15))
        written = declare("AWS::Test::Shelf", "A", {"Versioning": Known({}, where)}, "cloudformation")

        class Plain(Shelf, cfn="AWS::Test::Shelf"):
            pass

        read = Graph("cloudformation", [written]).of(Plain)[0]

        assert read.name == Absent()
        assert read.name.origin.span.start_line == 1
        assert read.versioning == Known("Disabled")
        assert read.versioning.origin.span.start_line == 4

    def test_a_wrong_type_is_an_error_and_unknown(self) -> None:
        graph = Graph("terraform", [declare("aws_shelf", "a", {"size": "many"})])

        assert isinstance(graph.of(Shelf)[0].size, Unknown)
        assert [error.message for error in graph.errors] == ['expected a whole number, found "many"']

    def test_pairs_are_selected_by_their_key(self) -> None:
        pairs = [{"Key": "other", "Value": "1"}, {"Key": "idle.timeout", "Value": "60"}]

        assert shelf(declare("AWS::Test::Shelf", "A", {"Attributes": pairs}, "cloudformation")).idle == Known(60)

    def test_a_pair_whose_key_is_unknown_might_be_the_one(self) -> None:
        pairs = [{"Key": Unknown(Said("no default"), 1), "Value": "1"}]

        read = shelf(declare("AWS::Test::Shelf", "A", {"Attributes": pairs}, "cloudformation")).idle
        assert isinstance(read, Unknown)
        assert read.why == "no default"

    def test_what_stands_beside_the_body_is_read_too(self) -> None:
        written = replace(
            declare("AWS::Test::Shelf", "A", {}, "cloudformation"), attributes={"DeletionPolicy": Known("Retain")}
        )

        assert shelf(written).deletion == Known("Retain")

    def test_one_value_stands_for_a_list_of_one(self) -> None:
        assert shelf(declare("aws_shelf", "a", {"zones": "eu-west-1a"})).zones == Known([Known("eu-west-1a")])


class TestSatellites:
    def test_one_that_refers_to_the_resource_is_folded_in(self) -> None:
        read = shelf(
            declare("aws_shelf", "a", {}),
            declare("aws_shelf_versioning", "v", {"shelf": reference("aws_shelf.a"), "status": "Enabled"}),
        )

        assert read.versioning == Known("Enabled")

    def test_one_that_repeats_the_name_is_folded_in(self) -> None:
        read = shelf(
            declare("aws_shelf", "a", {"name": "reports"}),
            declare("aws_shelf_versioning", "v", {"shelf": "reports", "status": "Enabled"}),
        )

        assert read.versioning == Known("Enabled")

    def test_one_of_another_resource_is_not(self) -> None:
        read = shelf(
            declare("aws_shelf", "a", {}),
            declare("aws_shelf", "b", {}),
            declare("aws_shelf_versioning", "v", {"shelf": reference("aws_shelf.b"), "status": "Enabled"}),
        )

        assert read.versioning == Known("Disabled")

    def test_one_whose_owner_is_unknown_leaves_the_value_unknown(self) -> None:
        read = shelf(
            declare("aws_shelf", "a", {}),
            declare("aws_shelf_versioning", "v", {"shelf": Unknown(Said("var.shelf has no default"), 1), "status": "Enabled"}),
        )

        assert isinstance(read.versioning, Unknown)
        assert read.versioning.why == "var.shelf has no default"

    def test_one_under_a_condition_gives_alternatives(self) -> None:
        satellite = declare("aws_shelf_versioning", "v", {"shelf": reference("aws_shelf.a"), "status": "Enabled"})
        read = shelf(declare("aws_shelf", "a", {}), replace(satellite, condition=a_condition())).versioning

        assert isinstance(read, Unknown)
        assert [each.value for each in read.alternatives] == [Known("Enabled"), Known("Disabled")]

    def test_under_the_same_condition_as_its_owner_it_is_certain(self) -> None:
        satellite = declare("aws_shelf_versioning", "v", {"shelf": reference("aws_shelf.a"), "status": "Enabled"})
        condition = a_condition()

        read = shelf(replace(declare("aws_shelf", "a", {}), condition=condition), replace(satellite, condition=condition))
        assert read.versioning == Known("Enabled")


class TestBlocks:
    def test_they_are_gathered_from_every_binding(self) -> None:
        read = shelf(
            declare("aws_shelf", "a", {"grant": [{"from_port": 22}, {"from_port": 80, "open": "true"}]}),
            declare("aws_shelf_grant", "g", {"shelf": reference("aws_shelf.a"), "from_port": 443}),
        )

        assert [(each.port, each.open) for each in read.grants] == [
            (Known(22), Known(False)),
            (Known(80), Known(True)),
            (Known(443), Known(False)),
        ]

    def test_a_list_that_is_unknown_is_one_block_of_unknowns(self) -> None:
        read = shelf(declare("aws_shelf", "a", {"grant": Unknown(Said("var.grants has no default"), 1)}))

        [block] = read.grants
        assert block.unknown is not None
        assert isinstance(block.port, Unknown)
        assert block.port.why == "var.grants has no default"


class TestLinks:
    def test_they_lead_both_ways(self) -> None:
        graph = Graph(
            "terraform", [declare("aws_shelf", "a", {}), declare("aws_book", "b", {"shelf": reference("aws_shelf.a")})]
        )
        [found] = graph.of(Shelf)
        [book] = graph.of(Book)

        assert book.shelf.targets == (found,)
        assert found.books.targets == (book,)
        assert found.books.presence == Known(True)

    def test_an_address_without_index_means_every_instance(self) -> None:
        graph = Graph(
            "terraform",
            [
                declare("aws_shelf", "a[0]", {}),
                declare("aws_shelf", "a[1]", {}),
                declare("aws_book", "b", {"shelf": reference("aws_shelf.a")}),
            ],
        )

        assert [each.address for each in graph.of(Book)[0].shelf] == ["aws_shelf.a[0]", "aws_shelf.a[1]"]

    def test_one_of_several_instances_is_there_but_none_of_them_for_certain(self) -> None:
        shelves = [declare("aws_shelf", "a[0]", {}), declare("aws_shelf", "a[1]", {})]
        graph = Graph("terraform", [*shelves, declare("aws_book", "b", {"shelf": reference("aws_shelf.a")})])
        [book] = graph.of(Book)

        assert book.shelf.presence == Known(True)
        assert [(book.shelf.surely(each), isinstance(each.books.presence, Unknown)) for each in graph.of(Shelf)] == [
            (False, True),
            (False, True),
        ]

    def test_a_literal_name_finds_its_resource_or_is_external(self) -> None:
        graph = Graph(
            "terraform",
            [
                declare("aws_shelf", "a", {"name": "reports"}),
                declare("aws_book", "b", {"shelf": "reports"}),
                declare("aws_book", "c", {"shelf": "elsewhere"}),
            ],
        )
        inside, outside = graph.of(Book)

        assert [each.address for each in inside.shelf] == ["aws_shelf.a"]
        assert (outside.shelf.targets, outside.shelf.external) == ((), (Known("elsewhere"),))

    def test_what_cannot_be_resolved_leaves_both_ends_unknown(self) -> None:
        graph = Graph(
            "terraform",
            [declare("aws_shelf", "a", {}), declare("aws_book", "b", {"shelf": Unknown(Said("var.shelf has no default"), 1)})],
        )

        assert isinstance(graph.of(Book)[0].shelf.presence, Unknown)
        assert isinstance(graph.of(Shelf)[0].books.presence, Unknown)

    def test_a_link_under_a_condition_is_not_sure_though_its_target_is(self) -> None:
        there = choose(Said("IsProd"), "IsProd", [("yes", reference("aws_shelf.a")), ("no", Absent())], Origin())
        graph = Graph("terraform", [declare("aws_shelf", "a", {}), declare("aws_book", "b", {"shelf": there})])
        [book], [found] = graph.of(Book), graph.of(Shelf)

        assert (book.shelf.targets, isinstance(book.shelf.presence, Unknown)) == ((found,), True)
        assert (found.books.targets, isinstance(found.books.presence, Unknown)) == ((book,), True)

    def test_nothing_written_is_absent(self) -> None:
        assert Graph("terraform", [declare("aws_book", "b", {})]).of(Book)[0].shelf.presence == Absent()


def test_under_an_outcome_the_graph_has_no_more_of_that_choice() -> None:
    size = choose(Said("IsProd"), "IsProd", [("IsProd is true", Known(100)), ("IsProd is false", Known(1))], Origin())
    condition = choose(Said("IsProd"), "IsProd", [("IsProd is true", Known(True)), ("IsProd is false", Known(False))], Origin())
    assert isinstance(condition, Unknown)
    graph = Graph(
        "terraform",
        [
            declare("aws_shelf", "a", {"size": size}),
            replace(declare("aws_shelf", "b", {}), condition=condition),
        ],
    )

    prod, dev = graph.under({"IsProd": 0}), graph.under({"IsProd": 1})

    assert [(each.address, each.size) for each in prod.of(Shelf)] == [
        ("aws_shelf.a", Known(100)),
        ("aws_shelf.b", Known(10)),
    ]
    assert [(each.address, each.size) for each in dev.of(Shelf)] == [("aws_shelf.a", Known(1))]


def test_what_is_absent_in_a_block_stands_at_the_nearest_parent_in_it() -> None:
    inner = Origin(Span("main.tf", 9, 5, 9, 12))
    grants: Tree = Known([Known({"deep": Known([Known({}, inner)], inner)}, Origin(Span("main.tf", 8, 3, 8, 10)))])

    [block] = shelf(declare("aws_shelf", "a", {"grant": grants})).grants

    assert (block.depth, block.depth.origin.span.start_line) == (Absent(), 9)
