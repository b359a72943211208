"""The table of bounds in `docs/security.md`. Generated from the constants themselves; a test says when it is stale, and when a module has
a bound that is not in it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from .generated_parts import GeneratedPart

PLACE: Final = GeneratedPart(
    Path("docs/security.md"),
    "<!-- The bounds: written by `python -m wa_iac.maintenance docs` -->",
    "<!-- The end of the bounds -->",
)


class Bound(NamedTuple):
    """A constant, by its module below `wa_iac`, and what it bounds. `beyond` says what follows: an error that names the bound, an
    unknown value, or a report that shows less and says so."""

    module: str
    name: str
    what: str
    beyond: str = "error"
    key: str = ""

    @property
    def value(self) -> float:
        found = getattr(import_module(f"wa_iac.{self.module}"), self.name)
        number = found[self.key] if self.key else found
        if not isinstance(number, int | float):
            raise TypeError(f"wa_iac.{self.module}.{self.name} is not a number")
        return number


_UNKNOWN: Final = "unknown"
_LESS: Final = "less"
_BUDGET: Final = "error; what was judged before it is reported"

BOUNDS: Final = (
    Bound("core.budget", "MOST", "steps of reading and judging one unit whose sources have at most a megabyte; each byte beyond adds 2", _BUDGET, "steps"),
    Bound("core.budget", "MOST", "bytes of text that the evaluation of such a unit makes; each byte beyond adds 2", _BUDGET, "bytes"),
    Bound("core.budget", "MOST", "comparisons in such a unit; each byte beyond adds 20", _BUDGET, "comparisons"),
    Bound("core.files", "LARGEST", "bytes of a file, if nothing lower is said"),
    Bound("parsers.cloudformation.text.documents", "MAX_BYTES", "bytes of a template, or of a file that it includes"),
    Bound("parsers.cloudformation.text.located", "MAX_DEPTH", "levels of nesting in a template"),
    Bound("parsers.cloudformation.text.located", "MAX_NODES", "nodes of a template, aliases counted once"),
    Bound("parsers.cloudformation.scope", "MAX_DEPTH", "levels of functions, objects, aliases and lists in one value"),
    Bound("parsers.cloudformation.scope", "MAX_TOLD", "steps that are kept of a value's way", _LESS),
    Bound("parsers.cloudformation.sections.includes", "MAX_LEVELS", "levels of snippets that include each other"),
    Bound("parsers.cloudformation.stacks", "MAX_STACKS", "nested stacks in one unit"),
    Bound("parsers.cloudformation.stacks", "MAX_LEVELS", "levels of nested stacks"),
    Bound("parsers.cloudformation.stacks", "MAX_NAMES", "directories at the end of an address that are looked for", _UNKNOWN),
    Bound("parsers.cloudformation.functions.for_each", "MAX_ITEMS", "iterations of one `Fn::ForEach`"),
    Bound("parsers.cloudformation.functions.for_each", "MAX_ROUNDS", "iterations of all loops of a template"),
    Bound("parsers.cloudformation.functions.choices", "MAX_OPEN", "optional items of one list that are followed", _UNKNOWN),
    Bound("parsers.cloudformation.functions.choices", "MAX_PATHS", "alternatives below one value", _UNKNOWN),
    Bound("parsers.cloudformation.functions.mappings", "MAX_KEYS", "keys of a mapping that are followed if the key is unknown", _UNKNOWN),
    Bound("parsers.cloudformation.functions.lists", "MAX_BLOCKS", "blocks of `Fn::Cidr`; AWS's own limit"),
    Bound("parsers.cloudformation.functions.conditions", "MAX_COMBINED", "outcomes of combined conditions that are followed", _UNKNOWN),
    Bound("parsers.cloudformation.sections.parameters", "MAX_ALLOWED", "allowed values that are followed one by one", _UNKNOWN),
    Bound("parsers.cloudformation.cdk", "LONGEST_FRAME", "characters of a line in a CDK trace that is read", _LESS),
    Bound("parsers.terraform.evaluation.unit", "MAX_FILE", "bytes of a `.tf` file, a variables file, or a file that a function reads"),
    Bound("parsers.terraform.text.template_nodes", "MAX_NESTING", "levels of nesting in a `.tf` file"),
    Bound("parsers.terraform.text.excess", "MOST_BRACKETS", "brackets that are open at once in a `.tf` file"),
    Bound("parsers.terraform.text.excess", "MOST_WORDS", "tokens of a `.tf` file"),
    Bound("parsers.terraform.text.excess", "MOST_BLANKS", "characters of long stretches of blanks in a `.tf` file"),
    Bound("parsers.terraform.text.excess", "MOST_PIECES", "pieces of a `.tf` file that is broken"),
    Bound("parsers.terraform.text.excess", "MOST_SECONDS", "seconds of processor time in which a `.tf` file is parsed"),
    Bound("parsers.terraform.text.numbers", "LONGEST", "characters of a number"),
    Bound("parsers.terraform.evaluation.unit", "MAX_DEPTH", "nested evaluations: references through references"),
    Bound("parsers.terraform.evaluation.by_name", "MAX_NAMES", "entries of a map that are followed one by one if the key is unknown", _UNKNOWN),
    Bound("parsers.terraform.modules.listed_values", "MAX_RANGE", "whole numbers between the limits of a validation", _UNKNOWN),
    Bound("parsers.terraform.modules.validations", "MAX_VALIDATED", "values of a validation that are followed one by one", _UNKNOWN),
    Bound("parsers.terraform.evaluation.unit", "MAX_INSTANCES", "instances of one `count` or `for_each`"),
    Bound("parsers.terraform.evaluation.unit", "MAX_TOTAL", "instances in one root module of at most 10,000 blocks; each block beyond adds one"),
    Bound("parsers.terraform.evaluation.unit", "MAX_MODULES", "levels of module calls"),
    Bound("parsers.terraform.evaluation.unit", "MAX_TEXT", "characters of a text that a function makes"),
    Bound("parsers.terraform.evaluation.unit", "MAX_ITEMS", "elements of a collection that a function makes"),
    Bound("parsers.terraform.evaluation.unit", "MAX_LEVELS", "levels of collections in one value"),
    Bound("parsers.terraform.evaluation.unit", "MAX_CHAIN", "places that are kept of a value's way", _LESS),
    Bound("parsers.terraform.evaluation.lifting", "MAX_OUTCOMES", "combinations of alternatives that one operation follows", _UNKNOWN),
    Bound("parsers.terraform.modules.loader", "MAX_MANIFEST", "bytes of `.terraform/modules/modules.json`"),
    Bound("parsers.terraform.plan.document", "MAX_PLAN", "bytes of a plan"),
    Bound("parsers.terraform.text.located_json", "MAX_DEPTH", "levels of nesting in a plan"),
    Bound("parsers.terraform.text.located_json", "MAX_VALUES", "values with a place in a plan"),
    Bound("core.coerce", "MOST_BITS", "bits of a whole number"),
    Bound("core.coerce", "LONGEST_NUMBER", "characters of a number that is written as text"),
    Bound("core.coerce", "MAX_LEVELS", "levels of a JSON document that is written as text", _UNKNOWN),
    Bound("engine.alternatives", "MAX_DEPTH", "choices that are decided on top of each other", _UNKNOWN),
    Bound("engine.alternatives", "MAX_OUTCOMES", "outcomes of one choice that are told apart", _UNKNOWN),
    Bound("engine.alternatives", "MAX_ALIKE", "outcomes of one choice that are compared: whether they give the same answer", _UNKNOWN),
    Bound("engine.alternatives", "MAX_GRAPHS", "graphs that are built for one unit's choices", _UNKNOWN),
    Bound("engine.passing", "MAX_CHOICES", "choices that are looked through for those behind one answer", _UNKNOWN),
    Bound("engine.switches", "MAX_SWITCHES", "switches that are tried for one resource", _LESS),
    Bound("engine.baseline", "LARGEST", "bytes of a baseline"),
    Bound("engine.named_files", "MOST_LISTED", "names that the patterns of files in the settings look at"),
    Bound("engine.git_ignored", "MOST_PATTERNS", "patterns of `.gitignore` files that are compared here; beyond, git decides", "git is asked"),
    Bound("settings.text", "LARGEST", "bytes of a settings file"),
    Bound("settings.text", "MAX_LEVELS", "levels of nesting in the settings"),
    Bound("settings.text", "MAX_PARTS", "parts of a name with dots in the settings"),
    Bound("settings.text", "MAX_VALUES", "values in the settings"),
    Bound("knowledge.user_data", "LONGEST", "characters of a script that is looked at", _LESS),
    Bound("knowledge.credentials", "LONGEST", "characters of a text in which credentials are looked for", _LESS),
    Bound("picture.drawing.svg", "SECONDS", "seconds in which V8 draws a picture"),
    Bound("picture.drawing.svg", "MEMORY", "bytes of V8's memory"),
    Bound("report.sarif", "MAX_RESULTS", "results of a SARIF report; the most severe stay", _LESS),
    Bound("report.markdown", "MAX_BYTES", "bytes of a Markdown report", _LESS),
    Bound("lsp.schedule", "LIMIT", "seconds for one unit in an editor, unless it sets another number"),
    Bound("lsp.work", "MEMORY", "bytes of the checking process of an editor"),
    Bound("lsp.diagnostics", "MOST", "diagnostics in one file of an editor", _LESS),
    Bound("lsp.diagnostics", "MOST_OF_UNIT", "diagnostics of one unit in an editor", _LESS),
    Bound("lsp.features", "MOST_EVENTS", "changed files at once that an editor reports one by one", "everything is judged again"),
)  # fmt: skip


def bounds_table() -> str:
    """The table in Markdown."""
    rows = [f"| {each.value:,.0f} | {each.what} | {each.beyond} | `{each.module}.{each.name}` |" for each in BOUNDS]
    return "\n".join(["| At most | Of what | Beyond | Where |", "| ---: | --- | --- | --- |", *rows]) + "\n"
