using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications.Settings;

/// <summary>Where mail is handed in. The password never comes back to the browser.</summary>
public sealed partial class SmtpForm
{
    private string _host = "", _security = nameof(SmtpSecurity.Tls), _from = "", _fromName = "OrderHub";
    private string? _user, _password;
    private int _port = 465;
    private bool _loaded, _isConfigured, _hasPassword, _busy, _saved;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        var read = await Actions.ReadAsync<ManageSmtp, SmtpView?>((smtp, ct) => smtp.ReadAsync(ct));
        if (read.IsOk && read.Value is { } known)
            (_host, _port, _security, _user, _hasPassword, _from, _fromName, _isConfigured) =
                (known.Host, known.Port, known.Security, known.UserName, known.HasPassword, known.FromAddress, known.FromName, known.IsConfigured);
        (_loaded, _error) = (true, read.Error);
        StateHasChanged();
    }

    private void SuggestPort()
    {
        if (_port is 25 or 465 or 587) _port = _security switch { nameof(SmtpSecurity.Tls) => 465, nameof(SmtpSecurity.StartTls) => 587, _ => 25 };
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        (_busy, _saved, _error) = (true, false, null);
        var draft = new SmtpDraft(_host, _port, _security, _user, _password, _from, _fromName);
        var saved = await Actions.RunAsync<ManageSmtp>((smtp, ct) => smtp.SaveAsync(draft, ct));
        (_busy, _saved, _error) = (false, saved.IsOk, saved.Error);
        if (!saved.IsOk) return;
        _hasPassword = !string.IsNullOrWhiteSpace(_user);
        _password = null;
    }
}
