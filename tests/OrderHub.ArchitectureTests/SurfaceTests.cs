using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace OrderHub.ArchitectureTests;

public sealed class SurfaceTests
{
    private static readonly string[] Modules = ["Catalog", "Inventory", "Allocation", "Orders", "Warehousing", "AfterSales", "Channels", "Reconciliation"];

    [Fact]
    public void A_module_shows_its_contracts_its_module_class_and_its_pages_only()
    {
        var types = Modules.SelectMany(m => Assembly.Load("OrderHub." + m).GetExportedTypes()).ToList();
        types.Count.ShouldBeGreaterThan(50);
        types.Where(t => !MayBePublic(t)).Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_public_handler() => MayBePublic(typeof(OrderHub.Fake.Packing.PackParcelHandler)).ShouldBeFalse();

    private static bool MayBePublic(Type type) =>
        type.IsNested || type.Namespace!.EndsWith(".Contracts", StringComparison.Ordinal) || type.Name.EndsWith("Module", StringComparison.Ordinal)
        || typeof(IComponent).IsAssignableFrom(type) || type.Name == "_Imports" || type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal)
        || type.FullName is "OrderHub.Orders.States.OrderTransition" or "OrderHub.Orders.States.OrderTransitions"; // data that the help page and outside readers share
}
