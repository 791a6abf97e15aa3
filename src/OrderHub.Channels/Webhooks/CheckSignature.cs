using System.Globalization;
using OrderHub.Channels.Adapters;

namespace OrderHub.Channels.Webhooks;

/// <summary>Who signed it, when, and whether this very request was seen before; the nonce is spent only by a valid signature.</summary>
internal sealed class CheckSignature(NonceMemory nonces, TimeProvider clock)
{
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(300);
    private const int LongestNonce = 128;

    /// <returns>Null when the request is genuine.</returns>
    public async Task<MallRefusal?> RefusalAsync(ShopConnection shop, SignedRequest request, CancellationToken ct)
    {
        if (request.App != shop.AppKey || request.Nonce.Length is 0 or > LongestNonce) return MallRefusal.SignInvalid;
        if (!long.TryParse(request.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return MallRefusal.SignInvalid;
        if (Math.Abs((decimal)clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > (decimal)Skew.TotalSeconds) return MallRefusal.TimestampSkew;
        if (!MallSeal.IsGenuine(request, shop.AppSecret)) return MallRefusal.SignInvalid;
        return await nonces.TakeAsync(shop.AppKey, request.Nonce, ct) ? null : MallRefusal.NonceReplayed;
    }
}
