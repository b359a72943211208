"""What makes GitHub refuse a SARIF file or lose an alert of it, and neither the standard's schema nor its validator says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_LINK = re.compile(r"(?<!\\)\]\(([^)]*)\)")
_SCORE = re.compile(r"\d+(\.\d+)?")


def complaints(document: dict[str, Any]) -> list[str]:
    """One line for each; none for a file that GitHub takes as it is meant."""
    if len(document["runs"]) != 1:
        return [f"{len(document['runs'])} runs: one tool and category may stand in a file once"]
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    found = list(_run(run))
    found += [f"rule {rule['id']}: {each}" for rule in rules for each in _rule(rule)]
    found += [f"result {number}: {each}" for number, result in enumerate(run["results"]) for each in _result(result, rules)]
    return found


def _run(run: dict[str, Any]) -> Iterator[str]:
    if len(run["results"]) > 25_000:
        yield "over 25,000 results"
    if not run["invocations"][0]["executionSuccessful"]:
        yield "an unsuccessful execution"
    if "automationDetails" in run and not re.fullmatch(r".+/", run["automationDetails"]["id"]):
        yield "a category that no slash ends"


def _rule(rule: dict[str, Any]) -> Iterator[str]:
    properties = rule["properties"]
    texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"], rule["help"]["markdown"]]
    if not all(texts):
        yield "an empty text"
    if len(rule["name"]) > 255 or max(map(len, texts[:2])) > 1024:
        yield "a text that is too long"
    if len(properties["tags"]) > 10:
        yield "over 10 tags"
    if properties["precision"] not in ("very-high", "high", "medium", "low"):
        yield "an unknown precision"
    score = properties.get("security-severity")
    if ("security" in properties["tags"]) != (score is not None):
        yield "the tag security and a score go together"
    if (score is None) != (properties.get("problem.severity") in ("error", "warning", "recommendation")):
        yield "either a score or a problem.severity"
    if score is not None:
        yield from _score(score)


def _score(score: object) -> Iterator[str]:
    if not isinstance(score, str) or not _SCORE.fullmatch(score):
        yield "a score that is no number in a string"
    elif not 0.1 <= float(score) <= 10 or float(score) == 9:
        yield "a score that is in no band"


def _result(result: dict[str, Any], rules: list[dict[str, Any]]) -> Iterator[str]:
    index = result["ruleIndex"]
    if index >= len(rules) or rules[index]["id"] != result["ruleId"]:
        yield "another rule by its id than by its index"
    if not result["message"]["text"]:
        yield "no message"
    if result.get("level") not in (("none",) if result.get("kind") == "open" else ("error", "warning", "note")):
        yield "no level of its own"
    if not re.fullmatch(r"[0-9a-f]+:\d+", result["partialFingerprints"].get("primaryLocationLineHash", "")):
        yield "no primaryLocationLineHash"
    if "security-severity" in result.get("properties", {}):
        yield from _score(result["properties"]["security-severity"])
    if len(result["locations"]) != 1:
        yield "not one location"
    related = result.get("relatedLocations", [])
    if len(related) > 100:
        yield "over 100 related locations"
    if {str(each["id"]) for each in related} != set(_LINK.findall(result["message"]["text"])):
        yield "other links than related locations"
    steps = [each for flow in result.get("codeFlows", []) for thread in flow["threadFlows"] for each in thread["locations"]]
    if len(steps) > 1000 or (steps and len(steps) < 2) or any("location" not in each for each in steps):
        yield "a code flow of too many places, of one, or of places elsewhere in the file"
    for location in [*result["locations"], *related, *(each["location"] for each in steps if "location" in each)]:
        yield from _location(location)


def _location(location: dict[str, Any]) -> Iterator[str]:
    physical = location["physicalLocation"]
    uri, region = physical["artifactLocation"]["uri"], physical["region"]
    if re.match(r"/|[A-Za-z][A-Za-z0-9+.-]*:", uri) or ".." in uri.split("/") or uri.startswith("./"):
        yield "a path that does not start at the root of the repository"
    if set(region) != {"startLine", "startColumn", "endLine", "endColumn"}:
        yield "a region without all four numbers"
    elif (region["startLine"], region["startColumn"]) > (region["endLine"], region["endColumn"]) or min(region.values()) < 1:
        yield "a region that ends before it starts"
