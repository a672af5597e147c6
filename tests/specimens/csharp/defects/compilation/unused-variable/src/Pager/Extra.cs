namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>Two.</summary>
    /// <returns>2.</returns>
    public static int Two()
    {
        int unused = 3;
        return 2;
    }
}
