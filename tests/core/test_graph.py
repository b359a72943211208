"""What a graph answers from its indexes."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.counting import growth
from helpers.resources import Book, Shelf, declare, reference
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known

A, B = declare("aws_shelf", "a", {"size": 1}), declare("aws_shelf", "b", {"size": 2})
BOOKS = frozenset({"aws_book"})
LENT = declare("aws_book", "lent", {"shelf": reference("aws_shelf.a")})
LOST = declare("aws_book", "lost", {"notes": [{"seen": reference("aws_shelf.a")}, {"seen": reference("aws_shelf.a", "arn")}]})


def library() -> tuple[Graph, Shelf, Shelf]:
    graph = Graph("terraform", [A, B, LENT, LOST])
    a, b = graph.of(Shelf)
    return graph, a, b


def test_who_refers_to_a_resource_is_said_once_each_wherever_in_the_body_it_does() -> None:
    graph, a, b = library()

    assert list(graph.referring(a, BOOKS)) == [LENT, LOST]
    assert list(graph.referring(b, BOOKS)) == []
    assert list(graph.referring(a, frozenset({"aws_shelf"}))) == []


def test_a_value_refers_to_a_resource_or_does_not() -> None:
    graph, a, b = library()

    assert graph.refers(LOST.body, a)
    assert not graph.refers(LOST.body, b)
    assert not graph.refers(Known("aws_shelf.a"), a)
    assert list(graph.referred(LENT.body)) == [A]


def test_an_index_is_made_once_and_has_each_resource_under_all_its_keys() -> None:
    graph, a, b = library()
    asked: list[str] = []

    def sizes(shelf: Shelf) -> Iterator[int]:
        asked.append(shelf.address)
        yield from (0, 0, shelf.size.value) if isinstance(shelf.size, Known) else ()

    first, second = graph.index(Shelf, sizes), graph.index(Shelf, sizes)

    assert first is second
    assert asked == ["aws_shelf.a", "aws_shelf.b"]
    assert {key: list(found) for key, found in first.items()} == {0: [a, b], 1: [a], 2: [b]}


def test_what_is_made_of_a_graph_is_made_once_for_each_graph() -> None:
    graph, _, _ = library()
    other, _, _ = library()
    made: list[Graph] = []

    def count(given: Graph) -> int:
        made.append(given)
        return len(given.of(Book))

    assert [graph.once(count), graph.once(count), other.once(count)] == [2, 2, 2]
    assert made == [graph, other]


def test_satellites_that_name_their_owner_by_a_literal_are_found_in_proportion_to_their_number() -> None:
    def read(number: int) -> None:
        shelves = [declare("aws_shelf", f"s{each}", {"name": f"shelf-{each}"}) for each in range(number)]
        versions = [
            declare("aws_shelf_versioning", f"v{each}", {"shelf": f"shelf-{each}", "status": "Enabled"})
            for each in range(number)
        ]
        found = Graph("terraform", [*shelves, *versions]).of(Shelf)
        assert all(each.versioning == Known("Enabled") for each in found)

    assert growth(read, 100) < 1.2
