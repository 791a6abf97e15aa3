using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using QRCoder;

namespace OrderHub.Warehousing.Labels;

/// <summary>A label of 100 × 180 mm for a thermal printer, upper part for the courier, stub for us.</summary>
public sealed partial class ParcelLabel
{
    private const string PageSize = "@page { size: 100mm 180mm; margin: 0 } html, body { margin: 0; background: #fff; }";
    private Label? _label;
    private Error? _error;
    private string _qr = "";

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;
    [Parameter] public long ParcelId { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var label = await Actions.ReadAsync<ReadLabel, Label?>((read, ct) => read.FindAsync(ParcelId, ct));
        if ((_error = label.Error ?? (label.Value is null ? WarehousingErrors.NoLabel : null)) is not null) return;
        _label = label.Value!;
        using var data = QRCodeGenerator.GenerateQrCode(_label.WaybillNo, QRCodeGenerator.ECCLevel.M);
        _qr = new SvgQRCode(data).GetGraphic(2, "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private async Task PrintAsync()
    {
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./_content/OrderHub.Warehousing/packing.js");
        await module.InvokeVoidAsync("printPage");
    }
}
