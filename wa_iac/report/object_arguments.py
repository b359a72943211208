"""Arguments of a module call that a `dynamic` block is made from: a remedy prints them in the shape that their variables have.

The block's `for_each` and its content say which argument, and which of its keys, each argument of the block comes from. If anything is made
in another way, this module says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from wa_iac.core.late_pattern import late

from .callers import at, is_installed
from .code_parts import Part, parts_of
from .conditionals import literal
from .decider_parts import CannotFollowError, key_of, names_of
from .fault import Fault
from .module_code import ModuleCode, constant

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Attribute, Expr, HclBlock

_Path: TypeAlias = tuple[str, ...]
_Made: TypeAlias = "dict[str, _Made] | list[_Made] | str"

_REFERENCE: Final = late(r"<(?P<what>[^<>\n]+)>\.(?P<attribute>\w+)")
_EMPTY: Final = ((None,), ("",))


def object_arguments(fault: Fault, block: HclBlock) -> list[str]:
    """A sentence on the arguments that a `dynamic` block is made from, and their code; empty if it cannot be told."""
    parts = parts_of(fault.text)
    if len(parts) != 1:
        return []
    try:
        return _Arguments(fault, block).lines(_part(parts[0], block.labels[0]))
    except CannotFollowError:
        return []


def _part(part: Part, name: str) -> Part:
    """The part of the code for a block, which others may be around."""
    while part.name != name:
        if len(part.parts) != 1:
            raise CannotFollowError
        part = part.parts[0]
    return part


class _Arguments:
    def __init__(self, fault: Fault, block: HclBlock) -> None:
        self._fault = fault
        self._code = ModuleCode(fault.declared, fault.sources)
        self._block = block
        iterator = block.body.attributes.get("iterator")
        self._iterator = block.labels[0] if iterator is None else key_of(iterator.value)
        self._base: _Path = ()
        self._several = ""
        self._conditions: list[tuple[Expr, bool]] = []
        self._made: dict[str, _Made] = {}

    def lines(self, part: Part) -> list[str]:
        repeated = self._block.body.attributes.get("for_each")
        content = self._block.body.named("content")
        if repeated is None or len(content) != 1 or not part.parts:
            raise CannotFollowError
        self._elements(repeated.value)
        element: dict[str, _Made] = {}
        self._fill(part, content[0], element)
        whole: _Made = [element] if self._several == "list" else {"<a name>": element} if self._several == "map" else element
        if self._base:
            _put(self._made, self._base, whole)
        elif element:
            raise CannotFollowError
        for condition, wanted in self._conditions:
            self._hold(condition, wanted)
        return self._said()

    def _elements(self, expression: Expr) -> None:
        """What the elements of a `for_each` are: one variable, those of one, or a constant."""
        from wa_iac.parsers.terraform.text import nodes

        match expression:
            case nodes.Conditional(condition=condition, then=then, otherwise=otherwise):
                is_then = not _is_empty(then)
                if is_then is not _is_empty(otherwise):
                    raise CannotFollowError
                self._conditions.append((condition, is_then))
                self._elements(then if is_then else otherwise)
            case nodes.TupleExpr(items=(one,)):
                self._base = () if constant(one) is not None else _variable(one)
            case nodes.Traversal(root=root, steps=(*steps, nodes.Splat(steps=()))):
                self._base = _variable(nodes.Traversal(expression.span, root, tuple(steps)))
            case nodes.Call(name="toset" | "tolist" | "try" | "coalesce", arguments=(first, *_)):
                self._elements(first)
            case _:
                self._base = _variable(expression)
                self._several = self._kind_of_all(self._base)

    def _kind_of_all(self, path: _Path) -> str:
        """Whether a variable is a list or a map of objects."""
        from wa_iac.parsers.terraform.text.nodes import Call, TupleExpr

        kind = self._type(path[0]) if len(path) == 1 else None
        if isinstance(kind, Call) and kind.name in ("list", "set", "map"):
            return "map" if kind.name == "map" else "list"
        block = self._code.variable(self._code.innermost, path[0]) if len(path) == 1 else None
        default = None if block is None else block.body.attributes.get("default")
        if default is not None and isinstance(default.value, TupleExpr):
            return "list"
        raise CannotFollowError

    def _type(self, name: str) -> Expr | None:
        block = self._code.variable(self._code.innermost, name)
        written = None if block is None else block.body.attributes.get("type")
        return None if written is None else written.value

    def _fill(self, part: Part, content: HclBlock, element: dict[str, _Made]) -> None:
        """Finds what each argument of the wanted block comes from."""
        for each in part.parts:
            if each.parts:
                inner = content.body.named(each.name)
                if len(inner) != 1:
                    raise CannotFollowError
                self._fill(each, inner[0], element)
                continue
            written = content.body.attributes.get(each.name)
            value = each.value.rstrip(",")
            if written is None or "\n" in value:
                raise CannotFollowError
            fixed = constant(written.value)
            if fixed is not None:
                wanted = literal(value)
                if wanted is None or wanted.value != fixed[0]:
                    raise CannotFollowError
                continue
            is_of_element, path = self._source(written.value)
            _put(element if is_of_element else self._made, path, value)

    def _source(self, expression: Expr) -> tuple[bool, _Path]:
        """Whether an expression is a part of the block's element, and which part of that, or of a variable, it is."""
        from wa_iac.parsers.terraform.text import nodes

        match expression:
            case nodes.Traversal(root=nodes.Name(name=root)) if root == self._iterator:
                first, *names = names_of(expression)
                if first != "value":
                    raise CannotFollowError
                return True, tuple(names)
            case nodes.Traversal():
                return False, _variable(expression)
            case nodes.Call(name="lookup", arguments=(held, key, *_)) if (name := key_of(key)) is not None:
                is_of_element, path = self._source(held)
                return is_of_element, (*path, name)
            case nodes.Call(name="try" | "coalesce" | "tobool" | "tostring" | "tonumber", arguments=(first, *_)):
                return self._source(first)
            case _:
                raise CannotFollowError

    def _hold(self, condition: Expr, wanted: bool) -> None:
        """Has a condition be true, or false."""
        from wa_iac.parsers.terraform.text import nodes

        match condition:
            case nodes.Unary(operator="!", operand=operand):
                self._hold(operand, not wanted)
            case nodes.Binary(operator="&&" | "||" as operator, left=left, right=right) if wanted is (operator == "&&"):
                self._hold(left, wanted)
                self._hold(right, wanted)
            case nodes.Binary(operator="==" | "!=" as operator, left=left, right=right) if (operator == "!=") is wanted:
                one, other = (right, left) if _is_empty(left) else (left, right)
                if not _is_empty(other) or not _has(self._made, _variable(one)):
                    raise CannotFollowError
            case nodes.Binary(operator=">", left=nodes.Call(name="length", arguments=(one,)), right=right) if wanted:
                if constant(right) != (0,) or not _has(self._made, _variable(one)):
                    raise CannotFollowError
            case nodes.Traversal():
                path = _variable(condition)
                if not self._is_already(path, wanted):
                    _put(self._made, path, str(wanted).lower())
            case _:
                raise CannotFollowError

    def _is_already(self, path: _Path, wanted: bool) -> bool:
        """Whether a variable has a value already, by the call or by its default."""
        if len(path) != 1:
            return False
        passed = self._passed(self._code.innermost, path[0])
        block = self._code.variable(self._code.innermost, path[0])
        default = None if block is None else block.body.attributes.get("default")
        written = passed if passed is not None else default
        return written is not None and constant(written.value) == (wanted,)

    def _passed(self, level: int, name: str) -> Attribute | None:
        """The argument with which the module of a level is called, or what a file of values gives a variable of the root module."""
        if level == 0:
            given, may_be = self._code.given(name)
            if given is None and may_be:
                raise CannotFollowError
            return given
        call = self._code.call(level - 1)
        if call is None:
            raise CannotFollowError
        return call.body.attributes.get(name)

    def _said(self) -> list[str]:
        from wa_iac.parsers.terraform.text.nodes import ObjectExpr

        if not self._made:
            raise CannotFollowError
        names = {name: self._complete(self._type(name), made, name) for name, made in self._made.items()}
        level, outer = self._code.innermost, {name: name for name in names}
        while level and len(names) == 1:
            [(name, shown)] = outer.items()
            passed = self._passed(level, shown)
            if passed is None or not (further := _referred(passed.value)):
                break
            level, outer = level - 1, {name: further}
        written = {name: self._passed(level, shown) for name, shown in outer.items()}
        fault = self._fault
        if len(names) > 1:
            if not level or not all(each is None or constant(each.value) is not None for each in written.values()):
                raise CannotFollowError
            code = "\n".join(f"{outer[name]} = {_text(made)}" for name, made in names.items())
            return [*fault.others, f"Set these arguments of {self._call(level)}:", code]
        [(name, made)] = names.items()
        passed, shown = written[name], outer[name]
        what = self._what(level, shown, passed)
        if level == 0:
            made = _constants(made)
        if passed is not None and isinstance(passed.value, ObjectExpr) and passed.value.items and isinstance(made, dict):
            there = {key_of(each.key): each.value for each in passed.value.items}
            more = {key: each for key, each in made.items() if not _is_written(there.get(key), key, each)}
            if not more:
                raise CannotFollowError
            return [*fault.others, f"In the {what}, set this and keep the rest:", _lines(more, "").rstrip("\n")]
        if passed is not None and not _is_empty(passed.value) and constant(passed.value) is None:
            raise CannotFollowError
        assigned = shown if level or passed is not None else "default"
        pass_it = ", or pass that value" if assigned == "default" else ""
        shape = made if isinstance(made, str) else "this"
        return [*fault.others, f"Set the {what} to {shape}{pass_it}:", f"{assigned} = {_text(made)}"]

    def _what(self, level: int, name: str, passed: Attribute | None) -> str:
        if level:
            call = self._fault.declared.calls[level - 1]
            return at(f'argument "{name}" of {call.note}', call.span if passed is None else passed.span)
        if passed is not None:
            return at(f'value of variable "{name}"', passed.span)
        block = self._code.variable(0, name)
        default = None if block is None else block.body.attributes.get("default")
        if block is None:
            raise CannotFollowError
        return at(f'default of variable "{name}"', block.header if default is None else default.span)

    def _call(self, level: int) -> str:
        call = self._fault.declared.calls[level - 1]
        if is_installed(call.span.path):
            raise CannotFollowError
        return at(call.note, call.span)

    def _complete(self, kind: Expr | None, made: _Made, name: str) -> _Made:
        """A value with all that its type requires."""
        from wa_iac.parsers.terraform.text.nodes import Call, ObjectExpr

        match kind, made:
            case Call(name="optional", arguments=(inner, *_)), _:
                return self._complete(inner, made, name)
            case Call(name="list" | "set", arguments=(inner,)), [one]:
                return [self._complete(inner, one, name)]
            case Call(name="map", arguments=(inner,)), dict():
                return {key: self._complete(inner, each, name) for key, each in made.items()}
            case Call(name="object", arguments=(ObjectExpr(items=items),)), dict():
                kinds = {key: each.value for each in items if (key := key_of(each.key)) is not None}
                if not made.keys() <= kinds.keys():
                    raise CannotFollowError
                needed = [
                    key
                    for key, each in kinds.items()
                    if key in made or not (isinstance(each, Call) and each.name == "optional")
                ]
                return {key: self._complete(kinds[key], made[key], key) if key in made else f"<{key}>" for key in needed}
            case _:
                return made


