using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Catalog.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using Radzen;

namespace OrderHub.Orders.Shortages;

/// <summary>What orders wait for; for one SKU, who gets the next pieces and who waits. What is shown stands in the URL.</summary>
public sealed partial class ShortageDesk
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(15);
    private readonly CancellationTokenSource _left = new();
    private CatalogSnapshot? _catalog;
    private TriagePage? _page;
    private TriageSku? _sku;
    private Error? _error;
    private string? _search, _shown;
    private bool _busy, _read;

    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Sku { get; set; }
    [SupplyParameterFromQuery] private int? Page { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private DialogService Dialogs { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Pieces that can be handed out: free ones and those on the way.</summary>
    private int Coming => _sku is { Line: var line } ? line.Shortage.Free + line.InTransit : 0;
    private bool IsOneSku => !string.IsNullOrWhiteSpace(Sku);
    private int PageNo => Math.Clamp(Page ?? 0, 0, 10_000);

    protected override async Task OnParametersSetAsync()
    {
        _search = Q;
        if (_shown == Navigation.Uri) return;
        (_shown, _page, _sku, _read) = (Navigation.Uri, null, null, false);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
                if (!_busy)
                {
                    await LoadAsync();
                    StateHasChanged();
                }
        }
        catch (OperationCanceledException) { } // the page was left
    }

    public void Dispose() => _left.Cancel();

    private sealed record Loaded(TriagePage? Page, TriageSku? Sku, CatalogSnapshot Catalog);

    private async Task LoadAsync()
    {
        var asked = Navigation.Uri;
        _busy = true;
        var read = await Actions.ReadAsync<TriageDesk, Loaded>(async (desk, ct) => new(
            IsOneSku ? null : await desk.Triage.PageAsync(Q, PageNo, ct), IsOneSku ? await desk.Triage.SkuAsync(Sku!, PageNo, ct) : null, await desk.Catalogs.CurrentAsync(ct)), _left.Token);
        if (_left.IsCancellationRequested || asked != Navigation.Uri) return;
        (_busy, _error) = (false, read.Error);
        if (read.IsOk) (_page, _sku, _catalog, _read) = (read.Value.Page, read.Value.Sku, read.Value.Catalog, true);
    }

    private async Task MoveAsync(TriageOrder order, int weight)
    {
        var word = L[weight switch { > 0 => "先发", < 0 => "后发", _ => "恢复次序" }];
        await Dialogs.OpenAsync<ReasonDialog>(L["{0}：{1}", word, order.No], new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Text)] = L[weight switch { > 0 => "到货后它排在所有等货的订单前面。", < 0 => "到货后它排在所有等货的订单后面。", _ => "它回到按时限、VIP 和付款时间的次序。" }],
            [nameof(ReasonDialog.Confirm)] = word,
            [nameof(ReasonDialog.Act)] = (Func<string, Task<Error?>>)(async reason =>
                (await Actions.RunAsync<SetPriority>((priority, ct) => priority.HandleAsync(order.OrderId, weight, reason, ct), _left.Token)).Error),
        });
        await LoadAsync();
    }

    private void Search() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/orders/shortage", new Dictionary<string, object?> { ["q"] = Blank(_search) }));

    private void Turn(int pages) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("page", PageNo + pages is > 0 and var page ? page : null));

    private string Export(string format) => Navigation.GetUriWithQueryParameters($"/orders/shortage/export.{format}", new Dictionary<string, object?> { ["q"] = Blank(IsOneSku ? Sku : Q) });

    private string Why(TriageOrder order) => string.Join(L["；"], new[]
    {
        order.Weight > 0 ? L["手工排前：{0}（{1}）", order.SetReason, order.SetBy] : order.Weight < 0 ? L["手工排后：{0}（{1}）", order.SetReason, order.SetBy] : null,
        order.OtherMissing.Count > 0 ? L["还缺 {0}", string.Join(' ', order.OtherMissing)] : null,
        order.Verdict switch
        {
            TriageVerdict.NextPieces => L["排在第 {0}，到货够发", order.Place],
            TriageVerdict.Waits when Coming == 0 => L["还没有货在途"],
            TriageVerdict.Waits when order.Wanted > Coming => L["要 {0} 件，只来 {1} 件", order.Wanted, Coming],
            TriageVerdict.Waits => L["前面的订单用完到货"],
            _ => null,
        },
    }.OfType<string>());

    private static string Icon(TriageVerdict verdict) => verdict switch
    {
        TriageVerdict.NextPieces => "local_shipping", TriageVerdict.Scattered => "call_split", TriageVerdict.OtherMissing => "link_off", _ => "hourglass_empty",
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>What the page reads with, in one scope.</summary>
internal sealed record TriageDesk(ReadTriage Triage, ICatalog Catalogs);
