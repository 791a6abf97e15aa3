using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Warehousing.Merging;

/// <summary>Orders of one buyer that could travel together, those that do, and what each shop wants.</summary>
public sealed partial class MergePage
{
    private readonly CancellationTokenSource _left = new();
    private MergeView? _view;
    private Error? _error;
    private string? _done, _progress;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<MergeDesk, MergeView>((desk, ct) => desk.ReadAsync(ct), _left.Token);
        if ((_error ??= read.Error) is null || read.IsOk) _view = read.Value;
    }

    private Task MergeAsync(Mergeable line) => ActAsync(async () =>
    {
        var merged = await MergeOneAsync(line);
        return merged.Error is { } refusal ? refusal : L["已合单，按 {0} 打包", OrderNo.From(merged.Value)];
    });

    /// <summary>One after the other; what cannot be merged any more stays in the list with its reason shown last.</summary>
    private Task MergeAllAsync() => ActAsync(async () =>
    {
        var (lines, merged, refused) = (_view!.Suggested, 0, 0);
        foreach (var line in lines)
        {
            if ((await MergeOneAsync(line)).IsOk) merged++;
            else refused++;
            _progress = string.Create(CultureInfo.InvariantCulture, $"{merged + refused}/{lines.Count}");
            StateHasChanged();
        }
        return L["合成 {0} 个包裹，{1} 组没有合", merged, refused];
    });

    private Task<Result<long>> MergeOneAsync(Mergeable line) => Actions.RunAsync<MergeDesk, long>((desk, ct) => desk.MergeAsync(line.OrderIds, ct), _left.Token);

    private Task PartAsync(long orderId) => ActAsync(async () =>
    {
        var parted = await Actions.RunAsync<MergeDesk>((desk, ct) => desk.PartAsync(orderId, ct), _left.Token);
        return parted.Error is { } refusal ? refusal : L["{0} 已拆开，不再自动合单", OrderNo.From(orderId)];
    });

    private Task SaveMinutesAsync(Shop shop, MergeRule rule, string? typed) =>
        SaveAsync(shop, rule with { BufferMinutes = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : -1 });

    private Task SaveAsync(Shop shop, MergeRule rule) => ActAsync(async () =>
    {
        var saved = await Actions.RunAsync<SaveMergeRule>((save, ct) => save.HandleAsync(shop.Id, rule, ct), _left.Token);
        return saved.Error is { } refusal ? refusal : L["{0} 的合单设置已保存", shop.Name];
    });

    private async Task ActAsync(Func<Task<Result<string>>> act)
    {
        if (_busy) return;
        (_busy, _error, _done, _progress) = (true, null, null, null);
        var outcome = await act();
        (_error, _done) = (outcome.Error, outcome.IsOk ? outcome.Value : null);
        await LoadAsync();
        _busy = false;
    }
}
