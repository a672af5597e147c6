namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>No page.</summary>
    /// <returns>Never.</returns>
    public static Page Nothing() => Page.Parse(null);
}
