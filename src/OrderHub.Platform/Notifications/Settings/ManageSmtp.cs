using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Notifications.Senders;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications.Settings;

/// <param name="IsConfigured">Given by configuration: shown, not editable.</param>
public sealed record SmtpView(string Host, int Port, string Security, string? UserName, bool HasPassword, string FromAddress, string FromName, bool IsConfigured);

internal sealed class ManageSmtp(HubDatabase database, SmtpAccounts accounts, NotificationSecrets secrets, AuditTrail audit, CurrentActor current)
{
    public async Task<SmtpView?> ReadAsync(CancellationToken ct) => await accounts.FindAsync(ct) is not { } a ? null
        : new(a.Host, a.Port, a.Security.ToString(), a.UserName, !string.IsNullOrEmpty(a.Password), a.FromAddress, a.FromName, accounts.IsConfigured);

    public Task<Result> SaveAsync(SmtpDraft draft, CancellationToken ct) => SaveAsync(draft, current.Actor, ct);

    public async Task<Result> SaveAsync(SmtpDraft draft, Actor actor, CancellationToken ct)
    {
        if (accounts.IsConfigured) return NotificationErrors.ConfiguredElsewhere;
        var host = draft.Host.Trim();
        var from = draft.FromAddress.Trim();
        var user = string.IsNullOrWhiteSpace(draft.UserName) ? null : draft.UserName.Trim();
        if (host.Length == 0 || Uri.CheckHostName(host) == UriHostNameType.Unknown) return NotificationErrors.HostMissing;
        if (draft.Port is < 1 or > 65535) return NotificationErrors.PortInvalid;
        if (!Enum.TryParse<SmtpSecurity>(draft.Security, ignoreCase: true, out var security) || !Enum.IsDefined(security)) return NotificationErrors.SecurityUnknown;
        if (!TargetRules.IsMail(from)) return NotificationErrors.SenderInvalid(from);
        return await database.RunAsync<Result>(async tx =>
        {
            var stored = await tx.QueryAsync("select password_cipher from platform_smtp_servers for update", r => r.Text(0), ct);
            var cipher = user is null ? null : string.IsNullOrEmpty(draft.Password) ? stored.FirstOrDefault() : secrets.Protect(draft.Password);
            if (user is not null && cipher is null) return NotificationErrors.PasswordMissing;
            await tx.ExecuteAsync("""
                insert into platform_smtp_servers (id, host, port, security, user_name, password_cipher, from_address, from_name) values (1, $1, $2, $3, $4::text, $5::text, $6, $7)
                on conflict (id) do update set host = excluded.host, port = excluded.port, security = excluded.security, user_name = excluded.user_name,
                   password_cipher = excluded.password_cipher, from_address = excluded.from_address, from_name = excluded.from_name
                """, ct, host, draft.Port, (short)security, user, cipher, from, draft.FromName.Trim());
            await tx.ExecuteAsync("update platform_notification_targets set paused_until = null where kind = 1", ct); // what waited for a server goes now
            await audit.WriteAsync(tx, actor, "platform.smtp_saved", host, null, null,
                new { draft.Port, Security = security.ToString(), UserName = user, PasswordChanged = !string.IsNullOrEmpty(draft.Password), From = from }, ct);
            return Result.Ok;
        }, ct);
    }
}
