using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.Network;

/// <summary>What was changed, for the audit trail.</summary>
/// <param name="Subject">As people name it.</param>
internal sealed record NetworkChange(string Action, string Subject, object? Before, object? After, string? Reason = null)
{
    /// <summary>All is as it was: neither version nor audit move.</summary>
    public static readonly NetworkChange None = new("", "", null, null);
}

/// <summary>Every change of warehouses, couriers, rates and rules: written, counted up in the version and audited in one transaction.</summary>
internal sealed class ChangeNetwork(HubDatabase database, NetworkCache cache, AuditTrail audit, CurrentActor current)
{
    public Task<Result> RunAsync(Func<HubTransaction, Task<Result<NetworkChange>>> work, CancellationToken ct) => database.RunAsync<Result>(async tx =>
    {
        // taken first: changes queue here, so what one has checked is still so when it writes
        await tx.ExecuteAsync("select 1 from allocation_version where id = 1 for update", ct);
        var outcome = await work(tx);
        if (outcome.Error is { } refusal) return refusal;
        var change = outcome.Value;
        if (ReferenceEquals(change, NetworkChange.None)) return Result.Ok;
        await tx.ExecuteAsync("update allocation_version set version = version + 1 where id = 1", ct);
        await audit.WriteAsync(tx, current.Actor, change.Action, change.Subject, change.Reason, change.Before, change.After, ct);
        tx.AfterCommit(cache.LookAgain);
        return Result.Ok;
    }, ct);
}
