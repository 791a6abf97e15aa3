using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Platform.Data;

namespace OrderHub.Catalog;

public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(CatalogModule).Assembly)
        .AddSingleton<CatalogCache>()
        .AddSingleton<ICatalog>(services => services.GetRequiredService<CatalogCache>())
        .AddScoped<ICatalogImport, ImportCatalog>();
}
