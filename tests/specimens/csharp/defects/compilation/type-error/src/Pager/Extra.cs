namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>Bad.</summary>
    public static int Bad() { return "x"; }
}
