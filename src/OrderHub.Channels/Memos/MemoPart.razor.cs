using System.Text;
using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Memos;

public sealed partial class MemoPart
{
    private static readonly string[] Flags = ["无", "红", "黄", "绿", "蓝", "紫"];
    private readonly CancellationTokenSource _left = new();
    private MemoView? _memo;
    private Error? _error;
    private string _text = "";
    private int _flag;
    private bool _editing, _busy;

    [Parameter, EditorRequired] public long OrderId { get; set; }
    [Parameter] public DateTimeOffset ReadAt { get; set; }
    [Inject] private IActionRunner Actions { get; set; } = default!;

    private int BytesLeft => _memo!.MostBytes - Encoding.UTF8.GetByteCount(_text.Trim());

    protected override Task OnParametersSetAsync() => LoadAsync();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        var asked = OrderId;
        var read = await Actions.ReadAsync<WriteMemoHandler, MemoView?>((memos, ct) => memos.ReadAsync(asked, ct), _left.Token);
        if (asked != OrderId || _left.IsCancellationRequested) return;
        if (!read.IsOk) _error = read.Error;
        else if (read.Value is not null) _memo = read.Value;
    }

    private void Edit() => (_editing, _text, _flag, _error) = (true, _memo!.Note.Text, _memo.Note.Flag, null);

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        _error = (await Actions.RunAsync<WriteMemoHandler>((memos, ct) => memos.HandleAsync(OrderId, _text, _flag, ct), _left.Token)).Error;
        _busy = false;
        if (_error is not null) return;
        _editing = false;
        await LoadAsync();
    }
}
