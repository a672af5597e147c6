import json
from collections import Counter
from collections.abc import Callable

import pytest

from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.formats import bandit, detect_secrets, pip_audit, pip_audit_log
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]


def test_bandit_severities(recorded: Recorded) -> None:
    report = bandit.parse(recorded("bandit", "findings", "report"))

    assert Counter(one.severity for one in report.findings) == {
        Severity.HIGH: 1,
        Severity.MEDIUM: 1,
        Severity.LOW: 3,
    }
    assert report.count("findings.high") == 1
    assert report.measures == {"lines.scanned": 24}
    worst = report.findings[-1]
    assert (worst.rule, worst.path, worst.line) == ("B602", "src/shop/mess.py", 10)


def test_bandit_clean(recorded: Recorded) -> None:
    report = bandit.parse(recorded("bandit", "clean", "report"))

    assert report.findings == ()
    assert report.measures == {"lines.scanned": 17}


def test_bandit_could_not_read_a_file(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match=r"src/shop/bad\.py: syntax error"):
        bandit.parse(recorded("bandit", "unreadable", "report"))


def test_bandit_severities_are_known_ones(recorded: Recorded) -> None:
    data = recorded("bandit", "findings", "report")

    with pytest.raises(OutputUnreadable, match="SEVERE"):
        bandit.parse(data.replace(b'"issue_severity": "HIGH"', b'"issue_severity": "SEVERE"'))


def test_pip_audit_has_no_severity(recorded: Recorded) -> None:
    report = pip_audit.parse(recorded("pip-audit", "vulnerable", "audit"))
    (finding,) = report.findings

    assert (finding.measure, finding.severity) == ("findings", Severity.UNKNOWN)
    assert finding.rule == "CVE-2000-0000"
    assert finding.message.endswith(" -> 999.0")
    assert report.measures == {"components.audited": 9}


def test_pip_audit_clean(recorded: Recorded) -> None:
    report = pip_audit.parse(recorded("pip-audit", "clean", "audit"))

    assert report.findings == ()
    assert report.measures == {"components.audited": 9}


def test_a_skipped_package_is_a_feed_without_data(recorded: Recorded) -> None:
    with pytest.raises(NoReference, match="has no advisory data for"):
        pip_audit.parse(recorded("pip-audit", "skipped", "audit"))


def test_a_vulnerability_without_a_fix_says_so(recorded: Recorded) -> None:
    document = json.loads(recorded("pip-audit", "vulnerable", "audit"))
    for dependency in document["dependencies"]:
        for one in dependency["vulns"]:
            one["fix_versions"] = []
    (finding,) = pip_audit.parse(json.dumps(document).encode()).findings

    assert finding.message.endswith("not fixed in any version")


def test_a_feed_that_does_not_answer(recorded: Recorded) -> None:
    with pytest.raises(NoReference, match="ConnectionError"):
        pip_audit_log.parse(recorded("pip-audit", "feed-down", "log"))


@pytest.mark.parametrize("case", ["clean", "vulnerable", "skipped"])
def test_pip_audits_advice_on_standard_error_is_no_error(recorded: Recorded, case: str) -> None:
    report = pip_audit_log.parse(recorded("pip-audit", case, "log"))

    assert report.findings == ()


def test_detect_secrets(recorded: Recorded) -> None:
    report = detect_secrets.parse(recorded("detect-secrets", "secrets", "report"))
    (finding,) = report.findings

    assert (finding.measure, finding.rule) == ("secrets", "AWS Access Key")
    assert (finding.path, finding.line) == ("src/shop/mess.py", 1)
    assert report.measures["detectors"] >= 20


def test_neither_a_secret_nor_its_hash_is_told(recorded: Recorded) -> None:
    data = recorded("detect-secrets", "secrets", "report")
    ((secret,),) = json.loads(data)["results"].values()
    (finding,) = detect_secrets.parse(data).findings

    assert secret["hashed_secret"] not in repr(finding)
    assert finding.message == "possible secret: AWS Access Key"


def test_no_secret(recorded: Recorded) -> None:
    assert detect_secrets.parse(recorded("detect-secrets", "clean", "report")).findings == ()
