using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications;

/// <summary>Sets targets and the mail server up from outside the settings page (demo, installation scripts). Running it again replaces what changed.</summary>
public interface INotificationSetup
{
    Task<Result> SetUpAsync(TargetDraft target, Actor actor, CancellationToken ct);
    Task<Result> SetUpAsync(SmtpDraft server, Actor actor, CancellationToken ct);
}

/// <param name="Id">Null = a new one, or the one of that name.</param>
/// <param name="Address">Mail addresses separated by commas, or the robot's whole URL. Null or empty keeps what is stored.</param>
/// <param name="Secret">DingTalk's signing secret; null or empty keeps what is stored.</param>
public sealed record TargetDraft(long? Id, string Name, TargetKind Kind, string? Address, string? Secret = null, string? Keyword = null, bool InEnglish = false);

/// <param name="Security">None, StartTls or Tls.</param>
/// <param name="Password">Null or empty keeps what is stored.</param>
public sealed record SmtpDraft(string Host, int Port, string Security, string? UserName, string? Password, string FromAddress, string FromName);

internal sealed class NotificationSetup(Settings.ManageTargets targets, Settings.ManageSmtp smtp) : INotificationSetup
{
    public async Task<Result> SetUpAsync(TargetDraft target, Actor actor, CancellationToken ct)
    {
        var id = target.Id ?? await targets.FindAsync(target.Name, ct);
        return new((await targets.SaveAsync(target with { Id = id }, actor, ct)).Error);
    }

    public Task<Result> SetUpAsync(SmtpDraft server, Actor actor, CancellationToken ct) => smtp.SaveAsync(server, actor, ct);
}
