"""The traps of twenty surveyed repositories, as far as they concern Python, and where each is met.

The numbers are the survey's. A trap is met by tests; this file holds the two together.
"""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent

TRAPS = {
    "1: forms of tags that nobody expects": (
        "releases/test_tags.py::test_a_tag_fits_a_project_at_the_top",
        "releases/test_last.py::test_tags_of_which_none_fits_are_named",
    ),
    "2: junk tags, newer tags of lower versions, a member's tags": (
        "releases/test_tags.py::test_beside_versions_a_patterns_bare_numbers_are_builds",
        "releases/test_tags.py::test_a_nested_project_with_tags_of_its_own_takes_no_bare_one",
        "releases/test_last.py::test_the_highest_version_counts_not_the_latest_date",
    ),
    "3: PEP 440 and calendar versions are not SemVer": (
        "test_versions.py::test_versions_sort_in_their_own_order",
        "test_versions.py::test_prereleases_are_known",
        "toolchains/test_repository.py::test_a_new_year_is_no_major_step",
    ),
    "4: one repository, several versions": (
        "toolchains/test_repository.py::test_versions_may_go_apart",
        "toolchains/test_repository.py::test_each_project_is_compared_with_its_own_release",
    ),
    "5: a stale declared version, a shallow clone": (
        "toolchains/test_repository.py::test_a_version_below_the_last_release_is_found",
        "releases/test_last.py::test_a_shallow_clone_has_no_reference",
        "toolchains/python/test_metadata.py::test_a_version_from_the_history_is_told_apart",
    ),
    "10: unit tests that need a network": (
        "toolchains/python/test_real_traps.py"
        "::test_a_test_that_waits_for_a_silent_host_ends_at_the_limit",
        "toolchains/python/test_real_traps.py::test_a_test_without_its_host_fails_by_name",
    ),
    "15: private keys in tests": (
        "probes/test_scan_secrets.py::test_tokens_and_private_keys_are_found",
        "probes/test_scan_secrets.py::test_no_file_is_left_out_for_its_name",
    ),
    "16: broken on purpose": (
        "toolchains/python/test_commands.py"
        "::test_what_is_broken_on_purpose_below_tests_is_not_compiled",
    ),
    "17: byte order marks, Latin-1, odd names": (
        "toolchains/python/test_real_traps.py::test_names_and_encodings_of_all_kinds",
        "toolchains/python/test_project.py::test_latin_1_is_read",
        "test_listing.py::test_names_are_taken_as_they_are",
    ),
    "18: pytest settings at the root": (
        "integration/test_outer_run.py::test_the_projects_addopts_do_not_steer_the_outer_run",
        "integration/test_outer_run.py::test_warnings_that_the_project_makes_errors_stay_its_own",
        "toolchains/python/test_real_traps.py::test_settings_that_need_an_absent_plugin_are_named",
        "toolchains/python/test_real_traps.py"
        "::test_strict_settings_of_the_project_hold_in_its_own_tests",
    ),
    "19: release notes of all kinds, or none": (
        "releases/test_changelog.py::test_release_notes_are_found",
        "releases/test_changelog.py::test_a_fragment_is_an_entry",
        "toolchains/test_repository.py::test_a_first_release_needs_no_notes",
    ),
    "20: licenses that are no SPDX name": (
        "formats/test_environment.py::test_the_license_is_the_packages_own_statement",
        "gates/test_licenses.py::test_what_cannot_be_understood_is_refused_in_so_many_words",
        "gates/test_licenses.py::test_no_statement_is_refused",
    ),
    "21: preparing without a lockfile": (
        "toolchains/python/test_environment.py"
        "::test_what_the_tests_need_is_found_where_the_project_says_it",
        "toolchains/python/test_environment.py"
        "::test_a_lock_is_honoured_and_its_groups_for_tests_taken",
    ),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_is_met_by_tests_that_exist(trap: str) -> None:
    for place in TRAPS[trap]:
        path, _, name = place.partition("::")
        module = ast.parse((HERE / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
