using Xunit;

namespace Pager.UnitTests;

public sealed class ExtraTests
{
    [Theory]
    [InlineData(0, "a")]
    [InlineData(1, "b")]
    [InlineData(2, "c")]
    [InlineData(3, "d")]
    [InlineData(4, "e")]
    [InlineData(5, "f")]
    [InlineData(6, "g")]
    [InlineData(7, "h")]
    [InlineData(8, "i")]
    [InlineData(9, "j")]
    [InlineData(10, "k")]
    [InlineData(11, "z")]
    public void Names(int value, string name) => Assert.Equal(name, Extra.Name(value));
}
