using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.ReadBacks;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Publishing;

/// <summary>The rules, what they do to a SKU, and what the shops promise together. The previewed SKU stands in the URL.</summary>
public sealed partial class PublishingPage
{
    private const int ExposedShown = 50;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<PublishRule>? _rules;
    private IReadOnlyList<Shop> _shops = [];
    private CatalogSnapshot? _catalog;
    private OversellExposure? _exposure;
    private ReadBackView? _readBack;
    private PublishPreview? _preview;
    private RuleDraft? _draft;
    private string _previewSku = "", _search = "", _searchText = "";
    private int _total, _page;
    private Error? _error, _formError, _previewError;
    private bool _busy;

    /// <summary>What was done last, and what undoes it.</summary>
    private (string Words, ChangePublishRule Undo)? _done;

    [SupplyParameterFromQuery] public string? Sku { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public int? Page { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private string ShopName(int id) => _catalog?.Shop(id)?.Name ?? "—";
    private string SkuCode(int id) => _catalog?.Sku(id)?.Code ?? "—";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        (_previewSku, _search, _searchText, _page) = (Sku ?? "", Search ?? "", Search ?? "", Math.Max(0, (Page ?? 1) - 1));
        await LoadAsync();
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token)) await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    /// <summary>A link on the page itself names another SKU.</summary>
    protected override Task OnParametersSetAsync()
    {
        if (_rules is null || string.IsNullOrEmpty(Sku) || Sku == _previewSku.Trim()) return Task.CompletedTask;
        _previewSku = Sku;
        return ReadPreviewAsync();
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        var catalog = await Actions.ReadAsync<ICatalog, CatalogSnapshot>(async (c, ct) => await c.CurrentAsync(ct), _left.Token);
        var rules = await Actions.ReadAsync<ReadPublishRules, PublishRulePage>((r, ct) => r.ListAsync(_search, _page, ct), _left.Token);
        var exposure = await Actions.ReadAsync<IStockExposure, OversellExposure>((e, ct) => e.ReadAsync(ExposedShown, ct), _left.Token);
        var readBack = await Actions.ReadAsync<ReadBackSettings, ReadBackView>((r, ct) => r.ReadAsync(ct), _left.Token);
        if (_left.IsCancellationRequested) return;
        _error = catalog.Error ?? rules.Error ?? exposure.Error ?? readBack.Error;
        if (_error is null)
        {
            (_catalog, _rules, _total, _exposure, _readBack) = (catalog.Value, rules.Value.Rules, rules.Value.Total, exposure.Value, readBack.Value);
            _shops = [.. catalog.Value.Shops.Where(s => s.Active).OrderBy(s => s.Id)];
            if (_previewSku.Length > 0 && (_preview is not null || Sku is not null)) await ReadPreviewAsync();
        }
        StateHasChanged();
    }

    private Task SearchAsync()
    {
        _search = _searchText.Trim();
        return TurnAsync(0);
    }

    /// <summary>The search and the page stand in the URL, so that a link shows a colleague the same rules.</summary>
    private Task TurnAsync(int page)
    {
        _page = page;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["q"] = _search.Length > 0 ? _search : null, ["page"] = page > 0 ? page + 1 : null }), replace: true);
        return LoadAsync();
    }

    private void Edit(PublishRule? rule)
    {
        _draft = RuleDraft.Of(rule, rule?.SkuId is { } sku ? SkuCode(sku) : "");
        _formError = null;
    }

    private async Task PreviewAsync()
    {
        if (string.IsNullOrWhiteSpace(_previewSku)) _previewSku = _draft?.Sku ?? "";
        if (string.IsNullOrWhiteSpace(_previewSku)) return;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("sku", _previewSku.Trim()), replace: true);
        await ReadPreviewAsync();
    }

    private async Task ReadPreviewAsync()
    {
        var tried = _draft is { } draft && draft.Terms is { IsSane: true } terms ? new TriedRule(draft.ShopId, draft.Sku, terms) : null;
        var read = await Actions.RunAsync<PreviewPublishingHandler, PublishPreview>((p, ct) => p.HandleAsync(_previewSku, tried, ct), _left.Token);
        _previewError = read.Error;
        if (read.IsOk) _preview = read.Value;
    }

    private Task SaveAsync() => ChangeAsync(new(_draft!.ShopId, string.IsNullOrWhiteSpace(_draft.Sku) ? null : _draft.Sku, _draft.Terms), L["规则已保存，受影响的商品正在更新。"]);

    private Task RemoveAsync(PublishRule rule) => ChangeAsync(new(rule.ShopId, rule.SkuId is { } sku ? SkuCode(sku) : null, null), L["规则已删除，受影响的商品正在更新。"]);

    private Task UndoAsync() => _done is { } done ? ChangeAsync(done.Undo, L["已撤销，受影响的商品正在更新。"]) : Task.CompletedTask;

    private async Task ChangeAsync(ChangePublishRule change, string words)
    {
        if (_busy) return;
        (_busy, _formError, _done) = (true, null, null);
        var outcome = await Actions.RunAsync<ChangePublishRulesHandler, PublishTermsBefore>((rules, ct) => rules.HandleAsync(change, ct), _left.Token);
        _busy = false;
        if (outcome.IsOk) (_draft, _done) = (null, (words, change with { Terms = outcome.Value.Terms }));
        else if (_draft is not null) _formError = outcome.Error;
        else _error = outcome.Error;
        if (outcome.IsOk) await LoadAsync();
    }
}