def _variable(expression: Expr) -> _Path:
    """The variable, and the keys in it, that an expression is a reference to."""
    from wa_iac.parsers.terraform.text.nodes import Name, Traversal

    if not (isinstance(expression, Traversal) and isinstance(expression.root, Name) and expression.root.name == "var"):
        raise CannotFollowError
    return names_of(expression)


def _referred(expression: Expr) -> str:
    """The variable that an expression is nothing but a reference to."""
    try:
        path = _variable(expression)
    except CannotFollowError:
        return ""
    return path[0] if len(path) == 1 else ""


def _is_empty(expression: Expr) -> bool:
    from wa_iac.parsers.terraform.text.nodes import Call, ObjectExpr, TupleExpr

    if isinstance(expression, Call) and expression.name in ("toset", "tolist", "tomap") and len(expression.arguments) == 1:
        expression = expression.arguments[0]
    return (isinstance(expression, (ObjectExpr, TupleExpr)) and not expression.items) or constant(expression) in _EMPTY


def _put(made: dict[str, _Made], path: _Path, value: _Made) -> None:
    """Writes a value at a path of objects, beside what is there."""
    *outer, last = path or ("",)
    if not last:
        raise CannotFollowError
    inside: Any = made
    for each in outer:
        inside = inside.setdefault(each, {})
        if not isinstance(inside, dict):
            raise CannotFollowError
    if isinstance(inside.get(last), dict) and isinstance(value, dict):
        inside[last] = {**inside[last], **value}
    else:
        inside[last] = value


