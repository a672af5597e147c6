using Xunit;

namespace Pager.UnitTests;

public sealed class PageTests
{
    [Fact]
    public void Reads_items_and_cursor()
    {
        var page = Page.Parse("""{"items": ["a", "b"], "next": "c2"}""");

        Assert.Equal(["a", "b"], page.Items);
        Assert.NotNull(page.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void Refuses_what_is_no_page(string json)
    {
        Assert.Throws<FormatException>(() => Page.Parse(json));
    }

    [Fact]
    public void Last_page_has_no_next()
    {
        Assert.Null(Page.Parse("""{"items": []}""").Next);
    }
}
