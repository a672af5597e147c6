namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>The text itself.</summary>
    /// <param name="text">Some text.</param>
    /// <returns>The text.</returns>
    public static string Same(string? text) => text;
}