def _has(made: _Made, path: _Path) -> bool:
    """Whether something is written at a path of objects."""
    for each in path:
        if not isinstance(made, dict) or each not in made:
            return False
        made = made[each]
    return True


def _is_written(there: Expr | None, key: str, made: _Made) -> bool:
    """Whether a key of an object need not change: it has the value, or any, if none in particular is wanted."""
    if there is None or not isinstance(made, str):
        return False
    wanted, written = literal(made), constant(there)
    return made == f"<{key}>" or (wanted is not None and written == (wanted.value,))


def _constants(made: _Made) -> _Made:
    """A value for a place that holds no references."""
    match made:
        case dict():
            return {key: _constants(each) for key, each in made.items()}
        case list():
            return [_constants(each) for each in made]
        case _:
            return _REFERENCE.sub(lambda found: f'"<the {found["attribute"]} of {found["what"]}>"', made)


def _text(made: _Made, indent: str = "") -> str:
    """A value in HCL, as `terraform fmt` writes it."""
    inner = f"{indent}  "
    match made:
        case dict():
            [*one] = made.items()
            if len(one) == 1 and isinstance(one[0][1], str):
                return f"{{ {one[0][0]} = {one[0][1]} }}"
            return f"{{\n{_lines(made, inner)}{indent}}}" if made else "{}"
        case list():
            return "[{}]".format(", ".join(_text(each, indent) for each in made))
        case _:
            return made


def _lines(made: dict[str, _Made], indent: str) -> str:
    """The keys of an object, with the values of neighbors aligned."""
    width = max((len(key) for key, each in made.items() if isinstance(each, str)), default=0)
    pairs = [(key if not isinstance(each, str) else f"{key:<{width}}", each) for key, each in made.items()]
    return "".join(f"{indent}{key} = {_text(each, indent)}\n" for key, each in pairs)
