using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using OrderHub.Allocation.Rules;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Freight;

public sealed partial class RatesPage
{
    private readonly CancellationTokenSource _left = new();
    private RateTable? _table;
    private IReadOnlyList<RowFault>? _faults;
    private FreightRate? _removed;
    private string? _done;
    private Error? _error;
    private int? _editing;
    private int _shown, _from;
    private string _to = "";
    private decimal _firstKg = 1, _firstYuan, _stepKg = 1, _additionalYuan;
    private bool _busy, _replace;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter] public string Code { get; set; } = "";

    private IEnumerable<RateView> Shown => _table!.Rates.Where(r => _shown == 0 || r.Rate.FromWarehouseId == _shown);

    public void Dispose() => _left.Cancel();

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadRates, RateTable?>((rates, ct) => rates.TableAsync(Code, ct), _left.Token);
        _error ??= read.Error ?? (read.Value is null ? AllocationErrors.CourierUnknown(Code) : null);
        if (read.IsOk) _table = read.Value;
    }

    private string? WarehouseName(FreightRate rate) => _table!.Warehouses.FirstOrDefault(w => w.Id == rate.FromWarehouseId)?.Name;

    private void Edit(RateView? row)
    {
        (_editing, _done, _error) = (row?.Id, null, null);
        if (row is not null)
            (_from, _to, _firstKg, _firstYuan, _stepKg, _additionalYuan) = (row.Rate.FromWarehouseId ?? 0, row.Rate.ToProvince ?? "", row.Rate.FirstGrams / 1000m, row.Rate.FirstFen / 100m, row.Rate.StepGrams / 1000m, row.Rate.AdditionalFen / 100m);
    }

    private async Task SaveAsync()
    {
        var rate = new FreightRate(_table!.Courier.Id, _from == 0 ? null : _from, _to.Length == 0 ? null : _to, (int)(_firstKg * 1000), (long)(_firstYuan * 100), (int)(_stepKg * 1000), (long)(_additionalYuan * 100));
        if (await ActAsync((save, ct) => save.SaveAsync(_editing, rate, ct))) (_editing, _done) = (null, L["已保存，下一单就按新的算"]);
    }

    private async Task RemoveAsync(RateView row)
    {
        if (await ActAsync((save, ct) => save.RemoveAsync(row.Rate.CourierId, row.Id, ct))) (_removed, _done) = (row.Rate, L["已删除 {0} 到 {1} 的价格", WarehouseName(row.Rate) ?? L["全部仓"], row.Rate.ToProvince ?? L["其他省份"]]);
    }

    private async Task RestoreAsync()
    {
        if (_removed is { } rate && await ActAsync((save, ct) => save.SaveAsync(null, rate, ct))) _done = L["已恢复"];
    }

    private async Task<bool> ActAsync(Func<SaveRateHandler, CancellationToken, Task<Result>> act)
    {
        if (_busy) return false;
        (_busy, _error, _done, _faults) = (true, null, null, null);
        _error = (await Actions.RunAsync(act)).Error;
        if (_error is null) _removed = null;
        await LoadAsync();
        _busy = false;
        return _error is null;
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        if (_busy) return;
        (_busy, _error, _done, _faults, _removed) = (true, null, null, null, null);
        if (await ContentAsync(chosen.File) is { } content)
        {
            var read = await Actions.RunAsync<ImportRatesHandler, ImportedRates>((import, ct) => import.ImportAsync(Code, content, _replace, ct));
            _error = read.Error;
            if (read.IsOk && read.Value.Faults.Count > 0) _faults = read.Value.Faults;
            else if (read.IsOk) _done = L["导入完成：新增 {0}，修改 {1}，删除 {2}，没变 {3}", read.Value.Added, read.Value.Changed, read.Value.Removed, read.Value.Same];
        }
        await LoadAsync();
        _busy = false;
    }

    private async Task<byte[]?> ContentAsync(IBrowserFile file)
    {
        if (file.Size > RateSheet.MostBytes)
        {
            _error = AllocationErrors.FileTooBig(RateSheet.MostBytes / 1024 / 1024, RateSheet.MostRows);
            return null;
        }
        try
        {
            using var whole = new MemoryStream((int)file.Size);
            await using var stream = file.OpenReadStream(RateSheet.MostBytes, _left.Token);
            await stream.CopyToAsync(whole, _left.Token);
            return whole.ToArray();
        }
        catch (IOException) // the connection to the browser broke while the file came
        {
            _error = AllocationErrors.FileUnreadable;
            return null;
        }
    }
}
