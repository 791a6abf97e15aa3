using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace OrderHub.Benchmarks.Pace;

/// <summary>
/// One shop's connection, which pushes one signed body after another. A plain socket and a thread that waits on it: the load must cost the machine as
/// little as the reference's does, and a general HTTP client takes as much of it as the hub.
/// </summary>
internal sealed class MallConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray(), EndOfChunks = "\r\n0\r\n\r\n"u8.ToArray(), Accepted = "\"accepted\""u8.ToArray(), Ok = "HTTP/1.1 200"u8.ToArray();
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 120_000 };
    private readonly string _path, _head;
    private readonly byte[] _key;
    private byte[] _buffer = new byte[16_384];

    public MallConnection(Uri host, string shop, byte[] key)
    {
        _socket.Connect(host.Host, host.Port);
        (_path, _key) = ($"/api/v1/shops/{shop}/orders", key);
        _head = $"POST {_path} HTTP/1.1\r\nHost: {host.Authority}\r\nContent-Type: application/json\r\nX-Oms-App: {shop}\r\n";
    }

    /// <returns>How long the answer took, ms.</returns>
    public double Push(byte[] body)
    {
        var (timestamp, nonce) = (DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Guid.NewGuid().ToString("N"));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\nPOST\n{_path}\n{Convert.ToHexStringLower(SHA256.HashData(body))}")));
        var head = string.Create(CultureInfo.InvariantCulture, $"{_head}Content-Length: {body.Length}\r\nX-Oms-Timestamp: {timestamp}\r\nX-Oms-Nonce: {nonce}\r\nX-Oms-Signature: v1={signature}\r\n\r\n");
        if (_buffer.Length < head.Length + body.Length) _buffer = new byte[head.Length + body.Length];
        var length = Encoding.ASCII.GetBytes(head, _buffer);
        body.CopyTo(_buffer, length);

        var began = Stopwatch.GetTimestamp();
        _socket.Send(_buffer.AsSpan(0, length + body.Length));
        var answer = Answer();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (!answer.StartsWith(Ok) || answer.IndexOf(Accepted) < 0) throw new InvalidOperationException("The hub answered " + Encoding.UTF8.GetString(answer));
        return took;
    }

    private ReadOnlySpan<byte> Answer()
    {
        for (var (length, head) = (0, -1); ;)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
            var read = _socket.Receive(_buffer.AsSpan(length));
            if (read == 0) throw new IOException("The hub closed the connection.");
            length += read;
            var text = _buffer.AsSpan(0, length);
            if (head < 0 && (head = text.IndexOf(EndOfHead)) < 0) continue;
            if (ContentLength(text[..head]) is { } body ? length >= head + EndOfHead.Length + body : text.EndsWith(EndOfChunks)) return text;
        }
    }

    /// <returns>Null: it comes in chunks.</returns>
    private static int? ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at < 0 ? null : int.Parse(head[(at + "Content-Length: ".Length)..] is var rest && rest.IndexOf((byte)'\r') is >= 0 and var end ? rest[..end] : rest, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}
