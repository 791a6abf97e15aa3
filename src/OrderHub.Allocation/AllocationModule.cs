using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Decisions;
using OrderHub.Allocation.Freight;
using OrderHub.Allocation.Network;
using OrderHub.Allocation.RuleBook;
using OrderHub.Allocation.Splitting;
using OrderHub.Allocation.Stops;
using OrderHub.Allocation.Trials;
using OrderHub.Allocation.Warehouses;
using OrderHub.Allocation.Weighing;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation;

/// <summary>Which warehouse sends an order by which courier, why, and what operations may say about it.</summary>
public static class AllocationModule
{
    public static IServiceCollection AddAllocation(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(AllocationModule).Assembly)
        .AddSingleton<NetworkCache>()
        .AddSingleton<IFulfilmentNetwork>(provider => provider.GetRequiredService<NetworkCache>())
        .AddSingleton<IWarehouseNames, WarehouseNames>()
        .AddScoped<IAllocator, Allocator>()
        .AddScoped<INetworkSetup, SetUpNetwork>()
        .AddScoped<ChangeNetwork>()
        .AddScoped<ReadRules>().AddScoped<SaveRuleHandler>().AddScoped<ArrangeRulesHandler>()
        .AddScoped<ReadWarehouses>().AddScoped<SaveWarehouseHandler>()
        .AddScoped<ReadRates>().AddScoped<SaveRateHandler>().AddScoped<SwitchCourierHandler>().AddScoped<SaveCourierHandler>().AddScoped<ImportRatesHandler>()
        .AddScoped<ReadStops>().AddScoped<ChangeStopsHandler>().AddScoped<ChangeRemoteAreasHandler>()
        .AddScoped<ReadWeights>().AddScoped<ChangeWeightsHandler>()
        .AddScoped<ReadSplitRules>().AddScoped<ChangeSplitRulesHandler>()
        .AddScoped<TryAllocation>();

    public static IEndpointRouteBuilder MapAllocation(this IEndpointRouteBuilder app)
    {
        app.MapRateExport();
        return app;
    }
}
