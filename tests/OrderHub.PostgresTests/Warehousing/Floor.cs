using OrderHub.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Jobs;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Warehousing.Contracts;
using OrderHub.Warehousing.Tracking;

namespace OrderHub.PostgresTests.Warehousing;

/// <summary>What people in the warehouse do, in the words of the tests.</summary>
internal static class Floor
{
    public static readonly Actor Li = new("小李", 11), Wang = new("小王", 12);

    public static PlayedCourier Courier(this TestHub hub) => hub.Services.GetRequiredService<PlayedCourier>();

    /// <summary>A paid order, allocated to Suzhou, its task on the floor.</summary>
    public static async Task<long> OnTheFloorAsync(this TestHub hub, params (string Sku, int Quantity)[] lines)
    {
        foreach (var sku in new[] { TestHub.Shirt, TestHub.Sock, TestHub.Cap }) await hub.ReceiveAsync(sku, hub.Suzhou, 20);
        var answer = await hub.AcceptOneAsync(hub.Order(lines: lines));
        answer.State.ShouldBe(OrderState.Allocated, answer.Reason);
        await hub.DrainOutboxAsync();
        return answer.OrderId;
    }

    public static async Task<T> StationAsync<T>(this TestHub hub, Actor who, Func<IPackingStation, Task<T>> work, int? boundTo = null)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        (current.Actor, current.WarehouseId) = (who, boundTo);
        return await work(scope.ServiceProvider.GetRequiredService<IPackingStation>());
    }

    public static Task<Platform.Results.Result<ScanAnswer>> ScanAsync(this TestHub hub, TaskKey task, string code, Guid? id = null, Actor? who = null) =>
        hub.StationAsync(who ?? Li, station => station.ScanAsync(new(task, id ?? Guid.NewGuid(), code), default));

    public static async Task ScanAllAsync(this TestHub hub, TaskKey key, int? at = null)
    {
        var task = (await hub.StationAsync(Li, station => station.ClaimAsync(new(at ?? hub.Suzhou, key), default))).Value;
        foreach (var line in task.Lines)
            for (var i = line.Scanned; i < line.Quantity; i++) (await hub.ScanAsync(key, line.Barcode)).Error.ShouldBeNull();
    }

    public static Task<Platform.Results.Result<PackedParcel>> PackAsync(this TestHub hub, TaskKey task) => hub.StationAsync(Li, station => station.PackAsync(task, default));

    public static async Task<PackedParcel> HandedOverAsync(this TestHub hub, params (string Sku, int Quantity)[] lines)
    {
        var orderId = await hub.OnTheFloorAsync(lines);
        await hub.ScanAllAsync(orderId);
        var parcel = (await hub.PackAsync(orderId)).Value;
        (await hub.StationAsync(Li, station => station.HandOverAsync(new(hub.Suzhou, WaybillNo: parcel.WaybillNo), default))).Value.HandedOver.ShouldBe(1);
        return parcel;
    }

    /// <summary>The courier tells a parcel's state: 1 picked up, 3 signed.</summary>
    public static Task<bool> NewsAsync(this TestHub hub, PackedParcel parcel, string state) => hub.InScopeAsync<TakeCourierNewsHandler, bool>(
        news => news.HandleAsync(new(state, parcel.WaybillNo, "yuantong", null, null, null), default));

    public static Task HoldAsync(this TestHub hub, long orderId, string? reason) => hub.InScopeAsync<IOrderFlow, bool>(flow =>
        hub.Database.RunAsync(async tx => { await flow.HoldAsync(tx, orderId, reason, Actor.System, default); return true; }, default));

    public static Task<Platform.Results.Result> MoveAsync(this TestHub hub, long orderId, OrderTrigger trigger) => hub.InScopeAsync<IOrderFlow, Platform.Results.Result>(flow =>
        hub.Database.RunAsync(tx => flow.MoveAsync(tx, orderId, trigger, Actor.System, null, default), default));

    public static Task<JobReport> RunJobAsync<TJob>(this TestHub hub) where TJob : IJob => hub.InScopeAsync<TJob, JobReport>(job => job.RunAsync(default));

    public static async Task<long> OrderOfAsync(this TestHub hub, PackedParcel parcel) =>
        (await hub.Database.QueryAsync("select order_id from warehousing_parcels where id = $1", r => r.GetInt64(0), default, parcel.Id))[0];
}
