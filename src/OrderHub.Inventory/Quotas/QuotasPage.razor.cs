using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Quotas;

public sealed partial class QuotasPage
{
    private static readonly (QuotaView View, string Word)[] Views = [(QuotaView.Living, "生效中"), (QuotaView.Coming, "未开始"), (QuotaView.Ended, "已结束")];
    private readonly CancellationTokenSource _left = new();
    private QuotaView _view;
    private IReadOnlyList<QuotaRow>? _rows;
    private QuotaChoices? _choices;
    private Error? _error;
    private bool _busy;
    private long? _ending;
    private string _sku = "";
    private string _shop = "";
    private string _warehouse = "";
    private int _quantity = 1;
    private QuotaKind _kind = QuotaKind.Exclusive;
    private DateTime _from;
    private DateTime _until;
    private string _reason = "";

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [SupplyParameterFromQuery] private string? View { get; set; }

    public void Dispose() => _left.Cancel();

    protected override async Task OnInitializedAsync()
    {
        var now = ShopTime.ToLocal(Clock.GetUtcNow());
        _from = now.AddSeconds(-now.Second).AddMilliseconds(-now.Millisecond);
        _until = _from.Date.AddDays(7);
        var read = await Actions.ReadAsync<ListQuotas, QuotaChoices>((list, ct) => list.ChoicesAsync(ct), _left.Token);
        if (read.IsOk) _choices = read.Value;
    }

    protected override Task OnParametersSetAsync()
    {
        _view = Enum.TryParse<QuotaView>(View, ignoreCase: true, out var view) && Enum.IsDefined(view) ? view : QuotaView.Living;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ListQuotas, IReadOnlyList<QuotaRow>>((list, ct) => list.ReadAsync(_view, null, ct), _left.Token);
        _error ??= read.Error;
        if (read.IsOk) _rows = read.Value;
    }

    private async Task SetAsync()
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        var draft = new QuotaDraft(_kind, _sku, _warehouse.Length == 0 ? null : _warehouse, _shop, _quantity, ShopTime.FromLocal(_from), ShopTime.FromLocal(_until), _reason);
        _error = (await Actions.RunAsync<SetQuotaHandler, long>((set, ct) => set.SetAsync(draft, ct))).Error;
        _busy = false;
        if (_error is null) (_sku, _quantity) = ("", 1);
        await LoadAsync();
    }

    private async Task EndAsync(long id)
    {
        if (_busy) return;
        (_busy, _error) = (true, null);
        _error = (await Actions.RunAsync<EndQuotaHandler>((end, ct) => end.EndAsync(id, ct))).Error;
        (_busy, _ending) = (false, null);
        await LoadAsync();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
