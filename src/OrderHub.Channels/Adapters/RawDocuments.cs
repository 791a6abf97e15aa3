namespace OrderHub.Channels.Adapters;

internal static class RawDocuments
{
    /// <summary>An item of a list as a raw document; what can't be read of it stays empty, and the inbox puts it aside with the mapping's reason.</summary>
    public static RawDocument From(JsonReading item, Func<JsonReading, string> id, Func<JsonReading, long> version) =>
        new(Try(item, id) ?? "", Try(item, version), item.Element.GetRawText());

    /// <returns>Nothing when it can't be read.</returns>
    public static T? Try<T>(JsonReading item, Func<JsonReading, T> read)
    {
        try
        {
            return read(item);
        }
        catch (Exception e) when (e is UnreadablePayloadException or InvalidOperationException)
        {
            return default;
        }
    }
}
