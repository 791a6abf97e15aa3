using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Gateway;

internal sealed record ShopToken(SandboxPlatform Platform, string AccessToken, int Generation);

internal enum TokenState { Valid, Missing, Unknown, Expired }

/// <summary>The one valid access token of each shop. A refresh makes a new one and ends the old.</summary>
internal sealed class ShopTokens(Journal journal, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SandboxPlatform, ShopToken> _renewed = [];
    private readonly HashSet<string> _expired = [];
    private readonly Dictionary<SandboxPlatform, DateTimeOffset> _ends = [];

    public void Load(ShopToken token) => _renewed[token.Platform] = token;

    public IReadOnlyList<ShopToken> Renewed()
    {
        lock (_gate) return [.. _renewed.Values];
    }

    public string Current(SandboxPlatform platform)
    {
        lock (_gate) return _renewed.GetValueOrDefault(platform)?.AccessToken ?? SandboxCredentials.Of(platform).AccessToken ?? "";
    }

    public TokenState Judge(SandboxPlatform platform, string? token)
    {
        if (string.IsNullOrEmpty(token)) return TokenState.Missing;
        lock (_gate)
        {
            if (_expired.Contains(token)) return TokenState.Expired;
            if (token == Current(platform) && _ends.TryGetValue(platform, out var end) && end <= clock.GetUtcNow()) return TokenState.Expired;
        }
        return Digest.Same(token, Current(platform)) ? TokenState.Valid : TokenState.Unknown;
    }

    public void Expire(SandboxPlatform platform)
    {
        lock (_gate) _expired.Add(Current(platform));
    }

    /// <summary>Gives the current token an end; without one it lasts.</summary>
    public void EndAt(SandboxPlatform platform, DateTimeOffset end)
    {
        lock (_gate) _ends[platform] = end;
    }

    /// <summary>Some platforms renew a token only shortly before its end.</summary>
    public bool EndsWithin(SandboxPlatform platform, TimeSpan time)
    {
        lock (_gate) return _expired.Contains(Current(platform)) || (_ends.TryGetValue(platform, out var end) && end - clock.GetUtcNow() <= time);
    }

    /// <summary>Null for a token without an end.</summary>
    public TimeSpan? Left(SandboxPlatform platform)
    {
        lock (_gate) return _ends.TryGetValue(platform, out var end) ? end - clock.GetUtcNow() : null;
    }

    public string Refresh(SandboxPlatform platform)
    {
        lock (_gate)
        {
            var old = Current(platform);
            var generation = (_renewed.GetValueOrDefault(platform)?.Generation ?? 0) + 1;
            var token = new ShopToken(platform, $"{SandboxCredentials.Of(platform).AccessToken}-{generation}", generation);
            journal.Append(new JournalEntry { Token = token });
            _renewed[platform] = token;
            _expired.Add(old);
            _ends.Remove(platform);
            return token.AccessToken;
        }
    }
}
