using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Inbox;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Health;

public sealed partial class QuarantineList
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<QuarantineRow>? _rows;
    private Error? _error;
    private int _seen = -1;
    private string? _done, _payload;
    private long? _shown;
    private long? _previewed;
    private ReplayPreview? _preview;
    private bool _busy;

    [Parameter, EditorRequired] public int ShopId { get; set; }
    [Parameter, EditorRequired] public string ShopCode { get; set; } = "";
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>A new number asks for a fresh read.</summary>
    [Parameter] public int Beat { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Beat) return;
        _seen = Beat;
        var read = await Actions.ReadAsync<ReadShopDetailHandler, IReadOnlyList<QuarantineRow>>((detail, ct) => detail.QuarantineAsync(ShopId, ct), _left.Token);
        _error = read.Error ?? _error;
        if (read.IsOk) _rows = read.Value;
    }

    public void Dispose() => _left.Cancel();

    private async Task ShowAsync(long inboxId)
    {
        if (_shown == inboxId)
        {
            _shown = null;
            return;
        }
        var payload = await Actions.ReadAsync<ReadShopDetailHandler, string?>((detail, ct) => detail.PayloadAsync(ShopId, inboxId, ct), _left.Token);
        _error = payload.Error;
        if (payload.IsOk) (_shown, _payload) = (inboxId, PayloadText.Indented(payload.Value ?? ""));
    }

    private async Task PreviewAsync(long inboxId)
    {
        if (_busy) return;
        (_busy, _done, _error, _preview) = (true, null, null, null);
        var preview = await Actions.RunAsync<PreviewReplayHandler, ReplayPreview>((handler, ct) => handler.HandleAsync(ShopId, inboxId, ct), _left.Token);
        _error = preview.Error;
        if (preview.IsOk) (_previewed, _preview) = (inboxId, preview.Value);
        _busy = false;
    }

    /// <summary>What would change, in one sentence.</summary>
    private string Words(ReplayPreview preview) => preview switch
    {
        { After: null } => L["退款单 {0} 可以入库，申请金额 {1}。", preview.ExternalId, Yuan(preview.PayFen)],
        { Outcome: IntakeOutcome.Stale } => L["订单 {0} 已有更新的版本，重放不会改变它。", preview.ExternalId],
        { Outcome: IntakeOutcome.Unchanged } => L["订单 {0} 的这个版本已经入库，重放不会改变它。", preview.ExternalId],
        { Before: null } => L["将新建订单 {0}：{1} 行商品，实付 {2}，状态为{3}。", preview.ExternalId, preview.Lines, Yuan(preview.PayFen), L[preview.After!.Value.Chinese()]],
        _ => L["将更新订单 {0}：状态 {1} → {2}，实付 {3}。", preview.ExternalId, L[preview.Before!.Value.Chinese()], L[preview.After!.Value.Chinese()], Yuan(preview.PayFen)],
    } + (preview.Reason is { } reason ? " " + L["原因：{0}", reason] : "");

    private static string Yuan(long? fen) => $"¥{((fen ?? 0) / 100m).ToString("N2", CultureInfo.InvariantCulture)}";

    private async Task ReplayAsync(IReadOnlyList<long> ids)
    {
        if (_busy) return;
        (_busy, _done, _error) = (true, null, null);
        var outcome = await Actions.RunAsync<ReplayQuarantinedHandler, int>((handler, ct) => handler.HandleAsync(new(ShopCode, ids), ct), _left.Token);
        if (outcome.IsOk) _done = L["重放 {0} 份，{1} 份已入库。", ids.Count, outcome.Value];
        (_shown, _preview) = (null, null);
        _error = outcome.Error;
        _busy = false;
        await OnChanged.InvokeAsync();
    }
}
