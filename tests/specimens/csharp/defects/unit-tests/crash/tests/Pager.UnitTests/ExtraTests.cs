using Xunit;

namespace Pager.UnitTests;

public sealed class ExtraTests
{
    [Fact]
    public void Dies() => Environment.FailFast("gone");
}
