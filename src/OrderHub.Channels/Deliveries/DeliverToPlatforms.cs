using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderHub.Channels.Connections;

namespace OrderHub.Channels.Deliveries;

internal sealed class DeliverySignal : WakeUp;

/// <summary>Sends what the platforms are owed, shop by shop.</summary>
internal sealed class DeliverToPlatforms(DueDeliveries due, DeliverySignal signal, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeliverToPlatforms> log)
    : ShopWorker(signal, Poll, clock, log)
{
    /// <summary>Small enough that what becomes urgent meanwhile need not wait long for its turn.</summary>
    private const int Claim = 24;

    /// <summary>The safety net beside the signal: retries that fall due, and what other hosts wrote.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);

    /// <summary>A shop's rounds are at least so far apart while its queue is short: a burst of changes of one SKU becomes one call, the first of them is not held up.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private readonly TimeProvider _clock = clock;

    protected override Task<List<int>> DueShopsAsync(CancellationToken ct) => due.ShopsAsync(ct);

    protected override async Task EmptyAsync(int shopId, CancellationToken ct)
    {
        for (var sent = Claim; sent > 0;)
        {
            var began = _clock.GetTimestamp();
            sent = await SendDueAsync(shopId, ct);
            if (sent is > 0 and < Claim && Gathering - _clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero) await Task.Delay(left, _clock, ct);
        }
    }

    /// <summary>One round for a shop.</summary>
    /// <returns>How many were taken in hand.</returns>
    public async Task<int> SendDueAsync(int shopId, CancellationToken ct)
    {
        var claimed = await due.ClaimAsync(shopId, Claim, ct);
        if (claimed.Count == 0) return 0;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendRoundHandler>().HandleAsync(shopId, claimed, ct);
        return claimed.Count;
    }
}
