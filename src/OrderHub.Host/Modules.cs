using OrderHub.AfterSales;
using OrderHub.Allocation;
using OrderHub.Catalog;
using OrderHub.Channels;
using OrderHub.Inventory;
using OrderHub.Orders;
using OrderHub.Platform;
using OrderHub.Reconciliation;
using OrderHub.Warehousing;

namespace OrderHub.Host;

/// <summary>The one list of modules: what they register and what they answer over HTTP.</summary>
internal static class Modules
{
    public static IServiceCollection AddModules(this IServiceCollection services) => services
        .AddPlatform()
        .AddCatalog()
        .AddInventory()
        .AddAllocation()
        .AddOrders()
        .AddWarehousing()
        .AddAfterSales()
        .AddChannels()
        .AddReconciliation();

    public static void MapModules(this IEndpointRouteBuilder app)
    {
        app.MapInventory();
        app.MapAllocation();
        app.MapOrders();
        app.MapWarehousing();
        app.MapChannels();
        app.MapReconciliation();
    }
}
