using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;

namespace OrderHub.Inventory.Variances;

public sealed partial class VariancesPage
{
    private readonly CancellationTokenSource _left = new();
    private DateOnly _monday;
    private WeekReport? _report;
    private IReadOnlyList<VarianceWeek> _weeks = [];
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Week { get; set; }

    private DateOnly ThisMonday => WeekReport.MondayOf(ShopTime.BusinessDay(Clock.GetUtcNow()));

    public void Dispose() => _left.Cancel();

    protected override Task OnParametersSetAsync()
    {
        _monday = DateOnly.TryParseExact(Week, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? WeekReport.MondayOf(day) : ThisMonday;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<CompareWeek, (WeekReport Report, IReadOnlyList<VarianceWeek> Weeks)>(async (compare, ct) => (await compare.ReadAsync(_monday, ct), await compare.WeeksAsync(ct)), _left.Token);
        _error = read.Error;
        if (read.IsOk) (_report, _weeks) = read.Value;
    }

    private string Title => _report switch
    {
        null or { Compared: 0 } => L["账实差异"],
        { Lines.Count: 0 } => L["账实差异：{0} 个 SKU 全部相符", _report.Compared],
        _ => L["账实差异：{0} 个 SKU 里 {1} 个不符", _report.Compared, _report.Lines.Count],
    };

    private static string Address(DateOnly monday) => "/stock/variances?week=" + Day(monday);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Span(DateOnly monday) => string.Create(CultureInfo.InvariantCulture, $"{monday:MM-dd} – {monday.AddDays(6):MM-dd}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
