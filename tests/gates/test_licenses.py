"""The license policy: expressions, names that stand for one, and the words of a refusal."""

from collections.abc import Callable

import pytest

from forge_gate_licenses.examination import examine
from forge_gate_licenses.policy import is_license, refusal
from forge_gate_licenses.spdx import ALLOWED, REPLACED
from pytest_forge.judging import Case
from pytest_forge.model import Component, Finding, Report
from pytest_forge.settings import LicensePolicy

BuildCase = Callable[..., Case]


@pytest.mark.parametrize("identifier", ALLOWED)
def test_every_allowed_identifier_is_spdx_and_allows_itself(identifier: str) -> None:
    assert is_license(identifier)
    assert refusal(identifier, ALLOWED) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "mit",
        "MIT OR GPL-3.0-only",
        "GPL-3.0-only OR MIT",
        "MIT AND Apache-2.0",
        "MIT AND (GPL-2.0-only OR BSD-3-Clause)",
        "Apache-2.0 WITH LLVM-exception",
        "Apache-2.0+",
        "mit or apache-2.0",
        "MIT/Apache-2.0",
        "MIT License",
        "The MIT License",
        "Apache 2.0",
        "Apache License, Version 2.0",
        "Apache License v2.0",
        "BSD",
        "BSD 3-Clause License",
        "3-Clause BSD License",
        "PSFL",
        "MIT License or Apache License 2.0",
        "License :: OSI Approved :: MIT License",
        "License :: OSI Approved :: BSD License",
        "License :: OSI Approved :: Apache Software License",
        "License :: OSI Approved :: ISC License (ISCL)",
        "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)",
        "License :: OSI Approved :: Python Software Foundation License",
        "License :: OSI Approved :: zlib/libpng License",
        "License :: OSI Approved :: The Unlicense (Unlicense)",
        "License :: OSI Approved :: MIT License; License :: OSI Approved :: BSD License",
        "License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication",
    ],
)
def test_permissive_statements_are_allowed(statement: str) -> None:
    assert refusal(statement, ALLOWED) == ""


