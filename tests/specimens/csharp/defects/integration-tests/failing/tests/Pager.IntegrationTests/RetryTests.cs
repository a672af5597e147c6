using Xunit;

namespace Pager.IntegrationTests;

public sealed class RetryTests
{
    [Fact]
    [Trait("Category", "Integration")]
    public void Survives_a_dropped_connection()
    {
        var failures = 9;
        var reader = new PageReader(_ =>
        {
            if (failures-- > 0)
            {
                throw new IOException("connection reset");
            }

            return """{"items": ["a"]}""";
        });

        Assert.Equal(["a"], reader.ReadAll());
    }
}
