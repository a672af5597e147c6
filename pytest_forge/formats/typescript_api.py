"""The report of forge's own probe `typescript_api`: a package's API in two trees, compared here.

What breaks users: an item that is gone or of another kind; another type; a parameter that is added
and not optional, removed, or of another type; a property that users must now give, or that may now
be absent. What is merely new is an addition.
"""

from collections.abc import Iterator, Mapping

from pytest_forge.errors import NoReference, NothingMeasured
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import ApiItem, Finding, Report, Severity

COMPARED = "api.compared"
Items = Mapping[str, Value]


def parse(data: bytes) -> Report:
    """Return breakages as findings of `api.breaking`, `api.additions` and the surface.

    `api.compared` counts entry points. Raises `OutputUnreadable`, `NoReference` where the last
    release has no such package, and `NothingMeasured` for an entry point whose source is not found.
    """
    document = parse_json(data, "typescript_api")
    if document.key("schema").text() != "typescript-api-1":
        raise unreadable("typescript_api", "its schema is not typescript-api-1")
    findings: list[Finding] = []
    surface: list[ApiItem] = []
    additions = compared = 0
    for package in document.key("packages").items():
        now, before = _tree(package, "now"), _tree(package, "before")
        items, earlier = _items(now), _items(before)
        findings += _breakages(earlier, items)
        additions += sum(name not in earlier for name in items)
        compared += sum(1 for _ in before.key("entries").items())
        surface += (_api_item(name, one) for name, one in items.items())
    return Report(
        findings=tuple(findings),
        measures={"api.additions": additions, COMPARED: compared},
        surface=tuple(surface),
    )


def _tree(package: Value, which: str) -> Value:
    if which not in dict(package.members()):
        raise unreadable("typescript_api", f"{package.at} does not tell what there is {which}")
    tree = package.optional(which)
    place = package.key("place").text()
    if tree is None:
        raise NoReference(
            f"the last release has no package {place}",
            "name the release to compare with by `tag-pattern`, or exempt the check",
        )
    missing = [one.text() for one in tree.key("missing").items()]
    if missing:
        raise NothingMeasured(
            f"no source is found behind the entry point {missing[0]} of {place}",
            "see that tsconfig.json's outDir and rootDir lead from it to a source",
        )
    return tree


def _items(tree: Value) -> Items:
    return {one.key("name").text(): one for one in tree.key("items").items()}


def _api_item(name: str, one: Value) -> ApiItem:
    return ApiItem(name, one.key("kind").text(), _signature(one))


def _breakages(before: Items, now: Items) -> Iterator[Finding]:
    for name, old in before.items():
        if name in now:
            for rule, why in _changes(old, now[name]):
                yield _finding(old, rule, f"{name}: {why}", now[name])
        # Of a whole that is gone the parts need not be told.
        elif (owner := _owner(name)) not in before or owner in now:
            yield _finding(old, "removed", f"{name} was removed", None)
    yield from _demanded(before, now)


def _demanded(before: Items, now: Items) -> Iterator[Finding]:
    for name, new in now.items():
        if name not in before and _owner(name) in before and _is_required(new):
            yield _finding(new, "required-property", f"{name} must be given now", new)


def _owner(name: str) -> str:
    return name.rpartition(".")[0]


def _is_required(one: Value) -> bool:
    return one.key("kind").text() == "property" and not one.key("optional").flag()


def _changes(old: Value, new: Value) -> Iterator[tuple[str, str]]:
    kinds = old.key("kind").text(), new.key("kind").text()
    if kinds[0] != kinds[1]:
        yield "kind", f"it was a {kinds[0]}, and is a {kinds[1]}"
        return
    optional = old.key("optional").flag(), new.key("optional").flag()
    if optional == (False, True):
        yield "optional", "it may be absent now"
    elif optional == (True, False) and kinds[0] == "property":
        yield "optional", "it must be given now"
    types = old.key("type").text(), new.key("type").text()
    if types[0] != types[1]:
        yield "type", f"{types[0] or 'a function'} became {types[1] or 'a function'}"
    elif not _accepts(old, new):
        yield "signature", f"{_signature(old)} became {_signature(new)}"


def _accepts(old: Value, new: Value) -> bool:
    """Tell whether every way to call what was there is still one."""
    after = list(new.key("calls").items())
    return all(any(_takes(one, call) for one in after) for call in old.key("calls").items())


def _takes(new: Value, old: Value) -> bool:
    was, now = (list(one.key("parameters").items()) for one in (old, new))
    same = old.key("returns").text() == new.key("returns").text() and (
        old.key("generic").raw == new.key("generic").raw
    )
    kept = len(now) >= len(was) and all(map(_fits, was, now))
    return same and kept and all(one.key("optional").flag() for one in now[len(was) :])


def _fits(old: Value, new: Value) -> bool:
    looser = new.key("optional").flag() or not old.key("optional").flag()
    return looser and _bare(old) == _bare(new) and old.key("rest").raw == new.key("rest").raw


def _bare(parameter: Value) -> str:
    """Return the type without the `undefined` that an optional parameter has."""
    return parameter.key("type").text().removesuffix(" | undefined")


def _signature(one: Value) -> str:
    calls = [_call(call) for call in one.key("calls").items()]
    return "; ".join(calls) or one.key("type").text()


def _call(call: Value) -> str:
    parameters = (
        f"{'...' if one.key('rest').flag() else ''}{one.key('type').text()}"
        f"{'?' if one.key('optional').flag() and not one.key('rest').flag() else ''}"
        for one in call.key("parameters").items()
    )
    returns = call.key("returns").text()
    return f"({', '.join(parameters)})" + (f" => {returns}" if returns else "")


def _finding(item: Value, rule: str, message: str, place: Value | None) -> Finding:
    return Finding(
        measure="api.breaking",
        rule=rule,
        message=" ".join(message.split()),
        severity=Severity.HIGH,
        path=place.key("path").text() if place else None,
        line=place.key("line").count() if place else None,
    )
