using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>A reply that was not the one hoped for. 4xx may pass, 5xx won't.</summary>
internal sealed class SmtpRefusal(int code, string words) : Exception($"{code} {words}")
{
    public bool MayPass => code is >= 400 and < 500;
}

/// <summary>
/// Hands one mail to one server (RFC 5321). Written here because the framework's client knows no TLS from the first byte (port 465),
/// which is what most Chinese mail services offer.
/// </summary>
internal sealed class SmtpConversation : IAsyncDisposable
{
    private const int LongestReply = 64;
    private readonly TcpClient _tcp = new();
    private readonly byte[] _buffer = new byte[2048];
    private Stream _stream = Stream.Null;
    private int _read, _filled;
    private HashSet<string> _offers = [];

    private sealed record Reply(int Code, IReadOnlyList<string> Lines);

    public static async Task<SmtpConversation> StartAsync(SmtpAccount account, CancellationToken ct)
    {
        var conversation = new SmtpConversation();
        try
        {
            await conversation.GreetAsync(account, ct);
            return conversation;
        }
        catch
        {
            await conversation.DisposeAsync();
            throw;
        }
    }

    /// <returns>How the server refused some of the receivers; null when it took all of them.</returns>
    /// <exception cref="SmtpRefusal">Nobody will get it.</exception>
    public async Task<string?> SendAsync(string from, IReadOnlyList<string> to, string mail, CancellationToken ct)
    {
        await AskAsync($"MAIL FROM:<{from}>", 250, ct);
        var refused = new List<SmtpRefusal>();
        foreach (var receiver in to)
        {
            var reply = await ExchangeAsync($"RCPT TO:<{receiver}>", ct);
            if (reply.Code is not (250 or 251)) refused.Add(Refusal(reply));
        }
        if (refused.Count == to.Count) throw refused.Find(r => r.MayPass) ?? refused[0];
        await AskAsync("DATA", 354, ct);
        var stuffed = mail.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        await AskAsync((stuffed.StartsWith('.') ? "." + stuffed : stuffed) + (mail.EndsWith("\r\n", StringComparison.Ordinal) ? "." : "\r\n."), 250, ct);
        return refused.Count == 0 ? null : $"{refused.Count}/{to.Count}: {refused[0].Message}";
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task GreetAsync(SmtpAccount account, CancellationToken ct)
    {
        await _tcp.ConnectAsync(account.Host, account.Port, ct);
        _stream = _tcp.GetStream();
        if (account.Security == SmtpSecurity.Tls) await EncryptAsync(account.Host, ct);
        Expect(await ReadAsync(ct), 220);
        await HelloAsync(ct);
        if (account.Security == SmtpSecurity.StartTls)
        {
            if (!_offers.Contains("STARTTLS")) throw new SmtpRefusal(502, "STARTTLS is not offered");
            await AskAsync("STARTTLS", 220, ct);
            await EncryptAsync(account.Host, ct);
            await HelloAsync(ct);
        }
        if (account.UserName is { Length: > 0 } user) await SignInAsync(user, account.Password ?? "", ct);
    }

    private async Task EncryptAsync(string host, CancellationToken ct)
    {
        _read = _filled = 0; // whatever was said in the clear after the agreement is not part of the encrypted talk
        var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secure;
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, ct);
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        var here = ((IPEndPoint)_tcp.Client.LocalEndPoint!).Address;
        if (here.IsIPv4MappedToIPv6) here = here.MapToIPv4();
        var reply = await AskAsync($"EHLO [{(here.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6:" : "")}{here}]", 250, ct);
        _offers = [.. reply.Lines.Skip(1).Select(l => l.ToUpperInvariant())];
    }

    private async Task SignInAsync(string user, string password, CancellationToken ct)
    {
        if (_offers.Any(o => o.StartsWith("AUTH", StringComparison.Ordinal) && o.Split(' ', '=').Contains("PLAIN")))
        {
            await AskAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), 235, ct);
            return;
        }
        await AskAsync("AUTH LOGIN", 334, ct);
        await AskAsync(Base64(user), 334, ct);
        await AskAsync(Base64(password), 235, ct);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<Reply> AskAsync(string command, int hopedFor, CancellationToken ct) => Expect(await ExchangeAsync(command, ct), hopedFor);

    private async Task<Reply> ExchangeAsync(string command, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), ct);
        await _stream.FlushAsync(ct);
        return await ReadAsync(ct);
    }

    private static Reply Expect(Reply reply, int hopedFor) => reply.Code == hopedFor ? reply : throw Refusal(reply);

    private static SmtpRefusal Refusal(Reply reply) => new(reply.Code, Utf8Limit.Cut(string.Join(' ', reply.Lines), 300));

    private async Task<Reply> ReadAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        while (lines.Count < LongestReply)
        {
            var line = await ReadLineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code)) break;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ') return new(code, lines);
        }
        throw new IOException("The server speaks no SMTP.");
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        var line = new List<byte>(80);
        while (line.Count < 4096)
        {
            if (_read == _filled)
            {
                (_read, _filled) = (0, await _stream.ReadAsync(_buffer, ct));
                if (_filled == 0) throw new IOException("The server hung up.");
            }
            var next = _buffer[_read++];
            if (next == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }
        throw new IOException("The server speaks no SMTP.");
    }
}
