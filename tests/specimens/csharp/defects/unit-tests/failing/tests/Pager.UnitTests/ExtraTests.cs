using Xunit;

namespace Pager.UnitTests;

public sealed class ExtraTests
{
    [Fact]
    public void Wrong() => Assert.Equal(2, Page.Parse("""{"items": ["a"]}""").Items.Count);

    [Fact]
    public void Throws() => throw new InvalidOperationException("bell \a <&> \"quoted\" \u00e9\u4e2d");
}
