using Xunit;

namespace Pager.UnitTests;

public sealed class PageReaderTests
{
    [Fact]
    public void Follows_cursors()
    {
        var reader = new PageReader(cursor => cursor is null
            ? """{"items": ["a"], "next": "2"}"""
            : """{"items": ["b"]}""");

        Assert.Equal(["a", "b"], reader.ReadEverything());
    }

    [Fact]
    public void Passes_the_last_failure_on()
    {
        var calls = 0;
        var reader = new PageReader(_ => { calls++; throw new IOException("down"); }, attempts: 2);

        Assert.Throws<IOException>(() => reader.ReadEverything().ToList());
        Assert.Equal(2, calls);
    }
}
