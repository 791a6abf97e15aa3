using OrderHub.Channels.Adapters;
using OrderHub.Channels.Inbox;

namespace OrderHub.Channels.Taobao;

/// <summary>
/// The message queue of the app (TMC), polled. A message is only a hint; the trade or refund is fetched. The queue is the app's: where one
/// app serves several shops, any of them takes all, and a foreign number fetches as unknown.
/// </summary>
internal static class TaobaoMessages
{
    private const int AtOnce = 100;
    private const int ConfirmedAtOnce = 200;

    public static async Task<IReadOnlyList<PlatformMessage>> TakeAsync(TaobaoClient client, ShopConnection shop, CancellationToken ct)
    {
        var answer = await client.CallAsync(shop, "taobao.tmc.messages.consume", new Dictionary<string, string> { ["quantity"] = TaobaoClient.Text(AtOnce) }, ct);
        var taken = PlatformHttp.Read(answer, a => a.Wrapped("messages", "tmc_message").Select(m => (Id: m.Id("id"), News: News(m))).ToList());
        // what has no news for us would come again for ever
        await ConfirmAsync(client, shop, [.. taken.Where(m => m.News is null).Select(m => m.Id)], ct);
        return [.. taken.Select(m => m.News).OfType<PlatformMessage>()];
    }

    public static async Task ConfirmAsync(TaobaoClient client, ShopConnection shop, IReadOnlyList<string> ids, CancellationToken ct)
    {
        foreach (var some in ids.Chunk(ConfirmedAtOnce))
            await client.CallAsync(shop, "taobao.tmc.messages.confirm", new Dictionary<string, string> { ["s_message_ids"] = string.Join(',', some) }, ct);
    }

    private static PlatformMessage? News(JsonReading message)
    {
        var topic = message.Text("topic");
        if (topic.StartsWith("taobao_refund_", StringComparison.Ordinal)) return Subject(message, "refund_id") is { } refund ? new(message.Id("id"), DocumentKind.Refund, refund) : null;
        if (topic.StartsWith("taobao_trade_", StringComparison.Ordinal)) return Subject(message, "tid") is { } trade ? new(message.Id("id"), DocumentKind.Order, trade) : null;
        return null;
    }

    private static string? Subject(JsonReading message, string name)
    {
        try
        {
            return JsonReading.Map(message.Text("content"), content => content.TextOrNull(name));
        }
        catch (UnreadablePayloadException)
        {
            return null;
        }
    }
}
