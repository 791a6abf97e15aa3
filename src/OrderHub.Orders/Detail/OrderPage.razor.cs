using Microsoft.AspNetCore.Components;
using OrderHub.Orders.Contracts;
using OrderHub.Orders.Flow;
using OrderHub.Orders.Judging;
using OrderHub.Orders.States;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using Radzen;

namespace OrderHub.Orders.Detail;

/// <summary>One order: what was promised to the buyer, what is in it and why it goes out from there, and what has happened.</summary>
public sealed partial class OrderPage : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _gone = new();
    private OrderDetail? _order;
    private IReadOnlyList<OrderDetailPart> _parts = [];
    private Error? _error;
    private bool _missing;
    private DateTimeOffset _readAt;
    private string? _shown;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private DialogService Dialogs { get; set; } = default!;
    [Inject] private NotificationService Notices { get; set; } = default!;
    [Inject] private IEnumerable<OrderDetailPart> Parts { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter] public string No { get; set; } = "";

    private bool CanApprove => _order is { } o && OrderTransitions.Target(o.Head.State, OrderTrigger.Approve) is not null;
    private bool CanCancel => _order is { } o && OrderTransitions.Target(o.Head.State, OrderTrigger.Cancel) is not null;

    protected override void OnInitialized() => _parts = [.. Parts.OrderBy(p => p.Order)];

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == No) return;
        (_shown, _order) = (No, null);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = KeepFreshAsync();
    }

    private async Task LoadAsync()
    {
        var asked = No;
        var read = await Actions.ReadAsync<ReadOrderDetail, OrderDetail?>((detail, ct) => detail.HandleAsync(asked, ct), _gone.Token);
        if (asked != No || _gone.IsCancellationRequested) return;
        _error = read.Error;
        if (!read.IsOk) return;
        (_order, _missing, _readAt) = (read.Value, read.Value is null, Clock.GetUtcNow());
    }

    private async Task KeepFreshAsync()
    {
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
                if (_order is not null)
                    await InvokeAsync(async () =>
                    {
                        await LoadAsync();
                        StateHasChanged();
                    });
        }
        catch (OperationCanceledException) { } // the page was left
    }

    private Task ApproveAsync() => AskAsync(L["审核通过"], L["订单 {0} 将重新分仓并占用库存。", _order!.Head.No], L["审核通过"], dangerous: false,
        reason => Actions.RunAsync<ApproveReview>((approve, ct) => approve.HandleAsync(_order!.Head.Id, reason, ct), _gone.Token));

    private Task CancelAsync() => AskAsync(L["取消订单 {0}", _order!.Head.No],
        L["订单 {0}（{1}，{2}）将取消，占用的库存会释放，不能恢复。退款请在平台办理。", _order.Head.No, _order.Head.BuyerNick, Platform.Units.Money.Format(_order.Head.Amounts.PayFen)],
        L["取消订单"], dangerous: true, reason => Actions.RunAsync<CancelOrder>((cancel, ct) => cancel.HandleAsync(_order!.Head.Id, reason, ct), _gone.Token));

    private async Task AskAsync(string title, string text, string confirm, bool dangerous, Func<string, Task<Result>> act)
    {
        var done = await Dialogs.OpenAsync<ReasonDialog>(title, new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Text)] = text,
            [nameof(ReasonDialog.Confirm)] = confirm,
            [nameof(ReasonDialog.Dangerous)] = dangerous,
            [nameof(ReasonDialog.Act)] = (Func<string, Task<Error?>>)(async reason => (await act(reason)).Error),
        });
        await LoadAsync();
        if (done is true) Notices.Notify(NotificationSeverity.Success, L["{0}：已完成", title]);
    }

    private string ReviewText(OrderHead head) => string.Join(L["；"], head.ReviewReasons.Select(r => L[ReviewReason.Chinese(r)]));

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
