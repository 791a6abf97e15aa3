using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Reconciliation.Contracts;

namespace OrderHub.Reconciliation.Settlements;

/// <summary>One day, one revision, one sort of documents; all three stand in the address.</summary>
public sealed partial class SettlementDay : IDisposable
{
    private const int RowsShown = 200;
    private static readonly IReadOnlyDictionary<string, string> Tabs = new OrderedDictionary<string, string>
    {
        ["shops"] = "汇总", ["receivables"] = "应收明细", ["refunds"] = "退款明细", ["unsigned"] = "已发未签",
    };

    private readonly CancellationTokenSource _left = new();
    private SettlementDetail? _detail;
    private SettlementReport? _done;
    private Error? _error;
    private (string Day, int? Revision)? _loaded;
    private bool _missing, _settling;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;

    /// <summary><c>yyyy-MM-dd</c></summary>
    [Parameter] public string DayText { get; set; } = "";
    [SupplyParameterFromQuery(Name = "revision")] public int? Revision { get; set; }
    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }

    private string Current => Tab is not null && Tabs.ContainsKey(Tab) ? Tab : "shops";

    protected override Task OnParametersSetAsync() => _loaded == (DayText, Revision) ? Task.CompletedTask : LoadAsync();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        _loaded = (DayText, Revision);
        _error = null;
        if (SettleAction.Day(DayText) is not { } day)
        {
            _missing = true;
            return;
        }
        var read = await Actions.ReadAsync<ReadSettlements, SettlementDetail?>((settlements, ct) => settlements.DetailAsync(day, Revision, RowsShown, ct), _left.Token);
        _error = read.Error;
        if (!read.IsOk) return;
        _detail = read.Value;
        _missing = _detail is null;
    }

    private async Task SettleAsync()
    {
        if (_detail is null) return;
        (_settling, _error, _done) = (true, null, null);
        var settled = await SettleAction.RunAsync(Actions, Authentication, _detail.Settled.Day, _left.Token);
        if (settled.IsOk)
        {
            _done = settled.Value;
            await LoadAsync();
        }
        else
        {
            _error = settled.Error;
        }
        _settling = false;
    }

    private string Address(int? revision, string tab) => $"/settlements/{DayText}?tab={tab}" + (revision is null ? "" : $"&revision={revision}");

    private string File(string kind) => $"/settlements/{DayText}/daily.{kind}" + (Revision is null ? "" : $"?revision={Revision}");

    private DocumentTable TableOf(SettlementDetail detail) => Current switch
    {
        "receivables" => DocumentTable.OfReceivables(detail, RowsShown),
        "refunds" => DocumentTable.OfRefunds(detail, RowsShown),
        "unsigned" => DocumentTable.OfUnsigned(detail, RowsShown),
        _ => DocumentTable.OfShops(detail, L["合计"]),
    };
}
