using Microsoft.AspNetCore.Components;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Jobs;

public sealed partial class JobBoard
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<JobRow>? _rows;
    private Error? _error;
    private string? _busy;

    [Inject] private IActionRunner Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await LoadAsync();
        using var timer = new PeriodicTimer(Refresh, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
                if (_error is null) await LoadAsync();
        }
        catch (OperationCanceledException)
        {
            // the page was left
        }
    }

    public void Dispose() => _left.Cancel();

    private async Task LoadAsync()
    {
        var read = await Actions.ReadAsync<JobBoardActions, IReadOnlyList<JobRow>>((board, ct) => board.ListAsync(ct), _left.Token);
        _error = read.Error;
        if (read.IsOk) _rows = read.Value;
        StateHasChanged();
    }

    private Task TriggerAsync(JobRow row) => ActAsync(row, (board, ct) => board.TriggerAsync(row.Name, ct));
    private Task PauseAsync(JobRow row) => ActAsync(row, (board, ct) => board.PauseAsync(row.Name, ct));
    private Task ResumeAsync(JobRow row) => ActAsync(row, (board, ct) => board.ResumeAsync(row.Name, ct));

    private async Task ActAsync(JobRow row, Func<JobBoardActions, CancellationToken, Task<Result>> act)
    {
        _busy = row.Name;
        var done = await Actions.RunAsync(act, _left.Token);
        await LoadAsync();
        _error = done.Error ?? _error;
        _busy = null;
    }

    internal static string Rhythm(HubLocalizer texts, string stored)
    {
        if (!stored.StartsWith("every ", StringComparison.Ordinal)) return Cron(texts, stored["cron ".Length..]);
        var every = TimeSpan.Parse(stored["every ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        return every.TotalSeconds < 60 ? texts["每 {0} 秒", every.TotalSeconds] : every.TotalMinutes < 60 ? texts["每 {0} 分钟", every.TotalMinutes] : texts["每 {0} 小时", every.TotalHours];
    }

    /// <summary>Our cron jobs run once a day (<c>0 30 1 * * ?</c>) or once a week (<c>0 0 7 ? * MON</c>); any other expression is shown as it stands.</summary>
    private static string Cron(HubLocalizer texts, string cron)
    {
        if (cron.Split(' ') is not [_, var minute, var hour, var date, "*", var day] || !int.TryParse(minute, out var m) || !int.TryParse(hour, out var h)) return cron;
        return (date, Weekday(day)) switch
        {
            ("*", _) when day == "?" => texts["每天 {0}", $"{h:00}:{m:00}"],
            ("?", { } weekday) => texts["每{0} {1}", texts[weekday], $"{h:00}:{m:00}"],
            _ => cron,
        };
    }

    private static string? Weekday(string day) => day switch
    {
        "MON" => "周一",
        "TUE" => "周二",
        "WED" => "周三",
        "THU" => "周四",
        "FRI" => "周五",
        "SAT" => "周六",
        "SUN" => "周日",
        _ => null,
    };
}
