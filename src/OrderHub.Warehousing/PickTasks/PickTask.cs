using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Warehousing.Contracts;

namespace OrderHub.Warehousing.PickTasks;

/// <summary>What one warehouse has to take from the shelf for one parcel: an order, a part of one, or several orders of one buyer.</summary>
internal sealed class PickTask
{
    public long Id { get; private set; }
    public long OrderId { get; private set; }

    /// <summary>Which parcel of a split order, from 1.</summary>
    public short Part { get; private set; } = 1;

    /// <summary>The task whose parcel takes this one's goods too; its lines contain them.</summary>
    public long? MergedInto { get; private set; }
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

    /// <summary>A person parted it from others: it is not merged again without being asked.</summary>
    public bool KeptApart { get; private set; }
    public List<PickLine> Lines { get; private set; } = [];

    public TaskKey Key => new(OrderId, Part);
    public string No => Key.ToString();
    public bool IsOpenWork => State is PickTaskState.Open or PickTaskState.Picked;

    /// <summary>Gives the task to a warehouse. The same demand again changes nothing.</summary>
    public void Assign(int warehouseId, string courierCode, IReadOnlyCollection<(int SkuId, int Quantity)> demand, DateTimeOffset deadline)
    {
        var same = IsOpenWork && WarehouseId == warehouseId && Holds(demand);
        CourierCode = courierCode;
        Deadline = deadline;
        if (same) return;
        (WarehouseId, State, MergedInto, Round) = (warehouseId, PickTaskState.Open, null, Round + 1);
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

    public void KeepApart() => KeptApart = true;

    public void MergeInto(PickTask carrier)
    {
        (State, MergedInto) = (PickTaskState.Merged, carrier.Id);
        LetGo();
        (ParkedUntil, ParkedReason) = (null, null);
    }

    /// <param name="now">An older claim than <paramref name="expires"/> counts for nothing.</param>
    public bool IsUntouched(DateTimeOffset now, TimeSpan expires) => State == PickTaskState.Open && !(ClaimedBy is not null && ClaimedAt > now - expires) && Lines.TrueForAll(l => l.Scanned == 0);

    public bool Holds(IReadOnlyCollection<(int SkuId, int Quantity)> demand) => Lines.Count == demand.Count && demand.All(d => Lines.Exists(l => l.SkuId == d.SkuId && l.Quantity == d.Quantity));

    public void Cancel()
    {
        (State, MergedInto) = (PickTaskState.Cancelled, null);
        LetGo();
    }

    /// <param name="expires">A claim without a sign of life for this long counts as free.</param>
    public Error? Claim(Actor actor, DateTimeOffset now, TimeSpan expires)
    {
        if (!IsOpenWork) return WarehousingErrors.TaskClosed(No);
        if (ClaimedBy is not null && !IsHeldBy(actor) && ClaimedAt > now - expires) return WarehousingErrors.TakenBy(No, ClaimedBy);
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
        task.HasIndex(x => new { x.OrderId, x.Part }).IsUnique(); // one parcel, one task: a re-told allocation cannot be picked twice
        task.Property(x => x.Part).HasDefaultValue((short)1).HasSentinel((short)1);
        task.Property(x => x.KeptApart).HasDefaultValue(false);
        task.HasIndex(x => x.MergedInto).HasFilter("merged_into is not null");
        task.HasIndex(x => new { x.WarehouseId, x.State, x.Deadline, x.Id });
        task.HasIndex(x => new { x.State, x.Deadline, x.Id });
        // The database has no such foreign key (migration MergeAndSplit): lines are only ever written with their task, and asking for it once a line cost as much as the line.
        task.HasMany(x => x.Lines).WithOne().HasForeignKey(x => x.TaskId).OnDelete(DeleteBehavior.Cascade);
        task.Ignore(x => x.No);
        task.Ignore(x => x.Key);
    }
}

internal sealed class PickLineMapping : IEntityTypeConfiguration<PickLine>
{
    public void Configure(EntityTypeBuilder<PickLine> line)
    {
        line.ToTable("warehousing_pick_lines", table => table.HasCheckConstraint("ck_warehousing_pick_lines_scanned", "quantity > 0 and scanned between 0 and quantity"));
        line.HasKey(x => new { x.TaskId, x.SkuId });
    }
}

internal static class LockTasks
{
    /// <summary>All tasks of these orders with their lines, their rows locked until the transaction ends, by order and part. Lock the orders first.</summary>
    public static async Task<IReadOnlyList<PickTask>> LockTasksAsync(this Platform.Data.HubTransaction tx, long[] orderIds, CancellationToken ct)
    {
        var tasks = await tx.Context.Set<PickTask>().FromSql($"select * from warehousing_pick_tasks where order_id = any({orderIds}) order by order_id, part for update").ToListAsync(ct);
        if (tasks.Count == 0) return tasks;
        var ids = tasks.ConvertAll(t => t.Id);
        await tx.Context.Set<PickLine>().Where(l => ids.Contains(l.TaskId)).LoadAsync(ct);
        return tasks;
    }
}
