using Microsoft.Extensions.DependencyInjection;
using OrderHub.Allocation.Contracts;
using OrderHub.Allocation.Decisions;
using OrderHub.Allocation.Network;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Allocation;

public static class AllocationModule
{
    public static IServiceCollection AddAllocation(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(AllocationModule).Assembly)
        .AddSingleton<NetworkCache>()
        .AddSingleton<IFulfilmentNetwork>(provider => provider.GetRequiredService<NetworkCache>())
        .AddSingleton<IWarehouseNames, WarehouseNames>()
        .AddScoped<IAllocator, Allocator>()
        .AddScoped<INetworkSetup, SetUpNetwork>();
}
