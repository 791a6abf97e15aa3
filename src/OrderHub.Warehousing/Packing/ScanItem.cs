using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.Platform.Units;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.PickTasks;

namespace OrderHub.Warehousing.Packing;

/// <summary>One pull of a scanner's trigger that counted; the id makes a resent scan harmless.</summary>
internal sealed class CountedScan
{
    public Guid Id { get; init; }
    public long TaskId { get; init; }
    public int SkuId { get; init; }
    public string Code { get; init; } = "";
    public string By { get; init; } = "";
    public DateTimeOffset At { get; init; }
}

internal sealed class CountedScanMapping : IEntityTypeConfiguration<CountedScan>
{
    public void Configure(EntityTypeBuilder<CountedScan> scan)
    {
        scan.ToTable("warehousing_scans");
        scan.Property(x => x.Id).ValueGeneratedNever();
        scan.HasOne<PickTask>().WithMany().HasForeignKey(x => x.TaskId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ScanItemHandler(HubDatabase database, IOrderReader orders, IOrderFlow flow, IBatchPicks batches, ICatalog catalog, ReadTask reader, CurrentActor current,
    IOptions<WarehousingOptions> options, TimeProvider clock)
{
    public async Task<Result<ScanAnswer>> HandleAsync(ScanItem scan, CancellationToken ct)
    {
        var code = scan.Code.Trim();
        var skus = await catalog.CurrentAsync(ct);
        var (skuId, refusal) = await database.RunAsync(async tx =>
        {
            // the orders come first: packing, cancelling and holding take them first too
            if (await tx.LockGroupAsync(orders, scan.Task, ct) is not { } group) return (0, WarehousingErrors.NoTask(scan.Task.ToString()));
            if (current.RefuseOutside(group.Task.WarehouseId) is { } elsewhere) return (0, elsewhere);
            if (await tx.Context.Set<CountedScan>().SingleOrDefaultAsync(s => s.Id == scan.ScanId, ct) is { } known) return (known.SkuId, null);
            return await CountAsync(tx, group, scan.ScanId, code, skus, ct);
        }, ct);
        if (refusal is not null) return refusal;
        var state = (await reader.FindAsync(scan.Task, ct))!;
        return new ScanAnswer(state, state.Lines.First(l => l.SkuId == skuId));
    }

    private async Task<(int SkuId, Error? Refusal)> CountAsync(
        HubTransaction tx, TaskGroup group, Guid scanId, string code, CatalogSnapshot skus, CancellationToken ct)
    {
        var task = group.Task;
        if (!task.IsOpenWork) return (0, WarehousingErrors.TaskClosed(task.No));
        if (group.RefusePacking() is { } held) return (0, held);
        if (task.Claim(current.Actor, clock.GetUtcNow(), options.Value.ClaimExpires) is { } taken) return (0, taken);
        if (task.Lines.TrueForAll(l => l.Scanned == 0)) await batches.ChooseAsync(tx, group.Parcels, ct); // who scans at once has taken no task before
        var (line, refusal) = ScanRules.Judge(code, task.Lines, skus);
        if (line is not null)
        {
            task.Count(line);
            tx.Context.Add(new CountedScan { Id = scanId, TaskId = task.Id, SkuId = line.SkuId, Code = code, By = current.Actor.Name, At = clock.GetUtcNow() });
            if (task.State == PickTaskState.Picked)
                foreach (var order in group.Orders) await flow.NoteAsync(tx, order.Id, "拣货复核完成", current.Actor, null, ct);
        }
        await tx.Context.SaveChangesAsync(ct);
        return (line?.SkuId ?? 0, refusal);
    }
}
