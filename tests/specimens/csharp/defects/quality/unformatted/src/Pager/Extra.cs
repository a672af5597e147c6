namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>Half.</summary>
    /// <param name="value">A value.</param>
    /// <returns>Its half.</returns>
    public static int Half( int value ){
        return value/2;
    }
}
