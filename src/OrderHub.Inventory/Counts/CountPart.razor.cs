using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Counts;

/// <summary>Counting, blind. Each figure is kept as soon as it is entered; entering it again replaces it.</summary>
public sealed partial class CountPart
{
    private bool _busy;
    private Error? _error;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [CascadingParameter] private DocumentView View { get; set; } = default!;
    [Parameter] public EventCallback Counted { get; set; }

    private Task RecordAsync(int lineNo, string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)
        ? ActAsync<RecordCountHandler>((record, ct) => record.RecordAsync(new CountedSku(View.No, lineNo, quantity), ct))
        : Task.CompletedTask;

    private Task SubmitAsync() => ActAsync<SubmitCountHandler>((submit, ct) => submit.SubmitAsync(View.No, ct));

    private async Task ActAsync<THandler>(Func<THandler, CancellationToken, Task<Result<string>>> act) where THandler : notnull
    {
        if (_busy) return;
        _busy = true;
        _error = (await Actions.RunAsync(act)).Error;
        _busy = false;
        await Counted.InvokeAsync();
    }
}
