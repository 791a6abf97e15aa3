using Microsoft.AspNetCore.Components;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.RuleBook;

/// <summary>A rule while it is written: a new one, a copy, or one there is.</summary>
public sealed partial class RuleForm
{
    private static readonly char[] Separators = ['\n', '\r', '\t', ' ', ',', '，', '、', ';', '；'];
    private readonly CancellationTokenSource _left = new();
    private RuleList? _list;
    private List<(string, string)> _categoryNames = [];
    private List<(int, string)> _shopNames = [], _warehouseNames = [], _courierNames = [];
    private List<string> _categories = [];
    private List<int> _shops = [], _warehouses = [], _couriers = [];
    private string _name = "", _regions = "", _skus = "";
    private decimal? _minKg, _maxKg, _minYuan, _maxYuan;
    private RuleEffect _onWarehouses = RuleEffect.Prefer, _onCouriers;
    private bool _active = true, _busy;
    private int _version;
    private RuleView? _newer, _shown;
    private ElementReference _newerCard;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public int? Id { get; set; }
    [SupplyParameterFromQuery] private int? Copy { get; set; }

    private string Heading => Id is null ? "新建规则" : "编辑规则";

    private string SkuNames => _list is null ? "" : string.Join(L["；"], _skus.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
        .Select(code => _list.Catalog.SkuByCode(code) is { } sku ? $"{sku.Code} {sku.Name} {sku.Spec}" : L["{0} 没有这个 SKU", code]));

    public void Dispose() => _left.Cancel();

    protected override async Task OnInitializedAsync()
    {
        var read = await Actions.ReadAsync<ReadRules, RuleList>((rules, ct) => rules.ReadAsync(ct), _left.Token);
        _error = read.Error;
        if (!read.IsOk) return;
        var list = read.Value;
        if ((Id ?? Copy) is { } known)
        {
            if (list.Rules.FirstOrDefault(r => r.Id == known) is not { } rule)
            {
                _error = AllocationErrors.RuleGone;
                return;
            }
            Fill(RuleDraft.Of(rule, list.Catalog));
        }
        _categoryNames = [.. list.Catalog.Skus.Where(s => !s.IsKit && s.Category.Length > 0).Select(s => s.Category).Distinct().Order(StringComparer.Ordinal).Select(c => (c, c))];
        _shopNames = [.. list.Catalog.Shops.Where(s => s.Active || _shops.Contains(s.Id)).OrderBy(s => s.Id).Select(s => (s.Id, s.Name))];
        _warehouseNames = [.. list.Network.Warehouses.Where(w => w.Active || _warehouses.Contains(w.Id)).Select(w => (w.Id, w.Name))];
        _courierNames = [.. list.Network.Couriers.Where(c => c.Active || _couriers.Contains(c.Id)).Select(c => (c.Id, c.Name))];
        _list = list;
    }

    /// <summary>The button that brought the newer edit about is far below it.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_newer == _shown) return;
        _shown = _newer;
        if (_newer is not null) await _newerCard.FocusAsync();
    }

    private void Fill(RuleDraft draft)
    {
        _version = draft.Version;
        (_name, _active, _regions, _skus) = (Id is null ? L["{0} 副本", draft.Name] : draft.Name, draft.Active, draft.Regions, draft.SkuCodes);
        (_categories, _shops, _warehouses, _couriers) = ([.. draft.Categories], [.. draft.ShopIds], [.. draft.WarehouseIds], [.. draft.CourierIds]);
        (_minKg, _maxKg, _minYuan, _maxYuan) = (draft.MinGrams / 1000m, draft.MaxGrams / 1000m, draft.MinFen / 100m, draft.MaxFen / 100m);
        (_onWarehouses, _onCouriers) = (draft.OnWarehouses, draft.OnCouriers);
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        var draft = new RuleDraft(Id, _active, _name, _regions, _categories, _skus, _shops, (int?)(_minKg * 1000), (int?)(_maxKg * 1000), (long?)(_minYuan * 100), (long?)(_maxYuan * 100),
            _onWarehouses, _warehouses, _onCouriers, _couriers) { Version = _version };
        var saved = await Actions.RunAsync<SaveRuleHandler, int>((save, ct) => save.SaveAsync(draft, ct));
        if (saved.Error?.Code == AllocationErrors.RuleChangedMeanwhile("").Code) await LookAtNewerAsync();
        (_busy, _error) = (false, saved.Error);
        if (saved.IsOk) Navigation.NavigateTo("/allocation");
    }

    private async Task LookAtNewerAsync()
    {
        var read = await Actions.ReadAsync<ReadRules, RuleList>((rules, ct) => rules.ReadAsync(ct), _left.Token);
        if (read.IsOk) (_list, _newer) = (read.Value, read.Value.Rules.FirstOrDefault(r => r.Id == Id));
    }

    private void TakeNewer(RuleView newer)
    {
        Fill(RuleDraft.Of(newer, _list!.Catalog));
        (_newer, _error) = (null, null);
    }

    /// <summary>The newer edit has been seen: now it may be written over.</summary>
    private Task SaveOverAsync(RuleView newer)
    {
        (_newer, _version) = (null, newer.Version);
        return SaveAsync();
    }
}
