using Microsoft.Extensions.Logging;
using Npgsql;
using OrderHub.Channels.Answers;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Memos;
using OrderHub.Channels.Shipments;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;

namespace OrderHub.Channels.Deliveries;

/// <param name="Sent">What the platform was told, in words.</param>
/// <param name="Record">What else becomes true with it, in the transaction that settles the delivery; null = nothing.</param>
internal sealed record Told(DeliveryState State, string Sent, Func<HubTransaction, Task>? Record = null);

/// <summary>Tells the platform one thing that is no stock, and writes down how it went. A refusal stays visible, an outage is tried again.</summary>
internal sealed class SendDeliveryHandler(HubDatabase database, ShopCircuits circuits, DueDeliveries due, TellShipment shipments, TellMemo memos, TellAnswer answers,
    TimeProvider clock, ILogger<SendDeliveryHandler> log)
{
    public async Task HandleAsync(DueDelivery delivery, DeliveryTarget target, CancellationToken ct)
    {
        using var activity = HubTracing.Source.StartActivity("channels.deliver");
        CallLog.BelongTo(delivery.Id);
        var began = clock.GetTimestamp();
        try
        {
            var told = await circuits.For(target.Shop.Id).ExecuteAsync(async token => await TellAsync(delivery, target, token), ct);
            await database.RunAsync(async tx =>
            {
                await due.FinishAsync(tx, [DeliveryOutcome.Done(delivery, told.State, told.Sent, clock.GetElapsedTime(began), HubTracing.CurrentTraceId)], ct);
                if (told.Record is { } record) await record(tx);
            }, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is not NpgsqlException) // with our own database away the claim simply runs out
        {
            if (!ShopCircuits.IsOutage(failure)) log.LogWarning(failure, "Delivery {Kind} of {Subject} to shop {ShopId} was refused", delivery.Kind, delivery.Subject, delivery.ShopId);
            await database.RunAsync(tx => due.FinishAsync(tx, [DeliveryOutcome.Of(delivery, failure, target.Adapter.Abilities, clock.GetElapsedTime(began), HubTracing.CurrentTraceId)], ct), ct);
        }
    }

    private Task<Told> TellAsync(DueDelivery delivery, DeliveryTarget target, CancellationToken ct) => delivery.Kind switch
    {
        DeliveryKind.Shipment => shipments.TellAsync(delivery, target, ct),
        DeliveryKind.Memo => memos.TellAsync(delivery, target, ct),
        DeliveryKind.RefundAnswer => answers.TellAsync(delivery, target, ct),
        _ => throw new InvalidOperationException($"{delivery.Kind} is not told one by one."),
    };
}
