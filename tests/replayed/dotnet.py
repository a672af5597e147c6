"""Stands in for `dotnet`: answers from the recordings, by its arguments, as the real one did.

python -I dotnet.py SETTING ARGUMENT...

SETTING is a JSON file: `recordings`, `root` (the repository's), `packages` (where a restore finds
the packages), and `cases`, which names the recorded case for each kind of command. A command that
no recording of that case answers ends with status 99. Of a recorded command every option must be
given; what forge gives beside them stands in `BESIDE`.
"""

import json
import os
import pathlib
import re
import signal
import sys
from typing import Any, NoReturn

UNANSWERED = 99
# Options with which nothing was recorded, and what they change in what was.
BESIDE = {
    "-p:AnalysisModeSecurity=All": "the log says of the security rules that they were on",
    "-p:CodeAnalysisTreatWarningsAsErrors=false": "nothing",
    "-p:RestorePackagesWithLockFile=false": "nothing",
    "--no-restore": "nothing, behind a restore",
    "-v": "the diagnostic text of the clean case",
}
# What a project sets in its own files, and the recordings by options.
PROJECTS_OWN = (
    "-warnaserror",
    "-p:AnalysisLevel=latest-recommended",
    "-p:EnforceCodeStyleInBuild=true",
)
# Options of recordings that forge words in another way.
_PLACED = re.compile(
    r"^(?:/|\{|-p:(?:CustomAfterMicrosoftCommonTargets|SarifDir|Version|"
    r"PackageValidationBaselinePath|ApiCompatSuppressionOutputFile)=)"
)


class Recording:
    """One recorded case."""

    def __init__(self, directory: pathlib.Path) -> None:
        self.directory = directory
        case: dict[str, Any] = json.loads((directory / "case.json").read_text(encoding="utf-8"))
        self.commands: list[list[str]] = case["commands"]
        self.statuses: list[int] = case["exit_statuses"]
        self.written: dict[str, str] = case["written"]

    def number(self, verb: str, options: set[str]) -> int | None:
        """Return the last command of a kind whose options are all given, None for none."""
        numbers = [
            number
            for number, command in enumerate(self.commands, 1)
            if command[1:2] == [verb] and asked(command) <= options
        ]
        return numbers[-1] if numbers else None

    def stream(self, name: str, number: int) -> str:
        """Return what was printed."""
        path = self.directory / f"{name}-{number}.txt"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def files(self, prefix: str) -> dict[str, bytes]:
        """Return what was written below a directory, by its place there."""
        return {
            place[len(prefix) :]: (self.directory / name).read_bytes()
            for place, name in self.written.items()
            if place.startswith(prefix)
        }


def asked(command: list[str]) -> set[str]:
    """Return the options of a command that say what is done, not where."""
    return {word for word in command[2:] if word.startswith("-") and not _PLACED.match(word)}


