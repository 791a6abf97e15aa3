using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrderHub.Channels.Mall;

namespace OrderHub.Channels.Webhooks;

/// <summary>A request of the mall convention as it came over the wire. Its body is gone once it is disposed.</summary>
internal sealed class SignedRequest : IDisposable
{
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>A stated length is believed up to here; more memory is taken as more arrives.</summary>
    private const int Believed = 512 * 1024;

    /// <summary>Rented: a few hundred orders are an array that only a full collection would free.</summary>
    private readonly byte[] _buffer;

    private SignedRequest(string app, MallSignedCall call, byte[] buffer) => (App, Call, _buffer) = (app, call, buffer);

    /// <summary>The app id it claims.</summary>
    public string App { get; }
    public MallSignedCall Call { get; }

    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="MaxBodyBytes"/> or broke off.</exception>
    public static async Task<SignedRequest> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBodyBytes;
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw
            ? raw : request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 0, Believed) + 1), 0);
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), ct) is > 0 and var read)
            {
                length += read;
                if (length == buffer.Length) buffer = Twice(buffer);
            }
            return new(Header(MallSignature.AppHeader), new(request.Method, target, Header(MallSignature.TimestampHeader), Header(MallSignature.NonceHeader),
                Header(MallSignature.SignatureHeader), buffer.AsMemory(0, length)), buffer);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        string Header(string name) => request.Headers[name].ToString();
    }

    private static byte[] Twice(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
