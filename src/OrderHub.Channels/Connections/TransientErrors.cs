using OrderHub.Channels.Adapters;
using Polly.CircuitBreaker;

namespace OrderHub.Channels.Connections;

/// <summary>Which failures of a platform call may pass by themselves; the rest are told to people and never repeated blindly.</summary>
internal static class TransientErrors
{
    public static bool IsTransient(Exception failure) => failure switch
    {
        PlatformException refused => refused.IsTransient,
        HttpRequestException or TimeoutException or IOException => true,
        TaskCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };

    /// <summary>What people read: the platform's code and words; for the wire only that it did not answer.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        PlatformException refused => refused.Message,
        BrokenCircuitException => ShopCircuits.OpenWords,
        HttpRequestException or TimeoutException or IOException or TaskCanceledException => $"平台没有应答：{failure.Message}",
        _ => failure.Message,
    };
}
