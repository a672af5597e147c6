namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>A token.</summary>
    /// <returns>A number.</returns>
    public static int Token() => new Random().Next();
}
