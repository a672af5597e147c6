import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from pytest_forge.errors import ErrorName
from pytest_forge.model import Outcome, Severity, VersionStep
from pytest_forge.reports import json as report_json
from pytest_forge.results import RunReport


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(report_json.schema())


def written(run: RunReport) -> Any:
    return json.loads(report_json.write(run))


def subschemas(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema of a property or definition with the path to it."""
    for table in ("properties", "$defs"):
        for name, inner in schema.get(table, {}).items():
            yield f"{path}/{name}", inner
            yield from subschemas(inner, f"{path}/{name}")
    if isinstance(schema.get("items"), dict):
        yield f"{path}[]", schema["items"]
        yield from subschemas(schema["items"], f"{path}[]")


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(report_json.schema())


def test_every_key_is_described_and_every_object_closed() -> None:
    for path, schema in subschemas(report_json.schema()):
        assert schema.get("description"), path
        if schema.get("type") == "object" and "properties" in schema:
            assert schema["additionalProperties"] is False, path
            assert sorted(schema["required"]) == sorted(schema["properties"]), path


def test_the_schema_knows_the_names_of_the_vocabulary() -> None:
    definitions = report_json.schema()["$defs"]
    assert definitions["outcome"]["enum"] == list(Outcome)
    assert definitions["finding"]["properties"]["severity"]["enum"] == list(Severity)
    assert definitions["check"]["properties"]["error"]["enum"] == [*ErrorName, None]


def test_a_run_with_every_outcome_fits_the_schema(mixed: RunReport) -> None:
    validator().validate(written(mixed))


def test_the_step_of_the_version_is_kept_in_the_report(mixed: RunReport) -> None:
    step = VersionStep("1.2.0", "v1.2.0", "1.3.0", 2, None, "major", "2.0.0", False, "2 breaks")
    check = replace(mixed.checks[0], step=step)
    document = written(replace(mixed, checks=(check,)))
    validator().validate(document)
    assert document["checks"][0]["step"]["required"] == "2.0.0"


def test_hostile_text_fits_the_schema_and_holds_no_escape(hostile: RunReport) -> None:
    text = report_json.write(hostile)
    text.encode()
    assert not any(mark in text for mark in ("\x1b", "\\u001b", "\\ud800", "\x9b"))
    validator().validate(json.loads(text))


def test_a_place_before_the_first_line_is_no_place(hostile: RunReport) -> None:
    found = next(one for one in written(hostile)["checks"] if one["gate"] == "security")
    assert (found["findings"][0]["line"], found["findings"][0]["column"]) == (None, None)


def test_a_number_that_is_not_finite_becomes_null(hostile: RunReport) -> None:
    found = next(one for one in written(hostile)["checks"] if one["gate"] == "security")
    assert found["measures"]["findings.high"] is None
    assert found["limits"][0]["actual"] is None


def test_values_are_exact(mixed: RunReport) -> None:
    mypy = next(one for one in written(mixed)["checks"] if one["tool"] == "mypy")
    assert mypy["measures"] == {"type.coverage": 79.996, "type.errors": 1}
    assert mypy["limits"][1] == {
        "name": "type.coverage",
        "actual": 79.996,
        "limit": 80,
        "ok": False,
        "stated": None,
    }
    assert mypy["command"] == ["mypy", "src"]


def test_the_order_in_which_checks_arrive_does_not_show(mixed: RunReport) -> None:
    turned = replace(mixed, checks=mixed.checks[::-1], not_run=mixed.not_run[::-1])
    assert report_json.write(turned) == report_json.write(mixed)


def test_checks_stand_by_manifest_then_in_the_order_of_the_gates(mixed: RunReport) -> None:
    gates = [(one["manifest"], one["gate"]) for one in written(mixed)["gates"]]
    assert gates == [
        ("sdks/python/pyproject.toml", "types"),
        ("sdks/python/pyproject.toml", "unit-tests"),
        ("sdks/python/pyproject.toml", "integration-tests"),
        ("sdks/python/pyproject.toml", "quality"),
        ("sdks/python/pyproject.toml", "security"),
        ("sdks/python/pyproject.toml", "licenses"),
        ("sdks/rust/Cargo.toml", "compilation"),
        ("sdks/rust/Cargo.toml", "types"),
        ("sdks/rust/Cargo.toml", "security"),
    ]


def test_the_root_on_this_machine_is_not_told(mixed: RunReport) -> None:
    assert mixed.root_directory not in report_json.write(mixed)


@pytest.mark.parametrize(
    ("key", "value"),
    [("schema", "report-2"), ("dirty", None), ("surplus", 1), ("checks", [{}])],
)
def test_the_schema_refuses_what_is_no_report(mixed: RunReport, key: str, value: Any) -> None:
    document = written(mixed) | {key: value}
    with pytest.raises(jsonschema.ValidationError):
        validator().validate(document)


def test_portable_leaves_plain_values_alone() -> None:
    value = {"a": [1, 2.5, True, None, "text\n"]}
    assert report_json.portable(value) == value
    assert report_json.portable([math.inf, -math.inf]) == [None, None]
