namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>A name.</summary>
    /// <param name="value">A value.</param>
    /// <returns>Its name.</returns>
    public static string Name(int value)
    {
        if (value == 0)
        {
            return "a";
        }

        if (value == 1)
        {
            return "b";
        }

        if (value == 2)
        {
            return "c";
        }

        if (value == 3)
        {
            return "d";
        }

        if (value == 4)
        {
            return "e";
        }

        if (value == 5)
        {
            return "f";
        }

        if (value == 6)
        {
            return "g";
        }

        if (value == 7)
        {
            return "h";
        }

        if (value == 8)
        {
            return "i";
        }

        if (value == 9)
        {
            return "j";
        }

        if (value == 10)
        {
            return "k";
        }

        return "z";
    }
}
