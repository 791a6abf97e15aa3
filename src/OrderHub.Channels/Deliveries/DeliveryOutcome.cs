using OrderHub.Channels.Adapters;
using OrderHub.Channels.Connections;
using Polly.CircuitBreaker;

namespace OrderHub.Channels.Deliveries;

/// <summary>How one attempt went.</summary>
/// <param name="Sent">What was told, in words.</param>
/// <param name="Wait">Null = settled; otherwise it is tried again after this time.</param>
/// <param name="Counts">False when nothing was sent because the shop's circuit is open.</param>
/// <param name="Took">Null when the platform was not called, because there was no news for it.</param>
/// <param name="TraceId">Of the attempt's calls; null when there were none.</param>
internal sealed record DeliveryOutcome(DueDelivery Delivery, DeliveryState State, string? Sent, string? Error, TimeSpan? Wait, bool Counts, TimeSpan? Took, string? TraceId)
{
    public static DeliveryOutcome Done(DueDelivery delivery, DeliveryState state, string sent, TimeSpan? took, string? traceId) => new(delivery, state, sent, null, null, true, took, traceId);

    private static readonly TimeSpan UntilTokenRenewed = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A refusal stays until people deal with it; an outage is tried again, a little spread so that a whole shop does not come back in the
    /// same instant. An ended token is neither: whatever is to be told waits for the next one (<see cref="DeliveryQueue.HurryAsync"/>).
    /// </summary>
    public static DeliveryOutcome Of(DueDelivery delivery, Exception failure, PlatformAbilities? abilities, TimeSpan? took, string? traceId) => failure switch
    {
        _ when abilities?.IsAboutToken(failure) == true => new(delivery, DeliveryState.Waiting, null, TransientErrors.Describe(failure), UntilTokenRenewed, Counts: false, took, traceId),
        BrokenCircuitException => new(delivery, DeliveryState.Waiting, null, ShopCircuits.OpenWords, ShopCircuits.Pause, Counts: false, took, null),
        _ when ShopCircuits.IsOutage(failure) => new(delivery, DeliveryState.Waiting, null, TransientErrors.Describe(failure),
            (failure is PlatformException { RetryAfter: { } asked } ? asked : DeliveryRetries.After(delivery.Attempts)) * (1 + Random.Shared.NextDouble() / 5), Counts: true, took, traceId),
        _ => new(delivery, DeliveryState.Failed, null, TransientErrors.Describe(failure), null, Counts: true, took, traceId),
    };
}
