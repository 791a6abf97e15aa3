using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Freight;
using OrderHub.Allocation.RuleBook;
using OrderHub.Allocation.Rules;
using OrderHub.Allocation.Stops;
using OrderHub.Allocation.Trials;
using OrderHub.Allocation.Warehouses;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Allocation;

/// <summary>Someone of operations changing rules, warehouses and prices, each action in a scope of its own as on the pages.</summary>
internal sealed class PlanningOffice(TestHub hub)
{
    public static readonly Actor Zhou = new("周运营", 21);

    public async Task<T> AsAsync<THandler, T>(Func<THandler, Task<T>> work) where THandler : notnull
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Zhou;
        return await work(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    public static RuleDraft Draft(string name, string regions = "", RuleEffect onWarehouses = RuleEffect.None, int[]? warehouses = null, RuleEffect onCouriers = RuleEffect.None, int[]? couriers = null) =>
        new(null, true, name, regions, [], "", [], null, null, null, null, onWarehouses, warehouses ?? [], onCouriers, couriers ?? []);

    public Task<Result<int>> SaveAsync(RuleDraft draft) => AsAsync<SaveRuleHandler, Result<int>>(save => save.SaveAsync(draft, default));

    public Task<Result> ArrangeAsync(Func<ArrangeRulesHandler, Task<Result>> act) => AsAsync(act);

    public Task<RuleList> RulesAsync() => AsAsync<ReadRules, RuleList>(rules => rules.ReadAsync(default));

    public Task<Result> StopAsync(StopDraft draft) => AsAsync<ChangeStopsHandler, Result>(stops => stops.AddAsync(draft, default));

    public Task<Result> SaveAsync(Warehouse warehouse) => AsAsync<SaveWarehouseHandler, Result>(save => save.SaveAsync(warehouse, default));

    public async Task<Warehouse> WarehouseAsync(string code) => (await AsAsync<ReadWarehouses, IReadOnlyList<WarehouseLoad>>(read => read.ReadAsync(default))).Single(w => w.Warehouse.Code == code).Warehouse;

    public Task<Result<ImportedRates>> ImportAsync(string courier, byte[] file, bool replace = false) => AsAsync<ImportRatesHandler, Result<ImportedRates>>(import => import.ImportAsync(courier, file, replace, default));

    public Task<Result<Trial>> TryOrderAsync(string no) => AsAsync<TryAllocation, Result<Trial>>(trials => trials.OrderAsync(no, default));

    public Task<Result<Trial>> TryAsync(TrialDraft draft) => AsAsync<TryAllocation, Result<Trial>>(trials => trials.TypedAsync(draft, default));

    public async Task<long> VersionAsync() => (await RulesAsync()).Version;

    public Task<List<string>> AuditAsync() => hub.Database.QueryAsync("select action from platform_audit where actor = $1 order by id", r => r.GetString(0), default, Zhou.Name);

    /// <summary>Where a fresh order to the province goes: warehouse and courier; null = shortage.</summary>
    public async Task<(string? Warehouse, string? Courier)> BuyAsync(string province, int pieces = 1)
    {
        var answer = await hub.AcceptOneAsync(hub.Order(province: province, lines: (TestHub.Shirt, pieces)));
        var view = await hub.ViewAsync(answer.OrderId);
        var network = await AsAsync<IFulfilmentNetwork, FulfilmentNetwork>(network => network.CurrentAsync(default).AsTask());
        return (network.Warehouse(view.WarehouseId)?.Code, network.Courier(view.CourierId)?.Code);
    }
}
