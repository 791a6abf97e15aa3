using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrderHub.Channels.Webhooks;

/// <summary>A request of the mall convention as it came over the wire; the signature covers the body bytes and the raw path.</summary>
internal sealed record SignedRequest(string App, string Timestamp, string Nonce, string Signature, string Method, string PathAndQuery, byte[] Body)
{
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="MaxBodyBytes"/> or broke off.</exception>
    public static async Task<SignedRequest> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBodyBytes;
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return new(Header("X-Oms-App"), Header("X-Oms-Timestamp"), Header("X-Oms-Nonce"), Header("X-Oms-Signature"), request.Method,
            target is { Length: > 0 } ? target : request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent(), body.ToArray());

        string Header(string name) => request.Headers[name].ToString();
    }
}
