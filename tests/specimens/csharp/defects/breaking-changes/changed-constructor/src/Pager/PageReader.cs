namespace Pager;

/// <summary>Follows cursors from page to page, and tries a failed request again.</summary>
/// <param name="fetch">Asks the service for the page behind a cursor, null for the first one.</param>
/// <param name="attempts">How often a request is tried before its failure is passed on.</param>
public sealed class PageReader(Func<string?, string> fetch, long attempts = 3)
{
    /// <summary>Yields the items of every page, in order.</summary>
    /// <returns>The items.</returns>
    public IEnumerable<string> ReadAll()
    {
        string? cursor = null;
        do
        {
            var page = Page.Parse(Fetch(cursor));
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private string Fetch(string? cursor)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return fetch(cursor);
            }
            catch (IOException) when (attempt < attempts)
            {
                // a dropped connection: ask again
            }
        }
    }
}
