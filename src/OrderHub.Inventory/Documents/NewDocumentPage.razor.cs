using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

/// <summary>One form for every kind. What is filled in has one key until it changes, so sending it twice, or again after an outage, makes one document.</summary>
public sealed partial class NewDocumentPage
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<WarehouseName> _warehouses = [];
    private IReadOnlyDictionary<string, string> _skus = new Dictionary<string, string>();
    private List<PastedLine> _lines = [new(), new(), new()];
    private string _key = "";
    private string _warehouse = "";
    private string _from = "";
    private string _reason = "";
    private string _reference = "";
    private string _paste = "";
    private bool _busy;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Kind { get; set; }

    private DocumentKind Chosen => DocumentWords.ParseKind(Kind) ?? DocumentKind.Receipt;
    private bool IsSigned => Chosen is DocumentKind.Adjustment or DocumentKind.Kit or DocumentKind.Freeze;
    private bool HasBatches => Chosen is DocumentKind.Receipt or DocumentKind.Transfer or DocumentKind.Adjustment;
    private string QuantityWord => Chosen switch
    {
        DocumentKind.Freeze => "冻结件数（负数解冻）",
        DocumentKind.Kit => "件数（领用负，产出正）",
        DocumentKind.Adjustment => "增减件数",
        DocumentKind.Transfer => "调拨件数",
        _ => "预计件数",
    };

    private string Hint => Chosen switch
    {
        DocumentKind.Receipt => "建单后算采购在途，收货时按实收入库，多收少收都记为差异。",
        DocumentKind.Transfer => "发出时从调出仓扣减并算调拨在途，调入仓收货后才可售。",
        DocumentKind.Return => "建单后算退货在途，质检后好的入库、坏的记次品。",
        DocumentKind.Adjustment => "小额直接生效；同一天同一 SKU 累计超过免审件数，要另一位同事审批。",
        DocumentKind.Count => "不停售盲盘：点数的人看不到账面数，边卖边盘也不会错。",
        DocumentKind.Kit => "领用配件、产出成品，或反过来拆分；超过免审件数要另一位同事审批。成品是有自己库存的 SKU，不是按组成扣减的组合装。",
        _ => "冻结的货还在库里，但谁也不能卖。",
    };

    public void Dispose() => _left.Cancel();

    protected override async Task OnInitializedAsync()
    {
        Renew();
        var read = await Actions.ReadAsync<FormChoices, FormChoices.Lists>((choices, ct) => choices.ReadAsync(ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) (_warehouses, _skus) = (read.Value.Warehouses, read.Value.SkuNames);
    }

    private string? NameOf(string sku) => sku.Length == 0 ? null : _skus.GetValueOrDefault(sku.Trim()) ?? L["没有这个 SKU"];

    private void Renew() => _key = "page:" + Guid.NewGuid().ToString("N");

    private void Typed()
    {
        Renew();
        if (_lines[^1].Sku.Length > 0) _lines.Add(new());
    }

    private void Paste()
    {
        _lines = [.. _lines.Where(l => l.Sku.Length > 0), .. PastedLine.Read(_paste), new()];
        _paste = "";
        Renew();
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        var draft = new DocumentDraft(Chosen, _key, _warehouse, [.. _lines.Where(l => l.Sku.Trim().Length > 0).Select(l => l.ToLine(HasBatches))], _reason, _reference, Chosen == DocumentKind.Transfer ? _from : null);
        var opened = await Actions.RunAsync<OpenDocument, string>((open, ct) => open.OpenAsync(draft, ct));
        (_busy, _error) = (false, opened.Error);
        if (opened.IsOk) Navigation.NavigateTo("/stock/documents/" + Uri.EscapeDataString(opened.Value));
    }
}
