"""Matching a project's components with a local database, and with a server."""

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pytest_forge import advisories
from pytest_forge.errors import NoReference, NothingMeasured
from pytest_forge.model import Component, Report, Severity
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import AdvisorySource, ProjectSettings
from pytest_forge.toolchains.declarations import Context

DATA = Path(__file__).parents[1] / "data" / "advisories"
LOCAL = AdvisorySource(database=DATA)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advisories, "today", lambda: date(2023, 10, 20))


def matched(
    components: list[Component],
    source: AdvisorySource = LOCAL,
    ecosystem: str = "PyPI",
    **facts: FactValue,
) -> Report:
    root = Path("/nowhere")
    project = Project("sdk/pyproject.toml", "python", "sdk", facts)
    settings = ProjectSettings(advisories=source)
    context = Context(project, settings, Tree(root, ()), root, root / "sdk", root / "scratch")
    compute = advisories.matcher(ecosystem)
    return compute(context, {"environment": Report(components=tuple(components))})


def package(name: str, version: str, ecosystem: str = "PyPI", ships: bool = True) -> Component:
    return Component(name, version, ecosystem, ships=ships)


def test_a_known_vulnerability_is_a_finding() -> None:
    report = matched([package("urllib3", "1.26.16"), package("attrs", "23.1.0")])
    (finding,) = report.findings
    assert (finding.measure, finding.rule) == ("findings", "PYSEC-2023-192")
    assert finding.severity is Severity.HIGH
    assert finding.path == "sdk/pyproject.toml"
    assert finding.message.startswith(
        "urllib3 1.26.16 (high) -> 1.26.17: urllib3 is a user-friendly"
    )
    assert finding.message.endswith("[GHSA-v845-jxx5-vc9f, CVE-2023-43804]")
    assert finding.help_url.startswith("https://")


def test_the_report_tells_what_was_considered_and_how_old_it_is() -> None:
    report = matched([package("attrs", "23.1.0")])
    assert report.findings == ()
    assert report.measures == {"advisories": 5, "components": 1}
    assert report.notes == ("advisories: local database, newest record 2023-10-10, 10 days old",)


def test_unknown_severity_and_a_missing_fix_are_said() -> None:
    report = matched([package("py", "1.11.0", ships=False)])
    message = report.findings[0].message
    assert message.startswith("py 1.11.0 (unknown, does not ship) (no fixed version): The py")


def test_records_of_one_vulnerability_are_one_finding() -> None:
    report = matched([package("distributed", "2021.9.0")])
    (finding,) = report.findings
    assert finding.rule == "PYSEC-2021-871"
    assert "PYSEC-2021-872" in finding.message


def test_a_package_that_is_listed_twice_is_matched_once() -> None:
    assert len(matched([package("jinja2", "2.11.2")] * 2).findings) == 1
    two = [package("jinja2", "2.11.2"), package("jinja2", "2.11.1")]
    assert len(matched(two).findings) == 2


def test_each_ecosystem_has_its_own_records() -> None:
    components = [package("smallvec", "1.6.0", "crates.io"), package("jinja2", "2.11.2")]
    report = matched(components, ecosystem="crates.io")
    assert [one.rule for one in report.findings] == ["PYSEC-2021-66", "RUSTSEC-2021-0003"]
    assert report.measures["advisories"] == 5 + 3


def test_no_declared_dependency_is_a_measurement() -> None:
    report = matched([])
    assert report.measures == {"advisories": 5, "components": 0}
    assert any("0 of 0" in note for note in report.notes)


def test_declared_dependencies_that_are_not_there_are_not_measured() -> None:
    with pytest.raises(NothingMeasured, match="none of the 1 declared"):
        matched([], dependencies=("jinja2",))


def test_a_version_that_cannot_be_compared_is_not_measured() -> None:
    with pytest.raises(NothingMeasured, match="jinja2 has advisories"):
        matched([package("jinja2", "")])
    assert matched([package("local-kit", "")]).findings == ()


def test_a_database_older_than_max_age_is_no_reference() -> None:
    assert matched([], AdvisorySource(DATA, max_age=timedelta(days=10))).findings == ()
    with pytest.raises(NoReference, match="newest record 2023-10-10, 10 days old"):
        matched([], AdvisorySource(DATA, max_age=timedelta(days=9)))


def test_without_a_source_there_is_no_reference() -> None:
    with pytest.raises(NoReference, match="no source of advisories"):
        matched([], AdvisorySource())


