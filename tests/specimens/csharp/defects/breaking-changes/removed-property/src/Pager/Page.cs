using Newtonsoft.Json;

namespace Pager;

/// <summary>One page of an answer.</summary>
/// <param name="Items">What the page holds, in order.</param>
/// <param name="Next">The cursor of the following page, or null on the last one.</param>
public sealed record Page(
    [property: JsonProperty("items")] IReadOnlyList<string> Items,
    [property: JsonProperty("next")] string? Next)
{
    /// <summary>Reads a page from the JSON text that the service sends.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The page.</returns>
    /// <exception cref="FormatException">The text is no page.</exception>
    public static Page Parse(string json)
    {
        Page? page;
        try
        {
            page = JsonConvert.DeserializeObject<Page>(json);
        }
        catch (JsonException error)
        {
            throw new FormatException("not a page: " + error.Message, error);
        }

        return page?.Items is null ? throw new FormatException("not a page: no items") : page;
    }
}
