using OrderHub.Channels.Adapters;
using OrderHub.Channels.Mall;

namespace OrderHub.Channels.Webhooks;

/// <summary>Who signed it, when, and whether this very request was seen before; the nonce is spent only by a valid signature.</summary>
internal sealed class CheckSignature(NonceMemory nonces, TimeProvider clock)
{
    /// <returns>Null when the request is genuine.</returns>
    public async Task<MallRefusal?> RefusalAsync(ShopConnection shop, SignedRequest request, CancellationToken ct) =>
        FaultOf(shop, request) ?? (await nonces.TakeAsync(shop.AppKey, request.Call.Nonce!, ct) ? null : MallRefusal.NonceReplayed);

    /// <summary>Everything but the nonce, which the caller must still take.</summary>
    public MallRefusal? FaultOf(ShopConnection shop, SignedRequest request)
    {
        if (request.App != shop.AppKey) return MallRefusal.SignInvalid;
        var fault = MallSignature.Verify(request.Call, [shop.AppSecret], clock.GetUtcNow());
        if (fault is null) return null;
        return fault == MallRefusal.TimestampSkew.Code ? MallRefusal.TimestampSkew : MallRefusal.SignInvalid;
    }
}
