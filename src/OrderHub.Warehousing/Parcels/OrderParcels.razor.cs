using Microsoft.AspNetCore.Components;
using OrderHub.Allocation.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Warehousing.Merging;

namespace OrderHub.Warehousing.Parcels;

/// <summary>The warehouse's section of the order page; read again whenever the page is.</summary>
public sealed partial class OrderParcels : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<OrderParcel>? _parcels;
    private FulfilmentNetwork? _network;
    private MergedOrders? _merged;
    private bool _parting;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Parameter, EditorRequired] public long OrderId { get; set; }
    [Parameter] public DateTimeOffset ReadAt { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var asked = OrderId;
        var parcels = await Actions.ReadAsync<ReadOrderParcels, IReadOnlyList<OrderParcel>>((read, ct) => read.HandleAsync(asked, ct), _left.Token);
        var network = await Actions.ReadAsync<IFulfilmentNetwork, FulfilmentNetwork>(async (networks, ct) => await networks.CurrentAsync(ct), _left.Token);
        var merged = await Actions.ReadAsync<MergeDesk, MergedOrders>((desk, ct) => desk.OfOrderAsync(asked, ct), _left.Token);
        if (asked != OrderId || _left.IsCancellationRequested) return;
        if ((_error = parcels.Error ?? network.Error ?? merged.Error) is null) (_parcels, _network, _merged) = (parcels.Value, network.Value, merged.Value);
    }

    private async Task PartAsync()
    {
        if (_parting) return;
        _parting = true;
        var parted = await Actions.RunAsync<MergeDesk>((desk, ct) => desk.PartAsync(OrderId, ct), _left.Token);
        await OnParametersSetAsync();
        (_parting, _error) = (false, parted.Error ?? _error);
    }

    private string CourierName(string code) => _network?.CourierByCode(code)?.Name ?? code;

    private static string Word(string status) => status switch
    {
        "PACKED" => "待交接",
        "HANDED_OVER" => "已交快递",
        "PICKED_UP" => "运输中",
        "SIGNED" => "已签收",
        "RETURNING" => "退回中",
        _ => status,
    };

    private static string Tone(string status) => status switch
    {
        "PACKED" => "warehouse",
        "SIGNED" => "signed",
        "RETURNING" => "problem",
        _ => "shipped",
    };

    private static string Icon(string status) => status switch
    {
        "PACKED" => "package_2",
        "SIGNED" => "task_alt",
        "RETURNING" => "assignment_return",
        _ => "local_shipping",
    };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }
}
