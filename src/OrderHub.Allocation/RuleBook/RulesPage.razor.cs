using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.RuleBook;

public sealed partial class RulesPage
{
    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<int, ElementReference> _up = [], _down = [];
    private RuleList? _list;
    private RuleWords? _words;
    private (RuleView View, int Place)? _removed;
    private (int Id, bool Up)? _focus;
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    /// <summary>The row has moved in the page and taken the focus out of its button; whoever moves by keyboard goes on.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } moved || _list is null) return;
        _focus = null;
        var place = _list.Rules.ToList().FindIndex(r => r.Id == moved.Id);
        var up = place == _list.Rules.Count - 1 || moved.Up && place > 0;
        if (place >= 0 && (up ? _up : _down).TryGetValue(moved.Id, out var button)) await button.FocusAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadRules, RuleList>((rules, ct) => rules.ReadAsync(ct), _left.Token);
        _error ??= read.Error;
        if (read.IsOk) (_list, _words) = (read.Value, new(L, read.Value.Catalog, read.Value.Network));
    }

    private async Task MoveAsync(int id, int place, bool up)
    {
        if (await ActAsync((rules, ct) => rules.MoveAsync(id, place, ct))) _focus = (id, up);
    }

    private Task SwitchAsync(RuleView row) => ActAsync((rules, ct) => rules.SwitchAsync(row.Id, !row.Active, ct));

    private async Task RemoveAsync(RuleView row, int place)
    {
        if (await ActAsync((rules, ct) => rules.RemoveAsync(row.Id, row.Version, ct))) _removed = (row, place);
    }

    private async Task RestoreAsync()
    {
        if (_removed is { } gone && await ActAsync((rules, ct) => rules.RestoreAsync(gone.View, gone.Place, ct))) _removed = null;
    }

    private async Task<bool> ActAsync(Func<ArrangeRulesHandler, CancellationToken, Task<Result>> act)
    {
        if (_busy) return false;
        (_busy, _error) = (true, null);
        _error = (await Actions.RunAsync(act)).Error;
        await LoadAsync();
        _busy = false;
        return _error is null;
    }
}
