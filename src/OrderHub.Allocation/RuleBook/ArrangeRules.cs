using OrderHub.Allocation.Network;
using OrderHub.Platform.Results;

namespace OrderHub.Allocation.RuleBook;

/// <summary>What the list does with a rule: moves it, switches it, removes it and brings it back.</summary>
internal sealed class ArrangeRulesHandler(ChangeNetwork changes)
{
    /// <param name="place">0 = asked first.</param>
    public Task<Result> MoveAsync(int id, int place, CancellationToken ct) => changes.RunAsync(async tx =>
    {
        if (await RuleRows.FindAsync(tx, id, ct) is not { } rule || await RuleRows.PlaceAsync(tx, id, place, ct) is not { } from) return AllocationErrors.RuleGone;
        return from == place ? NetworkChange.None : new NetworkChange("allocation.rule_moved", rule.Rule.Name, new { place = from + 1 }, new { place = place + 1 });
    }, ct);

    public Task<Result> SwitchAsync(int id, bool active, CancellationToken ct) => changes.RunAsync(async tx =>
    {
        if (await RuleRows.FindAsync(tx, id, ct) is not { } rule) return AllocationErrors.RuleGone;
        if (rule.Active == active) return NetworkChange.None;
        await tx.ExecuteAsync("update allocation_rules set active = $2, version = version + 1 where id = $1", ct, id, active);
        return new NetworkChange("allocation.rule_switched", rule.Rule.Name, new { rule.Active }, new { active });
    }, ct);

    /// <param name="version">As it was seen: what somebody changed since is not removed unseen, and an undo brings back what was removed.</param>
    public Task<Result> RemoveAsync(int id, int version, CancellationToken ct) => changes.RunAsync(async tx =>
    {
        if (await RuleRows.FindAsync(tx, id, ct) is not { } rule) return AllocationErrors.RuleGone;
        if (rule.Version != version) return AllocationErrors.RuleChangedMeanwhile(rule.Rule.Name);
        await tx.ExecuteAsync("delete from allocation_rules where id = $1", ct, id);
        return new NetworkChange("allocation.rule_removed", rule.Rule.Name, new { rule.Rule, rule.Active }, null);
    }, ct);

    /// <summary>Undoes a removal: the same rule at the same place, under a new id.</summary>
    public Task<Result> RestoreAsync(RuleView removed, int place, CancellationToken ct) => changes.RunAsync(async tx =>
    {
        if (await RuleRows.NameTakenAsync(tx, removed.Rule.Name, 0, ct)) return AllocationErrors.RuleNameTaken(removed.Rule.Name);
        var id = await RuleRows.AddAsync(tx, removed.Rule, removed.Active, ct);
        await RuleRows.PlaceAsync(tx, id, place, ct);
        return new NetworkChange("allocation.rule_restored", removed.Rule.Name, null, new { removed.Rule, removed.Active, place = place + 1 });
    }, ct);
}
