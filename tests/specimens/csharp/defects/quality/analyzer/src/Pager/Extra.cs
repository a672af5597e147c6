namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    private static readonly int Zero = 0;

    /// <summary>Nothing.</summary>
    /// <returns>0.</returns>
    public static int Nothing() => Zero;
}
