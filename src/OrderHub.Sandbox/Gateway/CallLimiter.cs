using System.Collections.Concurrent;

namespace OrderHub.Sandbox.Gateway;

/// <summary>Counts calls per session in whole seconds, as the platforms do.</summary>
internal sealed class CallLimiter(int perSecond, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (long Second, int Calls)> _counts = new();

    public bool Allows(string session)
    {
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        var count = _counts.AddOrUpdate(session, (second, 1), (_, old) => old.Second == second ? (second, old.Calls + 1) : (second, 1));
        return count.Calls <= perSecond;
    }
}
