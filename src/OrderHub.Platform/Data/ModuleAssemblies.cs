using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrderHub.Platform.Data;

/// <summary>The assemblies whose mappings, pages and texts belong to the hub.</summary>
public sealed class ModuleAssemblies
{
    private readonly List<Assembly> _all = [typeof(ModuleAssemblies).Assembly];
    public IReadOnlyList<Assembly> All => _all;
    internal void Add(Assembly assembly) { if (!_all.Contains(assembly)) _all.Add(assembly); }
}

public static class ModuleAssemblyRegistration
{
    /// <summary>Every module calls this first: its EF mappings, routable pages and English texts are found by it.</summary>
    public static IServiceCollection AddModuleAssembly(this IServiceCollection services, Assembly assembly)
    {
        var modules = services.FirstOrDefault(s => s.ServiceType == typeof(ModuleAssemblies))?.ImplementationInstance as ModuleAssemblies;
        if (modules is null) services.TryAddSingleton(modules = new ModuleAssemblies());
        modules.Add(assembly);
        return services;
    }
}