@pytest.mark.parametrize(
    ("statement", "license_read"),
    [
        ("GPL-3.0-only", "GPL-3.0-only"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("GPL", "GPL-1.0-or-later"),
        ("MIT AND GPL-2.0-only", "MIT AND GPL-2.0-only"),
        ("MIT, GPL", "MIT AND GPL-1.0-or-later"),
        ("MIT/GPL-2.0-only, GPL-3.0-only", "(MIT OR GPL-2.0-only) AND GPL-3.0-only"),
        ("MIT; GPL", "MIT AND GPL-1.0-or-later"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "WITH Classpath-exception-2.0"),
        ("BSD-4-Clause", "BSD-4-Clause"),
        ("LicenseRef-Ours", "LicenseRef-Ours"),
        ("License :: Public Domain", "LicenseRef-public-domain"),
        (
            "License :: OSI Approved :: GNU Lesser General Public License v3 or later (LGPLv3+)",
            "LGPL-3.0-or-later",
        ),
        (
            "License :: OSI Approved :: GNU General Public License (GPL); "
            "License :: OSI Approved :: MIT License",
            "GPL-1.0-or-later AND MIT",
        ),
    ],
)
def test_a_license_beyond_the_policy_is_named(statement: str, license_read: str) -> None:
    reason = refusal(statement, ALLOWED)
    assert reason.startswith("has the license ")
    assert license_read in reason
    assert reason.endswith("which the policy does not allow")


@pytest.mark.parametrize(
    "statement",
    [
        "UNKNOWN",
        "Proprietary",
        "MIT OR",
        "AND",
        "(MIT",
        "()",
        "MIT)",
        "/",
        ";",
        "MIT Apache-2.0",
        "MIT*",
        "MIT (not for sale)",
        "not MIT",
        "MIT WITH MIT",
        "MIT WITH Nobody-exception",
        "LLVM-exception",
        "GPL-2.0-only :: MIT",
        "License :: OSI Approved",
        "License :: Other/Proprietary License",
        "MIT License\n\nPermission is hereby granted, free of charge, to any person",
        "see LICENSE",
    ],
)
def test_what_cannot_be_understood_is_refused_in_so_many_words(statement: str) -> None:
    assert "which is neither an SPDX expression nor a known license name" in refusal(
        statement, ALLOWED
    )


@pytest.mark.parametrize("statement", ["", "  ", "\n"])
def test_no_statement_is_refused(statement: str) -> None:
    assert refusal(statement, ALLOWED) == "states no license"


def test_a_long_statement_is_cut_to_one_short_line() -> None:
    reason = refusal("All rights reserved.\n" * 50, ALLOWED)
    assert "\n" not in reason
    assert len(reason) < 150


def test_one_exception_can_be_allowed_without_its_license() -> None:
    allowed = ("GPL-2.0-only WITH Classpath-exception-2.0",)
    assert refusal("GPL-2.0 WITH Classpath-exception-2.0", allowed) == ""
    assert refusal("GPL-2.0-only", allowed) != ""
    assert refusal("GPL-2.0-only WITH Bison-exception-2.2", allowed) != ""


def test_the_policy_may_use_deprecated_identifiers_and_any_case() -> None:
    assert refusal("GPL-3.0-or-later", ("gpl-3.0+",)) == ""


@pytest.mark.parametrize(("given_up", "expression"), REPLACED.items())
def test_identifiers_that_held_an_exception_are_what_replaced_them(
    given_up: str, expression: str
) -> None:
    statement = f"(CDDL-1.1 OR {given_up.lower()})"
    assert refusal(statement, [expression]) == ""
    assert f"CDDL-1.1 OR {expression}" in refusal(statement, ALLOWED)
    assert is_license(given_up)
    assert not is_license(f"{given_up}-of-ours")


def test_an_or_later_license_meets_a_policy_that_names_it_so() -> None:
    assert refusal("EPL-1.0+", ("EPL-1.0+",)) == ""
    assert refusal("EPL-1.0", ("EPL-1.0+",)) != ""


@pytest.mark.parametrize("identifier", ["MIT", "gpl-2.0", "LicenseRef-Ours"])
def test_identifiers_that_can_stand_in_a_policy(identifier: str) -> None:
    assert is_license(identifier)


@pytest.mark.parametrize("identifier", ["", "MIT License", "Mit-2", "MIT OR BSD-3-Clause"])
def test_what_is_no_identifier_cannot(identifier: str) -> None:
    assert not is_license(identifier)


def component(name: str, license: str, ships: bool = True) -> Component:
    return Component(name, "1.0", "an ecosystem", license=license, ships=ships)


def test_a_refused_component_is_a_finding_that_names_it(case: BuildCase) -> None:
    report = Report(components=(component("fine", "MIT"), component("viral", "GPL-3.0-only")))
    assert examine(report, case()).findings == (
        Finding(
            "licenses.refused",
            "viral",
            "1.0 has the license GPL-3.0-only, which the policy does not allow",
        ),
    )


def test_findings_and_notes_that_were_there_stay(case: BuildCase) -> None:
    finding = Finding("licenses.refused", "other", "from the tool")
    report = Report(findings=(finding,), notes=("a note",), components=(component("a", ""),))
    examined = examine(report, case())
    assert [one.rule for one in examined.findings] == ["other", "a"]
    assert examined.notes == ("a note",)


def test_the_users_list_replaces_the_default(case: BuildCase) -> None:
    report = Report(components=(component("fine", "MIT"), component("ours", "LicenseRef-Ours")))
    examined = examine(report, case(LicensePolicy(allow=("LicenseRef-Ours",))))
    assert [one.rule for one in examined.findings] == ["fine"]


def test_an_empty_list_allows_nothing(case: BuildCase) -> None:
    report = Report(components=(component("fine", "MIT"),))
    assert len(examine(report, case(LicensePolicy(allow=()))).findings) == 1


def test_test_only_components_are_reported_not_refused(case: BuildCase) -> None:
    report = Report(
        components=(
            component("viral", "GPL-3.0-only", ships=False),
            component("nameless", "", ships=False),
            component("fine", "MIT", ships=False),
        )
    )
    examined = examine(report, case())
    assert examined.findings == ()
    assert examined.notes == ("test-only, with a license that could not ship: nameless, viral",)


def test_test_only_components_are_judged_where_they_have_a_policy(case: BuildCase) -> None:
    report = Report(
        components=(
            component("viral", "GPL-3.0-only", ships=False),
            component("lesser", "LGPL-3.0-only", ships=False),
            component("fine", "MIT", ships=False),
        )
    )
    policy = LicensePolicy(allow_test_only=("LGPL-3.0-only",))
    examined = examine(report, case(policy))
    assert [one.rule for one in examined.findings] == ["viral"]
    assert examined.notes == ()


def test_the_test_only_policy_does_not_hold_for_what_ships(case: BuildCase) -> None:
    report = Report(components=(component("lesser", "LGPL-3.0-only"),))
    policy = LicensePolicy(allow_test_only=("LGPL-3.0-only",))
    assert [one.rule for one in examine(report, case(policy)).findings] == ["lesser"]