@pytest.mark.parametrize(
    ("source", "expected"),
    [(LOCAL, True), (AdvisorySource(url="https://x"), True), (AdvisorySource(), False)],
)
def test_a_source_is_configured(source: AdvisorySource, expected: bool) -> None:
    assert advisories.configured(ProjectSettings(advisories=source)) is expected


class Server:
    """A server on this machine that gives, for a package's name, what `answers` holds."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {"jinja2": [{"vulns": [_record("PYSEC-2021-66")]}]}
        self.asked: list[Mapping[str, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                question = json.loads(body)
                server.asked.append(question)
                pages = server.answers.get(question["package"]["name"], [{}])
                answer = pages[int(question.get("page_token", 0))]
                self.send_response(200 if self.path == "/v1/query" else 404)
                self.end_headers()
                self.wfile.write(
                    answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                )

            def log_message(self, format: str, *args: object) -> None:
                """Print nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    @property
    def source(self) -> AdvisorySource:
        return AdvisorySource(url=self.url)


def _record(identifier: str) -> dict[str, Any]:
    (path,) = DATA.glob(f"*/{identifier}.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


def test_a_server_is_asked_about_every_component(server: Server) -> None:
    server.answers["urllib3"] = [
        {"vulns": [_record("PYSEC-2022-15")], "next_page_token": "1"},
        {"vulns": [_record("PYSEC-2023-192")]},
    ]
    report = matched([package("urllib3", "2.0.1"), package("attrs", "23.1.0")], server.source)
    (finding,) = report.findings
    assert finding.message.startswith("urllib3 2.0.1 (high) -> 2.0.6")
    assert report.measures == {"advisories": 2, "components": 2}
    assert report.notes == (f"advisories: {server.url}, asked about 2 packages",)
    assert {"version": "23.1.0", "package": {"name": "attrs", "ecosystem": "PyPI"}} in server.asked


def test_the_servers_word_holds_where_the_record_gives_no_range(server: Server) -> None:
    server.answers["kit"] = [{"vulns": [{"id": "GHSA-1", "aliases": None}]}]
    (finding,) = matched([package("kit", "unknown")], server.source).findings
    assert finding.message == "kit unknown (unknown) (no fixed version): no summary"


def test_a_servers_word_needs_no_order_of_versions(server: Server) -> None:
    server.answers["org.apache.logging.log4j:log4j-core"] = [{"vulns": [{"id": "GHSA-2"}]}]
    components = [package("org.apache.logging.log4j:log4j-core", "2.14.1", "Maven")]
    report = matched(components, server.source, "Maven")
    assert [one.rule for one in report.findings] == ["GHSA-2"]


def test_an_ecosystem_without_a_proof_is_no_reference(server: Server) -> None:
    with pytest.raises(NoReference, match="has data for Hex"):
        matched([], server.source, "Hex")


def test_a_server_that_knows_nothing_is_no_reference(server: Server) -> None:
    server.answers.clear()
    with pytest.raises(NoReference, match=r"knows no vulnerability of jinja2 2\.4\.1"):
        matched([package("attrs", "23.1.0")], server.source)


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", [], {"vulns": "none"}, {"vulns": [{"no": "id"}]}, {"vulns": ["X"]}]
)
def test_a_servers_nonsense_is_no_reference(server: Server, answer: object) -> None:
    server.answers["attrs"] = [answer]
    with pytest.raises(NoReference, match="gave no usable answer"):
        matched([package("attrs", "23.1.0")], server.source)


def test_endless_pages_are_no_reference(server: Server) -> None:
    server.answers["attrs"] = [{"next_page_token": "0"}]
    with pytest.raises(NoReference, match="more than 50 pages"):
        matched([package("attrs", "23.1.0")], server.source)


def test_an_error_status_is_no_reference(server: Server) -> None:
    with pytest.raises(NoReference, match="404"):
        matched([], AdvisorySource(url=f"{server.url}/elsewhere"))


def test_a_server_that_does_not_answer_is_no_reference(server: Server) -> None:
    server.http.server_close()
    with pytest.raises(NoReference, match="gave no usable answer"):
        matched([], AdvisorySource(url=server.url))


def test_only_http_is_spoken() -> None:
    with pytest.raises(NoReference, match="no http"):
        matched([], AdvisorySource(url="file:///etc"))
