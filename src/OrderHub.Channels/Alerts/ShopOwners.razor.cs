using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Alerts;

public sealed partial class ShopOwners
{
    private readonly HashSet<long> _chosen = [];
    private OwnersView? _view;
    private Error? _error;
    private int _read;
    private bool _editing, _busy;

    [Parameter, EditorRequired] public int ShopId { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_read == ShopId) return;
        (_read, _editing) = (ShopId, false);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ManageOwners, OwnersView>((owners, ct) => owners.ReadAsync(ShopId, ct));
        _error = read.Error;
        if (read.IsOk) _view = read.Value;
    }

    private void Edit()
    {
        _chosen.Clear();
        _chosen.UnionWith(_view!.Owners);
        _editing = true;
    }

    private void Choose(long target, bool chosen) => _ = chosen ? _chosen.Add(target) : _chosen.Remove(target);

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        var saved = await Actions.RunAsync<ManageOwners>((owners, ct) => owners.SaveAsync(ShopId, _chosen, ct));
        _busy = false;
        if (saved.IsOk)
        {
            _editing = false;
            await LoadAsync();
        }
        _error = saved.Error ?? _error;
    }
}
