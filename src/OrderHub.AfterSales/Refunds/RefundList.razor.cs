using Microsoft.AspNetCore.Components;
using OrderHub.AfterSales.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.AfterSales.Refunds;

/// <summary>All filters stand in the address, so that a link shows a colleague the same list.</summary>
public sealed partial class RefundList : IDisposable
{
    private sealed record Choice(string Code, string Word);
    private sealed record ShopChoice(string Code, string Name);

    private readonly CancellationTokenSource _left = new();
    private readonly Stack<long?> _earlier = new();
    private RefundPage? _page;
    private Error? _error;
    private string? _text;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "shop")] public string? Shop { get; set; }
    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "before")] public long? Before { get; set; }

    private bool IsFiltered => Shop is not null || Status is not null || Text is not null || Before is not null;
    private IEnumerable<Choice> StatusChoices => Enum.GetValues<RefundStatus>().Select(s => new Choice(Code(s), L[s.Chinese()]));
    private IEnumerable<ShopChoice> ShopChoices => _page?.Catalog.Shops.OrderBy(s => s.Id).Select(s => new ShopChoice(s.Code, s.Name)) ?? [];

    protected override Task OnParametersSetAsync()
    {
        _text = Text;
        return LoadAsync();
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        _busy = true;
        RefundStatus? status = Enum.TryParse<RefundStatus>(Status, ignoreCase: true, out var parsed) ? parsed : null;
        var read = await Actions.ReadAsync<ListRefunds, RefundPage>((list, ct) => list.PageAsync(new(Shop, status, Text?.Trim(), Before), ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) _page = read.Value;
        _busy = false;
    }

    private void Search() => Show(Shop, Status, string.IsNullOrWhiteSpace(_text) ? null : _text.Trim());

    private void Show(string? Shop, string? Status, string? Text)
    {
        _earlier.Clear();
        Go(new() { ["shop"] = Shop, ["status"] = Status, ["q"] = Text, ["before"] = null });
    }

    private void Next()
    {
        _earlier.Push(Before);
        Go(new() { ["before"] = _page?.Next });
    }

    private void Previous() => Go(new() { ["before"] = _earlier.TryPop(out var earlier) ? earlier : null });

    private void Go(Dictionary<string, object?> query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query));

    private IReadOnlyDictionary<string, object> Labelled(string chinese) => new Dictionary<string, object> { ["aria-label"] = L[chinese] };

    private static string Code(RefundStatus status) => status.ToString().ToLowerInvariant();
}
