using System.Text;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Robots;

/// <summary>One client's conversation: EHLO, AUTH, MAIL, RCPT, DATA, QUIT. Receivers whose name begins with "nobody" do not exist here.</summary>
internal sealed class SmtpSession(StreamReader reader, StreamWriter writer, MessageBoard board, TimeProvider clock)
{
    private const int MostBytes = 1_000_000;
    private readonly List<string> _to = [];
    private string? _from;
    private bool _signedIn;

    public async Task RunAsync(CancellationToken ct)
    {
        await SayAsync("220 sandbox ESMTP");
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await SayAsync("250-sandbox", "250-AUTH PLAIN LOGIN", "250-8BITMIME", $"250 SIZE {MostBytes}");
                    break;
                case "HELO" or "NOOP":
                    await SayAsync("250 ok");
                    break;
                case "RSET":
                    Forget();
                    await SayAsync("250 ok");
                    break;
                case "AUTH":
                    await SignInAsync(line.Split(' '), ct);
                    break;
                case "MAIL":
                    await SayAsync(!_signedIn ? "530 5.7.0 Authentication required" : (_from = Address(line)) is null ? "501 5.1.7 Bad sender" : "250 ok");
                    break;
                case "RCPT":
                    await ReceiverAsync(Address(line));
                    break;
                case "DATA":
                    await DataAsync(ct);
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("502 5.5.1 Unknown command");
                    break;
            }
        }
    }

    private async Task SignInAsync(string[] words, CancellationToken ct)
    {
        string? user = null, password = null;
        switch (words.ElementAtOrDefault(1)?.ToUpperInvariant())
        {
            case "PLAIN":
                var parts = Plain(words.ElementAtOrDefault(2) ?? await AskAsync("334 ", ct)).Split('\0');
                if (parts.Length == 3) (user, password) = (parts[1], parts[2]);
                break;
            case "LOGIN":
                user = Plain(words.ElementAtOrDefault(2) ?? await AskAsync("334 VXNlcm5hbWU6", ct));
                password = Plain(await AskAsync("334 UGFzc3dvcmQ6", ct));
                break;
            default:
                await SayAsync("504 5.5.4 Unknown mechanism");
                return;
        }
        _signedIn = Digest.Same(user, SandboxCredentials.MailUser) & Digest.Same(password, SandboxCredentials.MailPassword);
        await SayAsync(_signedIn ? "235 2.7.0 Authentication successful" : "535 5.7.8 Authentication credentials invalid");
    }

    private async Task ReceiverAsync(string? address)
    {
        if (_from is null) await SayAsync("503 5.5.1 MAIL first");
        else if (address is null || address.StartsWith("nobody", StringComparison.OrdinalIgnoreCase)) await SayAsync("550 5.1.1 User unknown");
        else
        {
            _to.Add(address);
            await SayAsync("250 ok");
        }
    }

    private async Task DataAsync(CancellationToken ct)
    {
        if (_to.Count == 0)
        {
            await SayAsync("503 5.5.1 RCPT first");
            return;
        }
        await SayAsync("354 End with .");
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(ct) is { } line && line != ".")
            if (mail.Length < MostBytes) mail.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        var (subject, text) = MailReading.Of(mail.ToString());
        board.Add("smtp", clock.GetUtcNow(), string.Join(", ", _to), subject, text, mail.ToString());
        Forget();
        await SayAsync("250 2.0.0 kept");
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private async Task<string> AskAsync(string challenge, CancellationToken ct)
    {
        await SayAsync(challenge);
        return await reader.ReadLineAsync(ct) ?? "";
    }

    private async Task SayAsync(params string[] lines)
    {
        foreach (var line in lines) await writer.WriteLineAsync(line);
    }

    private static string? Address(string line) => line.IndexOf('<', StringComparison.Ordinal) is var start and >= 0 && line.IndexOf('>', start) is var end and > 0 && end > start + 1 ? line[(start + 1)..end] : null;

    private static string Plain(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : "";
    }
}
