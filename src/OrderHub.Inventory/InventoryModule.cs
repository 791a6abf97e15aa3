using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Inventory.Checks;
using OrderHub.Inventory.Contracts;
using OrderHub.Inventory.Documents;
using OrderHub.Inventory.Ledger;
using OrderHub.Inventory.Stock;
using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Inventory;

public static class InventoryModule
{
    public static IServiceCollection AddInventory(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(InventoryModule).Assembly)
        .AddScoped<IStockPool, StockPool>()
        .AddScoped<IStockReader, ReadStock>()
        .AddScoped<IStockAdjustments, AdjustStock>()
        .AddScoped<IStockReceipts, ReceiveStock>()
        .AddScoped<AdjustByCode>()
        .AddScoped<SetPublishRule>()
        .AddScoped<ListStock>()
        .AddScoped<ReadSkuStock>()
        .AddScoped<ReadMovements>()
        .AddScoped<ReadReservations>()
        .AddScoped<IVerifyCheck, NeverOversold>()
        .AddScoped<IVerifyCheck, OnHandEqualsMovements>()
        .AddScoped<IVerifyCheck, ReservedEqualsReservations>()
        .AddScoped<IVerifyCheck, MovementBalancesRun>();

    public static IEndpointRouteBuilder MapInventory(this IEndpointRouteBuilder app)
    {
        app.MapStock();
        app.MapStockExport();
        return app;
    }
}
