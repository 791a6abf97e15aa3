using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Adjustments;

/// <summary>Adjusts one SKU: fill in, check, confirm. What is filled in has one key until it changes, so confirming twice, or again after an outage, counts once.</summary>
public sealed partial class AdjustCard
{
    /// <summary>A warehouse to adjust, as the form shows it.</summary>
    public sealed record Choice(string Code, string Name, int OnHand);

    private static readonly string[] Reasons = ["盘点差异", "破损报废", "找回", "错发补登"];
    private string _key = "";
    private string _warehouse = "";
    private int? _delta;
    private string _reason = "";
    private bool _confirming;
    private bool _busy;
    private AdjustmentOpened? _done;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter, EditorRequired] public string SkuCode { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<Choice> Rows { get; set; } = [];

    /// <summary>Warehouse the page looks at; preselected.</summary>
    [Parameter] public string? Chosen { get; set; }
    [Parameter] public EventCallback Adjusted { get; set; }

    private Choice? Picked => Rows.FirstOrDefault(r => r.Code == _warehouse);

    private string Signed => (_delta > 0 ? "+" : "") + _delta?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    protected override void OnInitialized() => Renew();

    protected override void OnParametersSet()
    {
        if (_warehouse.Length == 0 && Chosen is not null) _warehouse = Chosen;
    }

    private void Renew() => _key = "page:" + Guid.NewGuid().ToString("N");

    private void Confirm()
    {
        (_done, _error) = (null, null);
        _confirming = Picked is not null && _delta is not null;
    }

    private async Task AdjustAsync()
    {
        if (_busy) return;
        _busy = true;
        var draft = new DocumentDraft(DocumentKind.Adjustment, _key, _warehouse, [new DraftLine(SkuCode, _delta!.Value)], _reason);
        var result = await Actions.RunAsync<OpenAdjustmentHandler, AdjustmentOpened>((adjust, ct) => adjust.OpenAsync(draft, ct));
        (_busy, _confirming, _error) = (false, false, result.Error);
        if (!result.IsOk) return;
        _done = result.Value;
        (_delta, _reason) = (null, "");
        Renew();
        await Adjusted.InvokeAsync();
    }
}
