namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    public static int Bad( { return 1; }
}
