using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Texts;

namespace OrderHub.Inventory.Snapshots;

/// <summary>The difference bill of one snapshot: the lines that differ, those nobody can explain first.</summary>
public sealed partial class SnapshotPage
{
    private readonly CancellationTokenSource _left = new();
    private SnapshotBill? _bill;
    private Error? _error;
    private bool _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public long Id { get; set; }

    public void Dispose() => _left.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        var read = await Actions.RunAsync<ReadSnapshots, SnapshotBill>((snapshots, ct) => snapshots.ReadAsync(Id, all: false, ct), _left.Token);
        (_error, _bill) = (read.Error, read.IsOk ? read.Value : null);
    }

    private async Task AcceptAsync()
    {
        if (_busy) return;
        _busy = true;
        var made = await Actions.RunAsync<AcceptSnapshotHandler, string>((accept, ct) => accept.AcceptAsync(Id, ct));
        (_busy, _error) = (false, made.Error);
        if (made.IsOk) Navigation.NavigateTo("/stock/documents/" + made.Value);
    }

    private IEnumerable<string> Reasons(BillLine line)
    {
        if (line.Difference.ByMovements != 0) yield return L["快照后我方单据 {0}", Signed(line.Difference.MovedSince)];
        if (line.Difference.ByArrivals != 0) yield return L["外仓可能已收、我方在途 {0}", line.Difference.ByArrivals];
        if (line.Difference.ByDepartures != 0) yield return L["外仓可能已发、我方待发调拨 {0}", -line.Difference.ByDepartures];
    }

    /// <summary>What a document moved, and what it may still move, in words.</summary>
    internal static string Pieces(HubLocalizer texts, BillDocument document)
    {
        var pieces = new List<string>();
        if (document.OnHand != 0) pieces.Add(texts["在库 {0}", Signed(document.OnHand)]);
        if (document.InTransit != 0) pieces.Add(texts["在途 {0}", Signed(document.InTransit)]);
        if (document.Arriving != 0) pieces.Add(texts["还在路上 {0}", document.Arriving]);
        if (document.Leaving != 0) pieces.Add(texts["待发 {0}", document.Leaving]);
        return string.Join(' ', pieces);
    }

    private static string Signed(int number) => (number > 0 ? "+" : "") + number.ToString("N0", CultureInfo.InvariantCulture);
}
