namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>Never set.</summary>
    public static string Name;

    /// <summary>The first character.</summary>
    /// <param name="text">Some text.</param>
    /// <returns>Its first character.</returns>
    public static char First(string? text)
    {
        return text[0];
    }
}
