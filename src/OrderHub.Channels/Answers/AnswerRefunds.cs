using System.Text.Json;
using OrderHub.AfterSales.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Answers;

/// <param name="Delivery">The answer on its way or told; null = none for this version.</param>
/// <param name="CanAnswer">The buyer waits for an answer and the platform takes it from us.</param>
internal sealed record AnswerView(RefundView Refund, bool CanAnswer, DeliveryState? Delivery, bool? Agreed, string? Error);

internal sealed class AnswerRefundsHandler(HubDatabase database, ICatalog catalog, PlatformAdapters adapters, IRefundReader refunds, IOrderFlow flow, DeliveryQueue deliveries, AuditTrail audit,
    CurrentActor current) : IRefundAnswers
{
    private sealed record Earlier(DeliveryState State, RefundAnswer Answer, string? Error);

    public async Task<AnswerView?> ReadAsync(long refundId, CancellationToken ct)
    {
        if (await refunds.FindAsync(refundId, ct) is not { } refund) return null;
        var earlier = (await database.QueryAsync(EarlierSql, ReadEarlier, ct, refund.ShopId, refund.Id)).FirstOrDefault();
        var open = refund.Status == RefundStatus.Applied && await IsSupportedAsync(refund.ShopId, ct);
        return new(refund, open && IsFree(earlier, refund), earlier?.State, earlier?.Answer.Agree, earlier?.Error);
    }

    /// <summary>From a page: opens and commits its own transaction.</summary>
    public Task<Result> HandleAsync(long refundId, bool agree, string reason, CancellationToken ct) => database.RunAsync(tx => AnswerAsync(tx, refundId, agree, reason, current.Actor, ct), ct);

    public async Task<Result> AnswerAsync(HubTransaction tx, long refundId, bool agree, string reason, Actor actor, CancellationToken ct)
    {
        if (!agree && string.IsNullOrWhiteSpace(reason)) return ChannelErrors.AnswerReasonMissing;
        if (await refunds.LockAsync(tx, refundId, ct) is not { } refund) return ChannelErrors.RefundGone;
        var answer = new RefundAnswer(refund.RefundNo, refund.PlatformOrderNo, refund.Kind, agree, refund.AppliedFen, reason.Trim(), refund.Version);
        var earlier = (await tx.QueryAsync(EarlierSql + " for no key update", ReadEarlier, ct, refund.ShopId, refund.Id)).FirstOrDefault();
        if (earlier is { State: DeliveryState.Waiting or DeliveryState.Sent } && earlier.Answer == answer) return Result.Ok;
        if (refund.Status != RefundStatus.Applied) return ChannelErrors.AnswerNotAsked;
        if (!await IsSupportedAsync(refund.ShopId, ct)) return ChannelErrors.AnswerUnsupported;
        if (!IsFree(earlier, refund)) return ChannelErrors.AnsweredAlready;
        await deliveries.OweAgainAsync(tx, DeliveryKind.RefundAnswer, [new(refund.ShopId, refund.Id, refund.RefundNo, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web))], ct);
        if (refund.OrderId is { } order) await NoteAsync(tx, order, answer, actor, ct);
        await audit.WriteAsync(tx, actor, "channels.refund_answer", refund.RefundNo, reason, null, answer, ct);
        return Result.Ok;
    }

    private Task NoteAsync(HubTransaction tx, long orderId, RefundAnswer answer, Actor actor, CancellationToken ct) => answer.Agree
        ? flow.NoteAsync(tx, orderId, "同意退款", actor, $"{answer.RefundNo} {answer.Reason}".Trim(), ct)
        : flow.NoteAsync(tx, orderId, "拒绝退款", actor, $"{answer.RefundNo} {answer.Reason}".Trim(), ct);

    /// <summary>No answer stands in the way: there is none, the platform would not take it, or the buyer asked again since.</summary>
    private static bool IsFree(Earlier? earlier, RefundView refund) =>
        earlier is null || earlier.State is DeliveryState.Failed or DeliveryState.Dead or DeliveryState.Skipped || (earlier.State == DeliveryState.Sent && refund.Version > earlier.Answer.Version);

    private async Task<bool> IsSupportedAsync(int shopId, CancellationToken ct) =>
        (await catalog.CurrentAsync(ct)).Shop(shopId) is { } shop && adapters.Find(shop.Kind)?.Abilities.Can(PlatformActions.AnswerRefund) == true;

    public static RefundAnswer Read(string json) => JsonSerializer.Deserialize<RefundAnswer>(json, JsonSerializerOptions.Web)!;

    private const string EarlierSql = "select state, payload::text, last_error from channels_deliveries where kind = 4 and shop_id = $1 and subject_id = $2";

    private static Earlier ReadEarlier(Npgsql.NpgsqlDataReader r) => new((DeliveryState)r.GetInt16(0), Read(r.GetString(1)), r.Text(2));
}

/// <summary>Tells the answer. A buyer who took the request back meanwhile needs none.</summary>
internal sealed class TellAnswer(IRefundReader refunds)
{
    public async Task<Told> TellAsync(DueDelivery delivery, DeliveryTarget target, CancellationToken ct)
    {
        if (!target.Adapter.Abilities.Can(PlatformActions.AnswerRefund)) throw new PlatformException("channels.answer_unsupported", "该平台不支持答复售后", isTransient: false);
        var answer = AnswerRefundsHandler.Read(delivery.Payload!);
        if (await refunds.FindAsync(delivery.SubjectId, ct) is { Status: RefundStatus.Closed or RefundStatus.Done }) return new(DeliveryState.Skipped, "售后单已结束，无需答复");
        await target.Adapter.AnswerRefundAsync(target.Connection, answer, ct);
        return new(DeliveryState.Sent, answer.Agree ? "同意" : $"拒绝 {answer.Reason}");
    }
}
