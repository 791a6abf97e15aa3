using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>What one warehouse has to take from the shelf for one order.</summary>
internal sealed class PickTask
{
    public long Id { get; private set; }
    public long OrderId { get; private set; }
    public int WarehouseId { get; private set; }
    public PickTaskState State { get; private set; }

    /// <summary>Grows when the order is sent to another warehouse or its goods change: a new label is needed then.</summary>
    public int Round { get; private set; }

    /// <summary>Empty when no courier was chosen.</summary>
    public string CourierCode { get; private set; } = "";
    public int LineCount { get; private set; }
    public int PieceCount { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset Deadline { get; private set; }
    public string? ClaimedBy { get; private set; }
    public long? ClaimedById { get; private set; }

    /// <summary>The holder's last sign of life: when he took it, or scanned for it.</summary>
    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>Until then it is not offered as the next task: its order may not be packed.</summary>
    public DateTimeOffset? ParkedUntil { get; private set; }
    public string? ParkedReason { get; private set; }
    public List<PickLine> Lines { get; private set; } = [];

    public string OrderNo => Platform.Units.OrderNo.From(OrderId);
    public bool IsOpenWork => State is PickTaskState.Open or PickTaskState.Picked;

    public static PickTask For(long orderId, DateTimeOffset now) => new() { OrderId = orderId, CreatedAt = now, State = PickTaskState.Cancelled };

    /// <summary>Gives the task to a warehouse. The same demand again changes nothing.</summary>
    public void Assign(int warehouseId, string courierCode, IReadOnlyCollection<(int SkuId, int Quantity)> demand, DateTimeOffset deadline)
    {
        var same = IsOpenWork && WarehouseId == warehouseId && Lines.Count == demand.Count
            && demand.All(d => Lines.Exists(l => l.SkuId == d.SkuId && l.Quantity == d.Quantity));
        CourierCode = courierCode;
        Deadline = deadline;
        if (same) return;
        (WarehouseId, State, Round) = (warehouseId, PickTaskState.Open, Round + 1);
        Lines.RemoveAll(l => demand.All(d => d.SkuId != l.SkuId));
        foreach (var (sku, quantity) in demand)
        {
            if (Lines.Find(l => l.SkuId == sku) is { } line) line.Demand(quantity);
            else Lines.Add(new PickLine(sku, quantity));
        }
        (LineCount, PieceCount) = (demand.Count, demand.Sum(d => d.Quantity));
        LetGo();
        (ParkedUntil, ParkedReason) = (null, null);
    }

    public void Cancel()
    {
        State = PickTaskState.Cancelled;
        LetGo();
    }

    /// <param name="expires">A claim without a sign of life for this long counts as free.</param>
    public Error? Claim(Actor actor, DateTimeOffset now, TimeSpan expires)
    {
        if (!IsOpenWork) return WarehousingErrors.TaskClosed(OrderNo);
        if (ClaimedBy is not null && !IsHeldBy(actor) && ClaimedAt > now - expires) return WarehousingErrors.TakenBy(OrderNo, ClaimedBy);
        (ClaimedBy, ClaimedById, ClaimedAt) = (actor.Name, actor.UserId, now);
        return null;
    }

    public void LetGo() => (ClaimedBy, ClaimedById, ClaimedAt) = (null, null, null);

    public void Park(string reason, DateTimeOffset until)
    {
        (ParkedReason, ParkedUntil) = (reason, until);
        LetGo();
    }

    public void Count(PickLine line)
    {
        line.Add();
        if (Lines.TrueForAll(l => l.Scanned == l.Quantity)) State = PickTaskState.Picked;
    }

    public void Packed() => State = PickTaskState.Packed;

    public void HandedOver() => State = PickTaskState.HandedOver;

    /// <summary>Back to the bench; nothing counts as scanned any more.</summary>
    public void Unpacked(Actor actor, DateTimeOffset now)
    {
        State = PickTaskState.Open;
        foreach (var line in Lines) line.Demand(line.Quantity);
        (ClaimedBy, ClaimedById, ClaimedAt) = (actor.Name, actor.UserId, now);
    }

    private bool IsHeldBy(Actor actor) => actor.UserId is { } id ? ClaimedById == id : ClaimedById is null && ClaimedBy == actor.Name;
}

/// <summary>One base SKU of a task.</summary>
internal sealed class PickLine(int skuId, int quantity)
{
    public long Id { get; private set; }
    public long TaskId { get; private set; }
    public int SkuId { get; private set; } = skuId;
    public int Quantity { get; private set; } = quantity;
    public int Scanned { get; private set; }

    public void Demand(int quantity) => (Quantity, Scanned) = (quantity, 0);
    public void Add() => Scanned++;
}

internal sealed class PickTaskMapping : IEntityTypeConfiguration<PickTask>
{
    public void Configure(EntityTypeBuilder<PickTask> task)
    {
        task.ToTable("warehousing_pick_tasks");
        task.HasIndex(x => x.OrderId).IsUnique(); // one order, one task: a re-told allocation cannot be picked twice
        task.HasIndex(x => new { x.WarehouseId, x.State, x.Deadline, x.Id });
        task.HasIndex(x => new { x.State, x.Deadline, x.Id });
        task.HasMany(x => x.Lines).WithOne().HasForeignKey(x => x.TaskId).OnDelete(DeleteBehavior.Cascade);
        task.Ignore(x => x.OrderNo);
    }
}

internal sealed class PickLineMapping : IEntityTypeConfiguration<PickLine>
{
    public void Configure(EntityTypeBuilder<PickLine> line)
    {
        line.ToTable("warehousing_pick_lines", table => table.HasCheckConstraint("ck_warehousing_pick_lines_scanned", "quantity > 0 and scanned between 0 and quantity"));
        line.HasIndex(x => new { x.TaskId, x.SkuId }).IsUnique();
    }
}

internal static class LockTask
{
    /// <summary>The order's task with its lines, its row locked until the transaction ends. Lock the order first, then the task.</summary>
    public static async Task<PickTask?> LockTaskAsync(this Platform.Data.HubTransaction tx, long orderId, CancellationToken ct) =>
        (await tx.LockTasksAsync([orderId], ct)).SingleOrDefault();

    /// <summary>Many at once, in ascending order; orders without a task are absent.</summary>
    public static async Task<IReadOnlyList<PickTask>> LockTasksAsync(this Platform.Data.HubTransaction tx, long[] orderIds, CancellationToken ct)
    {
        var tasks = await tx.Context.Set<PickTask>().FromSql($"select * from warehousing_pick_tasks where order_id = any({orderIds}) order by order_id for update").ToListAsync(ct);
        if (tasks.Count == 0) return tasks;
        var ids = tasks.ConvertAll(t => t.Id);
        await tx.Context.Set<PickLine>().Where(l => ids.Contains(l.TaskId)).LoadAsync(ct);
        return tasks;
    }
}
