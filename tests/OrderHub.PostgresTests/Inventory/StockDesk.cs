using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Results;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Inventory;

/// <summary>People of the warehouse office working on stock documents, each action in a scope of its own as on the pages.</summary>
internal sealed class StockDesk(TestHub hub)
{
    public static readonly Actor Wang = new("王仓管", 11), Li = new("李主管", 12);
    private int _keys;

    public string NewKey() => $"desk-{Guid.NewGuid():N}-{Interlocked.Increment(ref _keys)}";

    public async Task<T> AsAsync<THandler, T>(Actor actor, Func<THandler, Task<T>> work, int? boundTo = null) where THandler : notnull
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        (current.Actor, current.WarehouseId) = (actor, boundTo);
        return await work(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    public Task<Result<string>> OpenAsync(DocumentKind kind, string warehouse, string? from = null, string reason = "测试", string? key = null, Actor? by = null, params DraftLine[] lines) =>
        AsAsync<OpenDocument, Result<string>>(by ?? Wang, open => open.OpenAsync(new DocumentDraft(kind, key ?? NewKey(), warehouse, lines, reason, "", from), default));

    public async Task<string> ExpectAsync(ExpectedReturn expected) =>
        (await hub.InScopeAsync<ICustomerReturns, IReadOnlyList<string>>(returns => hub.Database.RunAsync(tx => returns.ExpectAsync(tx, [expected], [], Wang, default), default)))[0];

    public async Task<DocumentView> ViewAsync(string no, Actor? actor = null) => (await AsAsync<ReadDocument, Result<DocumentView>>(actor ?? Li, read => read.ReadAsync(no, default))).Value;

    public Task<Result<string>> DecideAsync(string no, bool approve, Actor? by = null) =>
        AsAsync<DecideDocumentHandler, Result<string>>(by ?? Li, decide => decide.DecideAsync(new DocumentDecision(no, approve, null), default));

    public async Task<int> BalanceAsync(string sku, int warehouse, Bucket bucket)
    {
        var row = await hub.StockAsync(sku, warehouse);
        return bucket switch
        {
            Bucket.Defective => row.Defective, Bucket.Frozen => row.Frozen, Bucket.PurchaseInTransit => row.PurchaseInTransit,
            Bucket.TransferInTransit => row.TransferInTransit, Bucket.ReturnInTransit => row.ReturnInTransit, _ => row.OnHand,
        };
    }

    /// <summary>Every stock invariant must hold and must have looked at something.</summary>
    public async Task ShouldBeCleanAsync()
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var checks = scope.ServiceProvider.GetServices<IVerifyCheck>().Where(c => c.GetType().Assembly == typeof(IStockPool).Assembly).ToList();
        checks.Count.ShouldBe(8);
        foreach (var check in checks) (await check.RunAsync(default)).Examples.ShouldBeEmpty(check.Name);
    }

    public async Task<bool> BuyAsync(long order, string sku, int warehouse, int quantity, int shop = 0) => await hub.InScopeAsync<IStockPool, bool>(pool => hub.Database.RunAsync(async tx =>
    {
        var picture = await pool.LockAsync(tx, [hub.Sku(sku).Id], [], default);
        if (picture.Available(hub.Sku(sku).Id, warehouse, shop) < quantity) return false;
        picture.Take(hub.Sku(sku).Id, warehouse, quantity, shop);
        await pool.ReserveAsync(tx, [new Reservation(order, hub.Sku(sku).Id, warehouse, quantity, shop)], default);
        return true;
    }, default));

    public Task<bool> ReleaseAsync(params long[] orders) => EndAsync((pool, tx) => pool.ReleaseAsync(tx, orders, ReleaseReason.Cancelled, Actor.System, default));

    public Task<bool> ShipAsync(params long[] orders) => EndAsync((pool, tx) => pool.DeductAsync(tx, orders, Actor.System, default));

    private Task<bool> EndAsync(Func<IStockPool, Platform.Data.HubTransaction, Task> work) => hub.InScopeAsync<IStockPool, bool>(pool => hub.Database.RunAsync(async tx =>
    {
        await work(pool, tx);
        return true;
    }, default));
}
