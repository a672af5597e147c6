"""lizard, which measures how complex functions are, for the languages whose tools do not."""

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import lizard
from pytest_forge.toolchains.declarations import Check, Context, Output, Package, Run, Step, Tool

LIZARD = Tool(
    name="lizard",
    install="pip install lizard",
    executable="lizard",
    packages=(Package("pypi", "lizard", "1.24.3"),),
)


def run(name: str, *languages: str, files: str = "sources") -> Run:
    """Return the run that measures the project's files in the fact `files`, in these languages."""
    of_languages = (f"--languages={language}" for language in languages)
    # The limit is ours to judge: -i is the number of functions that it may itself find too complex.
    argv = ("{tool}", *of_languages, "--xml", "-i", "-1", f"{{{files}}}")

    def measured(context: Context) -> tuple[str, ...]:
        # Without a file it would look at all that lies below the directory.
        if not context.project.words(files):
            raise NothingMeasured("no source file ships", "exempt the check")
        return argv

    return Run(
        name=name,
        needs=(LIZARD,),
        steps=(Step(measured),),
        outputs=(Output("report", "stdout", lizard.parse),),
    )


def check(run_name: str) -> Check:
    """Return the check of a language that reads such a run."""
    return Check(
        name="lizard",
        gate="quality",
        run=run_name,
        proof="functions",
        nothing="lizard found no function; exempt the check if the project has none",
        supplies=("complexity.max",),
    )