class StandIn:
    """What the recordings say, put where this command's arguments want it."""

    def __init__(self, setting: dict[str, Any], argv: list[str]) -> None:
        self.recordings = pathlib.Path(setting["recordings"])
        self.root: str = setting["root"]
        self.packages = pathlib.Path(setting["packages"])
        self.cases: dict[str, str] = setting["cases"]
        self.fault: dict[str, str] = setting.get("fault", {})
        self.argv = argv

    def recording(self, kind: str, clean: str) -> Recording:
        """Return the case that is set for a kind of command, else the clean one."""
        self.kind = kind
        return Recording(self.recordings / self.cases.get(kind, clean))

    def value(self, option: str) -> str:
        """Return the argument behind an option, or of a property."""
        for place, word in enumerate(self.argv):
            if word == option:
                return self.argv[place + 1]
            if word.startswith(f"-p:{option}="):
                return word.partition("=")[2]
        return ""

    def moved(self, text: str) -> str:
        """Return a text with the paths of this machine."""
        return re.sub(r"(?<![\w.])/repo(?=/|\b)", self.root, text)

    def answer(self, recording: Recording, verb: str) -> NoReturn:
        """Answer as the last recorded command of that kind was answered."""
        number = recording.number(verb, set(self.argv))
        self.end(recording, number)

    def end(self, recording: Recording, number: int | None, stdout: str | None = None) -> NoReturn:
        """Print what a command printed, and end as it ended."""
        if number is None:
            sys.stderr.write(f"no recording of {recording.directory.name} answers {self.argv}\n")
            sys.exit(UNANSWERED)
        printed = recording.stream("stdout", number) if stdout is None else stdout
        self.leave(printed)
        sys.stderr.write(self.moved(recording.stream("stderr", number)))
        sys.stdout.flush()
        sys.exit(recording.statuses[number - 1])

    def leave(self, printed: str) -> None:
        """Print, and end as the fault of this kind of command wants it."""
        sys.stdout.buffer.write(self.damaged(self.moved(printed).encode("utf-8")))
        sys.stdout.flush()
        how = self.fault.get(self.kind, "")
        if how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "status":
            sys.exit(77)

    def damaged(self, data: bytes) -> bytes:
        """Return what a command leaves, with the fault that is set for its kind."""
        how = self.fault.get(self.kind, "")
        if how == "empty":
            return b""
        if how == "half":
            return data[: len(data) // 2]
        if how == "garbage":
            return b"\x00\xff\xfe not what you think \x1b[31m\n" * 3
        if how == "sentence":
            return b"Everything is fine.\n"
        return data

    def write(self, path: pathlib.Path, data: bytes) -> None:
        """Write a file of a recording."""
        path.parent.mkdir(parents=True, exist_ok=True)
        moved = self.moved(data.decode("utf-8")).encode("utf-8")
        path.write_bytes(self.damaged(moved))

    def run(self) -> NoReturn:
        """Answer the command."""
        missing = self.recording("build", "dotnet-build-10.0.401/clean")
        self.kind = ""
        if missing.statuses[0] == 155:
            self.end(missing, 1 if self.argv == ["--version"] else 2)
        if self.argv == ["--version"]:
            sys.stdout.write("10.0.401\n")
            sys.exit(0)
        kinds = {
            "restore": self.restore,
            "msbuild": self.evaluate,
            "build": self.build,
            "test": self.test,
            "format": self.format,
            "list": self.list,
            "pack": self.pack,
        }
        kinds[self.argv[0]]()

    def restore(self) -> NoReturn:
        """Restore: of forge's own project what the audit said, else the set case."""
        if self.argv[1].endswith("Audited.csproj"):
            self.answer(self.recording("source", "dotnet-audit-10.0.401/vulnerable"), "restore")
        self.kind = "restore"
        licenses = Recording(self.recordings / "licenses-10.0.401/clean")
        for place, data in licenses.files("src/").items():
            text = data.decode().replace("/home/user/.nuget/packages/", f"{self.packages}/")
            self.write(pathlib.Path(self.root, "src", place), text.encode())
        for place, data in licenses.files("packages/").items():
            self.write(self.packages / place, data)
        self.answer(self.recording("restore", "dotnet-build-10.0.401/clean"), "restore")

    def evaluate(self) -> NoReturn:
        """Say of a project what MSBuild said: of the library's, or of a test project."""
        recording = self.recording("msbuild", "dotnet-projects-10.0.401/clean")
        self.end(recording, 2 if self.argv[1] == "src/Pager/Pager.csproj" else 3)

    def build(self) -> NoReturn:
        """Build: the logs go where the property says, with the rules that forge switches on."""
        recording = self.recording("build", "dotnet-build-10.0.401/clean")
        place = pathlib.Path(self.value("SarifDir"))
        logs = recording.files("sarif/")
        number = recording.number("build", {*self.argv, *PROJECTS_OWN})
        printed = recording.stream("stdout", number or 1)
        clean = Recording(self.recordings / "dotnet-build-10.0.401/clean").files("sarif/")
        for name, data in clean.items() if logs else ():
            # The logs of test projects were kept once, where they were written at all.
            if f"  {name.removesuffix('.net10.0.sarif')} -> " in printed:
                logs.setdefault(name, data)
        for name, data in logs.items():
            self.write(place / name, self.switched_on(data))
        self.end(recording, number)

    def switched_on(self, data: bytes) -> bytes:
        """Add to a log what those logs say in which CA1502 and the security rules were on."""
        document = json.loads(data)
        for name in ("complexity", "security-analyzers"):
            path = self.recordings / f"dotnet-build-10.0.401/{name}/Pager.net10.0.sarif"
            (given,) = json.loads(path.read_text(encoding="utf-8"))["runs"][0]["invocations"]
            for invocation in document["runs"][0].get("invocations", []):
                overrides = invocation["ruleConfigurationOverrides"]
                overrides += given["ruleConfigurationOverrides"]
        return json.dumps(document).encode()

    def test(self) -> NoReturn:
        """Test a project: its reports are those that name it, or nothing."""
        integration = "IntegrationTests" in self.argv[1]
        kind, clean = ("integration", "clean") if integration else ("test", "unit-only")
        recording = self.recording(kind, f"dotnet-test-10.0.401/{clean}")
        name, other = ("Integration", "Unit") if integration else ("Unit", "Integration")
        place = pathlib.Path(self.value("--results-directory"))
        number = recording.number(
            "test",
            {*self.argv, "--collect", "--blame-hang-timeout", "--blame-hang-dump-type", "--filter"},
        )
        for path, data in recording.files("tests/").items():
            if f"{other}Tests.dll".encode() in data and f"{name}Tests.dll".encode() not in data:
                continue
            if path.endswith(".xml") and "--collect" not in self.argv:
                continue
            self.write(place / path, data)
        self.end(recording, number)

    def format(self) -> NoReturn:
        """Format: the report goes where the option says."""
        recording = self.recording("format", "dotnet-format-10.0.401/clean")
        for name, data in recording.files("format/").items():
            self.write(pathlib.Path(self.value("--report"), name), data)
        number = recording.number("format", set(self.argv))
        diagnostic = recording.stream("stdout", number or 1)
        clean = Recording(self.recordings / "dotnet-format-10.0.401/clean")
        no_project = "Unhandled exception" in recording.stream("stderr", number or 1)
        self.end(recording, number, diagnostic or ("" if no_project else clean.stream("stdout", 3)))

    def list(self) -> NoReturn:
        """List packages: all of them, or the vulnerable ones."""
        if "--vulnerable" in self.argv:
            # Where nothing is vulnerable it prints the same as where nothing is known.
            self.answer(self.recording("vulnerable", "dotnet-audit-10.0.401/no-audit-data"), "list")
        self.kind = "packages"
        self.answer(Recording(self.recordings / "dotnet-packages-10.0.401/clean"), "list")

    def pack(self) -> NoReturn:
        """Pack: a package of the release, or a comparison with it in a fresh obj/."""
        recording = self.recording("pack", "package-validation-10.0.401/clean")
        place = pathlib.Path(self.value("-o"))
        if not self.value("PackageValidationBaselinePath"):
            self.pack_release(recording, place)
        fresh = next(
            n
            for n in range(len(recording.commands), 0, -1)
            if "Successfully created" in recording.stream("stdout", n)
        )
        strict = bool(self.value("EnableStrictModeForBaselineValidation"))
        for name, data in recording.files("").items():
            if strict or name == "breaking.xml":
                self.write(pathlib.Path(self.value("ApiCompatSuppressionOutputFile")), data)
        printed = recording.stream("stdout", fresh).partition("error")[0]
        self.leave(printed)
        # With a suppression file a break is no failure.
        sys.exit(0 if recording.files("") or recording.statuses[fresh - 1] == 0 else 1)

    def pack_release(self, recording: Recording, place: pathlib.Path) -> NoReturn:
        """Pack the last release, unless that was not recorded: then it is not there."""
        if recording.commands[0][1:3] == ["pack", "/base/src/Pager"]:
            place.mkdir(parents=True, exist_ok=True)
            (place / "Pager.Sdk.1.0.0.nupkg").write_bytes(b"PK")
        self.end(recording, 1)


def main(setting: str, *argv: str) -> None:
    """Answer one command."""
    given = json.loads(pathlib.Path(setting).read_text(encoding="utf-8"))
    StandIn(given, list(argv)).run()


main(*sys.argv[1:])
