using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Warehouses;

public sealed partial class WarehousesPage
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<WarehouseLoad>? _rows;
    private Form? _form;
    private string? _saved;
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;

    public void Dispose() => _left.Cancel();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<ReadWarehouses, IReadOnlyList<WarehouseLoad>>((warehouses, ct) => warehouses.ReadAsync(ct), _left.Token);
        _error ??= read.Error;
        if (read.IsOk) _rows = read.Value;
    }

    private void Open(Warehouse? house) => (_form, _saved, _error) = (house is null ? new() { Priority = (_rows?.Max(r => (int?)r.Warehouse.Priority) ?? 0) + 1 } : Form.Of(house), null, null);

    private async Task SaveAsync()
    {
        if (_busy || _form is not { } form) return;
        (_busy, _error, _saved) = (true, null, null);
        _error = (await Actions.RunAsync<SaveWarehouseHandler>((save, ct) => save.SaveAsync(form.ToWarehouse(), ct))).Error;
        _busy = false;
        if (_error is not null) return;
        (_form, _saved) = (null, form.Name);
        await LoadAsync();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A warehouse while it is typed.</summary>
    private sealed class Form
    {
        private static readonly char[] Between = [',', '，', '、', ';', '；'];

        public int Id { get; init; }
        public string Title { get; init; } = "";
        public string Code { get; set; } = "";
        public string Name { get; set; } = "";
        public string Province { get; set; } = "";
        public string City { get; set; } = "";
        public string Address { get; set; } = "";
        public string ContactName { get; set; } = "";
        public string ContactPhone { get; set; } = "";
        public int Priority { get; set; }
        public bool Active { get; set; } = true;
        public TimeOnly? CutOff { get; set; }
        public int? DailyCapacity { get; set; }
        public decimal PackYuan { get; set; }
        public string Aliases { get; set; } = "";

        public static Form Of(Warehouse w) => new()
        {
            Id = w.Id, Title = w.Name, Code = w.Code, Name = w.Name, Province = w.Province, City = w.City, Address = w.Address, ContactName = w.ContactName, ContactPhone = w.ContactPhone,
            Priority = w.Priority, Active = w.Active, CutOff = w.CutOff, DailyCapacity = w.DailyCapacity, PackYuan = w.PackFen / 100m, Aliases = string.Join('、', w.Aliases),
        };

        public Warehouse ToWarehouse() => new(Id, Code, Name, Province, City, Address, ContactName, ContactPhone, Priority, Active) { CutOff = CutOff, DailyCapacity = DailyCapacity, PackFen = (long)(PackYuan * 100), Aliases = Aliases.Split(Between, StringSplitOptions.RemoveEmptyEntries) };
    }
}
