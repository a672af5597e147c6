namespace Pager;

/// <summary>Extra.</summary>
public static class Extra
{
    /// <summary>A digest.</summary>
    /// <param name="data">Some bytes.</param>
    /// <returns>Their digest.</returns>
    public static byte[] Digest(byte[] data)
    {
        return System.Security.Cryptography.MD5.HashData(data);
    }
}
