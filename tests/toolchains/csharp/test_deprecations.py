"""Which items of C#'s sources are marked deprecated."""

from pytest_forge.toolchains.csharp.deprecations import marks

CODE = """\
public static class Kit
{
    /// <summary>Old.</summary>
    [Obsolete("use New")]
    public static int Old() => 1;

    [System.Obsolete]
    [Pure]
    public string Name { get; }

    [Obsolete("hidden")]
    internal void Hidden() { }
}
"""


def test_public_items_with_the_attribute() -> None:
    found = [(one.name, one.line, one.note) for one in marks("Kit.cs", CODE)]

    assert found == [("Old", 5, "use New"), ("Name", 9, "")]


def test_without_the_attribute_there_is_none() -> None:
    assert list(marks("Kit.cs", 'string text = "Obsolete";\n')) == []
