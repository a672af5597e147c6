namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>Number 1.</summary>
    /// <returns>1.</returns>
    public static int Number1()
    {
        var number = 1;
        return number;
    }

    /// <summary>Number 2.</summary>
    /// <returns>2.</returns>
    public static int Number2()
    {
        var number = 2;
        return number;
    }

    /// <summary>Number 3.</summary>
    /// <returns>3.</returns>
    public static int Number3()
    {
        var number = 3;
        return number;
    }

    /// <summary>Number 4.</summary>
    /// <returns>4.</returns>
    public static int Number4()
    {
        var number = 4;
        return number;
    }

    /// <summary>Number 5.</summary>
    /// <returns>5.</returns>
    public static int Number5()
    {
        var number = 5;
        return number;
    }

    /// <summary>Number 6.</summary>
    /// <returns>6.</returns>
    public static int Number6()
    {
        var number = 6;
        return number;
    }

    /// <summary>Number 7.</summary>
    /// <returns>7.</returns>
    public static int Number7()
    {
        var number = 7;
        return number;
    }

    /// <summary>Number 8.</summary>
    /// <returns>8.</returns>
    public static int Number8()
    {
        var number = 8;
        return number;
    }
}
