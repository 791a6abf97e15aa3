using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>Tasks by warehouse and state, most urgent first, keyset-paged.</summary>
internal sealed class ListTasks(OrderHubDbContext db, CurrentActor current, IOptions<WarehousingOptions> options, TimeProvider clock)
{
    public async Task<TaskPage> PageAsync(TaskFilter filter, CancellationToken ct)
    {
        var (own, me, myId) = (current.WarehouseId ?? filter.WarehouseId, current.Actor.Name, current.Actor.UserId);
        var gone = clock.GetUtcNow() - options.Value.ClaimExpires;
        var tasks = db.Set<PickTask>().AsNoTracking().Where(t => own == null || t.WarehouseId == own);
        tasks = filter.View switch
        {
            TaskView.Waiting => tasks.Where(t => t.State == PickTaskState.Open && (t.ClaimedBy == null || t.ClaimedAt <= gone)),
            TaskView.Checking => tasks.Where(t => t.State == PickTaskState.Picked || (t.State == PickTaskState.Open && t.ClaimedAt > gone)),
            TaskView.Mine => tasks.Where(t => (t.State == PickTaskState.Open || t.State == PickTaskState.Picked) && t.ClaimedBy == me && t.ClaimedById == myId),
            TaskView.Packed => tasks.Where(t => t.State == PickTaskState.Packed),
            TaskView.HandedOver => tasks.Where(t => t.State == PickTaskState.HandedOver),
            TaskView.Cancelled => tasks.Where(t => t.State == PickTaskState.Cancelled),
            _ => tasks.Where(t => t.State == PickTaskState.Open || t.State == PickTaskState.Picked || t.State == PickTaskState.Packed),
        };
        if (TaskCursor.Parse(filter.After) is { } after) tasks = tasks.Where(t => t.Deadline > after.Deadline || (t.Deadline == after.Deadline && t.Id > after.Id));
        var rows = await tasks.OrderBy(t => t.Deadline).ThenBy(t => t.Id).Take(filter.Size + 1)
            .Select(t => new TaskRow(t.Id, t.OrderId, t.Part, t.WarehouseId, t.State, t.CourierCode, t.LineCount, t.PieceCount, t.Deadline, t.ClaimedBy, t.ParkedReason))
            .ToListAsync(ct);
        var next = rows.Count > filter.Size ? TaskCursor.Of(rows[filter.Size - 1]) : null;
        return new([.. rows.Take(filter.Size)], next);
    }
}

internal enum TaskView { Open = 1, Waiting = 2, Checking = 3, Mine = 4, Packed = 5, HandedOver = 6, Cancelled = 7 }

internal sealed record TaskFilter(int? WarehouseId, TaskView View, string? After = null, int Size = 50);

internal sealed record TaskPage(IReadOnlyList<TaskRow> Rows, string? Next);

internal sealed record TaskRow(long Id, long OrderId, short Part, int WarehouseId, PickTaskState State, string CourierCode, int Lines, int Pieces, DateTimeOffset Deadline,
    string? ClaimedBy, string? ParkedReason)
{
    public TaskKey Key => new(OrderId, Part);
    public string OrderNo => Platform.Units.OrderNo.From(OrderId);
}

/// <summary>Where the next page begins; microseconds, as the database keeps them.</summary>
internal readonly record struct TaskCursor(DateTimeOffset Deadline, long Id)
{
    public static string Of(TaskRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Deadline.UtcTicks}-{row.Id}");

    public static TaskCursor? Parse(string? text)
    {
        var parts = text?.Split('-') ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], out var ticks) && long.TryParse(parts[1], out var id) && ticks is > 0 and < 3_155_378_975_999_999_999
            ? new(new DateTimeOffset(ticks, TimeSpan.Zero), id) : null;
    }
}
