using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrderHub.Channels.Mall;

namespace OrderHub.Channels.Webhooks;

/// <summary>A request of the mall convention as it came over the wire.</summary>
/// <param name="App">The app id it claims.</param>
internal sealed record SignedRequest(string App, MallSignedCall Call)
{
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="MaxBodyBytes"/> or broke off.</exception>
    public static async Task<SignedRequest> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBodyBytes;
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw
            ? raw : request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        return new(Header(MallSignature.AppHeader), new(request.Method, target, Header(MallSignature.TimestampHeader), Header(MallSignature.NonceHeader),
            Header(MallSignature.SignatureHeader), body.ToArray()));

        string Header(string name) => request.Headers[name].ToString();
    }
}
