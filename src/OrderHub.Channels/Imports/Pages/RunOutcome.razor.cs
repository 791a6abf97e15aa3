using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Platform.Actions;

namespace OrderHub.Channels.Imports.Pages;

public sealed partial class RunOutcome
{
    private IReadOnlyList<FindingRow>? _findings;
    private (long, ImportState) _shownFor;
    private bool _remarks;

    [CascadingParameter] private ImportPage Page { get; set; } = default!;
    [CascadingParameter] private ImportRow Run { get; set; } = default!;
    [Inject] private IActionRunner Actions { get; set; } = default!;

    /// <summary>A check gives every batch its stock back, so that it cannot tell how much the whole file will lack.</summary>
    private IEnumerable<(string Word, int Count, bool IsBad)> Figures =>
    [
        ("新增", Run.Added, false), ("更新", Run.Changed, false), ("没有变化", Run.Unchanged, false), ("已有更新的版本", Run.Stale, false), ("进待审核", Run.ToReview, false),
        .. Run.State == ImportState.Checked ? [] : new[] { ("缺货", Run.Short, false) }, ("错误行", Run.ErrorRows, true),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (_shownFor == (Run.Id, Run.State)) return;
        _shownFor = (Run.Id, Run.State);
        await ShowAsync(Run.ErrorRows == 0 && Run.Remarks > 0);
    }

    private async Task ShowAsync(bool remarks)
    {
        (_remarks, _findings) = (remarks, null);
        var read = await Actions.ReadAsync<ReadImportsHandler, IReadOnlyList<FindingRow>>((imports, ct) => imports.FindingsAsync(Run.Id, remarks, ReadImportsHandler.FindingsShown, ct));
        if (read.IsOk) _findings = read.Value;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
