using System.Text;
using System.Text.Json;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Deliveries;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Memos;

/// <summary>The memo as it is owed to the platform.</summary>
internal sealed record Memo(string Text, int Flag)
{
    public static Memo Of(string json) => JsonSerializer.Deserialize<Memo>(json, JsonSerializerOptions.Web)!;
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <param name="Note">As the hub has it now.</param>
/// <param name="MostBytes">Longest memo, UTF-8; 0 = the platform takes none from us.</param>
/// <param name="Delivery">The last write-back; null = none yet.</param>
internal sealed record MemoView(SellerNote Note, int MostBytes, DeliveryState? Delivery, string? Error);

/// <summary>A colleague's memo: the order shows it at once, the platform is told after the commit. The newest memo is the one that counts.</summary>
internal sealed class WriteMemoHandler(HubDatabase database, ICatalog catalog, PlatformAdapters adapters, ISellerNotes notes, DeliveryQueue deliveries, AuditTrail audit, CurrentActor current)
{
    public async Task<MemoView?> ReadAsync(long orderId, CancellationToken ct)
    {
        if (await notes.FindAsync(orderId, ct) is not { } note) return null;
        var last = (await database.QueryAsync("select state, last_error from channels_deliveries where kind = 3 and shop_id = $1 and subject_id = $2",
            r => (State: (DeliveryState)r.GetInt16(0), Error: r.Text(1)), ct, note.ShopId, orderId)).Select(d => ((DeliveryState State, string? Error)?)d).FirstOrDefault();
        return new(note, await MostBytesAsync(note.ShopId, ct), last?.State, last?.Error);
    }

    public async Task<Result> HandleAsync(long orderId, string text, int flag, CancellationToken ct)
    {
        if (flag is < 0 or > 5) return ChannelErrors.MemoFlag;
        if (await notes.FindAsync(orderId, ct) is not { } before) return ChannelErrors.OrderGone;
        if (await MostBytesAsync(before.ShopId, ct) is var most && most == 0) return ChannelErrors.MemoUnsupported;
        var memo = new Memo(text.Trim(), flag);
        if (Encoding.UTF8.GetByteCount(memo.Text) > most) return ChannelErrors.MemoTooLong(most);
        await database.RunAsync(async tx =>
        {
            if (!await notes.SetAsync(tx, orderId, memo.Text, memo.Flag, current.Actor, ct)) return;
            await deliveries.OweAgainAsync(tx, DeliveryKind.Memo, [new(before.ShopId, orderId, before.PlatformOrderNo, memo.ToJson())], ct);
            await audit.WriteAsync(tx, current.Actor, "channels.memo", before.PlatformOrderNo, null, new Memo(before.Text, before.Flag), memo, ct);
        }, ct);
        return Result.Ok;
    }

    private async Task<int> MostBytesAsync(int shopId, CancellationToken ct) =>
        (await catalog.CurrentAsync(ct)).Shop(shopId) is { } shop && adapters.Find(shop.Kind)?.Abilities is { } abilities && abilities.Can(PlatformActions.Memo) ? abilities.MemoBytes : 0;
}

/// <summary>Replaces the memo on the platform. An older version of the order pulled meanwhile may have brought the old one back; what was told last is put right here too.</summary>
internal sealed class TellMemo(ISellerNotes notes)
{
    public async Task<Told> TellAsync(DueDelivery delivery, DeliveryTarget target, CancellationToken ct)
    {
        if (!target.Adapter.Abilities.Can(PlatformActions.Memo)) throw new PlatformException("channels.memo_unsupported", "该平台不支持回写卖家备注", isTransient: false);
        var memo = Memo.Of(delivery.Payload!);
        await target.Adapter.SetMemoAsync(target.Connection, delivery.Subject, memo.Text, memo.Flag, ct);
        return new(DeliveryState.Sent, memo.Text, tx => notes.SetAsync(tx, delivery.SubjectId, memo.Text, memo.Flag, Platform.Accounts.Actor.Channel(target.Shop.Code), ct));
    }
}
