using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Platform.Notifications.Settings;

public sealed partial class NotificationSettings : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<TargetRow>? _rows;
    private Error? _error;
    private string? _done;
    private long? _busy, _editing, _deleting;
    private bool _adding;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await LoadAsync();
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ManageTargets, IReadOnlyList<TargetRow>>((targets, ct) => targets.ListAsync(ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
        StateHasChanged();
    }

    private void Edit(long? id) => (_adding, _editing, _deleting, _error, _done) = (id is null, id, null, null, null);
    private void Close() => (_adding, _editing, _deleting) = (false, null, null);
    private void AskToDelete(TargetRow row) => (_adding, _editing, _deleting, _error, _done) = (false, null, row.Id, null, null);

    private async Task SavedAsync(string name)
    {
        Close();
        (_done, _error) = (L["“{0}”已保存，发一条测试消息看看能否收到。", name], null);
        await LoadAsync();
    }

    private Task TryAsync(TargetRow row) =>
        ActAsync<TryTarget>(row, (attempt, ct) => attempt.HandleAsync(row.Id, ct), L["测试消息已发给“{0}”，对方平台已接收。", row.Name]);

    private Task EnableAsync(TargetRow row) =>
        ActAsync<ManageTargets>(row, (targets, ct) => targets.EnableAsync(row.Id, !row.Enabled, ct), L[row.Enabled ? "“{0}”已停用，未发的消息不再发送。" : "“{0}”已启用。", row.Name]);

    private Task DeleteAsync(TargetRow row) =>
        ActAsync<ManageTargets>(row, (targets, ct) => targets.DeleteAsync(row.Id, ct), L["“{0}”已删除。", row.Name]);

    private async Task ActAsync<THandler>(TargetRow row, Func<THandler, CancellationToken, Task<Result>> act, string done) where THandler : notnull
    {
        if (_busy is not null) return;
        (_busy, _done, _error) = (row.Id, null, null);
        var outcome = await Actions.RunAsync(act, _left.Token);
        (_error, _done, _busy) = (outcome.Error, outcome.IsOk ? done : null, null);
        Close();
        await LoadAsync();
    }
}

internal static class TargetSigns
{
    public static string Word(TargetKind kind) => kind switch { TargetKind.Email => "邮箱", TargetKind.WeCom => "企业微信群机器人", _ => "钉钉群机器人" };
    public static string Icon(TargetKind kind) => kind switch { TargetKind.Email => "mail", TargetKind.WeCom => "forum", _ => "smart_toy" };
}
