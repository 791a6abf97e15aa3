using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Publishing;

/// <summary>What the channels may show of a SKU and why; the rule can be changed by those who may adjust stock.</summary>
public sealed partial class PublishCard
{
    private bool _editing;
    private bool _busy;
    private int _safety;
    private int _zero;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter, EditorRequired] public int SkuId { get; set; }
    [Parameter, EditorRequired] public string SkuCode { get; set; } = "";
    [Parameter, EditorRequired] public int SafetyStock { get; set; }
    [Parameter, EditorRequired] public int ZeroAtOrBelow { get; set; }
    [Parameter, EditorRequired] public int Publish { get; set; }
    [Parameter, EditorRequired] public int Available { get; set; }
    [Parameter] public EventCallback Changed { get; set; }

    private string Why() => Available <= ZeroAtOrBelow
        ? L["可用 {0} 不高于归零线 {1}，渠道显示 0。", Available, ZeroAtOrBelow]
        : L["可用 {0} 减安全库存 {1}；可用降到 {2} 时渠道显示 0。", Available, SafetyStock, ZeroAtOrBelow];

    private void Edit() => (_editing, _safety, _zero, _error) = (true, SafetyStock, ZeroAtOrBelow, null);

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        _error = (await Actions.RunAsync<SetPublishRule>((set, ct) => set.SetAsync(new PublishRule(SkuId, _safety, _zero), ct))).Error;
        _busy = false;
        if (_error is not null) return;
        _editing = false;
        await Changed.InvokeAsync();
    }
}
