using System.Collections.Concurrent;
using OrderHub.Channels.Connections;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OrderHub.Channels.Deliveries;

/// <summary>One circuit per shop: a platform that keeps failing is left alone for half a minute, the others don't notice.</summary>
internal sealed class ShopCircuits(TimeProvider clock)
{
    /// <summary>What a delivery says that waits for the circuit; the alerts look for it.</summary>
    public const string OpenWords = "平台连续失败，已暂停半分钟";
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<int, ResiliencePipeline> _byShop = new();

    public ResiliencePipeline For(int shopId) => _byShop.GetOrAdd(shopId, _ => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 8,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = Pause,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } failure && IsOutage(failure)),
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = CallTimeout }).Build());

    public static bool IsOutage(Exception failure) => failure is TimeoutRejectedException || TransientErrors.IsTransient(failure);
}
