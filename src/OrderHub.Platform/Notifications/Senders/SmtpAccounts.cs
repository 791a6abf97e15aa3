using Microsoft.Extensions.Configuration;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>The mail server with its password in the open, for one conversation; never logged.</summary>
internal sealed record SmtpAccount(string Host, int Port, SmtpSecurity Security, string? UserName, string? Password, string FromAddress, string FromName)
{
    public override string ToString() => Host;
}

/// <summary>Where mail is handed in: configuration (<c>OrderHub:Smtp:Host</c>, Port, Security, UserName, Password, FromAddress, FromName) as a whole wins over the settings page.</summary>
internal sealed class SmtpAccounts(HubDatabase database, NotificationSecrets secrets, IConfiguration configuration)
{
    public const string Section = "OrderHub:Smtp";

    public bool IsConfigured => configuration[$"{Section}:Host"] is { Length: > 0 };

    /// <returns>Null when no server is known, or its password cannot be read with this installation's keys.</returns>
    public async Task<SmtpAccount?> FindAsync(CancellationToken ct)
    {
        if (IsConfigured) return Configured();
        var rows = await database.QueryAsync("select host, port, security, user_name, password_cipher, from_address, from_name from platform_smtp_servers",
            r => (Account: new SmtpAccount(r.GetString(0), r.GetInt32(1), (SmtpSecurity)r.GetInt16(2), r.Text(3), null, r.GetString(5), r.GetString(6)), Cipher: r.Text(4)), ct);
        if (rows is not [var row]) return null;
        if (row.Cipher is null) return row.Account;
        return secrets.TryReveal(row.Cipher) is { } password ? row.Account with { Password = password } : null;
    }

    private SmtpAccount Configured()
    {
        var security = Enum.TryParse<SmtpSecurity>(Value("Security"), ignoreCase: true, out var chosen) ? chosen : SmtpSecurity.Tls;
        var port = int.TryParse(Value("Port"), out var given) ? given : security == SmtpSecurity.Tls ? 465 : 587;
        var from = Value("FromAddress") ?? Value("UserName") ?? "orderhub@localhost";
        return new(Value("Host")!, port, security, Value("UserName"), Value("Password"), from, Value("FromName") ?? "OrderHub");
    }

    private string? Value(string key) => configuration[$"{Section}:{key}"] is { Length: > 0 } value ? value : null;
}
