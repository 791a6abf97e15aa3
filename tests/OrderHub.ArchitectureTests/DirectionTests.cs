using System.Xml.Linq;

namespace OrderHub.ArchitectureTests;

public sealed class DirectionTests
{
    /// <summary>docs/architecture.md, "Directions"; every module may also use Platform.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Platform"] = [], ["EmbeddedPostgres"] = [], ["Sandbox"] = [], ["Catalog"] = [],
        ["Inventory"] = ["Catalog"],
        ["Allocation"] = ["Inventory", "Catalog"],
        ["Orders"] = ["Allocation", "Inventory", "Catalog"],
        ["Warehousing"] = ["Orders", "Allocation", "Inventory", "Catalog"],
        ["AfterSales"] = ["Warehousing", "Orders", "Inventory", "Catalog"],
        ["Channels"] = ["AfterSales", "Warehousing", "Orders", "Allocation", "Inventory", "Catalog"],
        ["Reconciliation"] = ["Channels", "AfterSales", "Warehousing", "Orders", "Catalog"],
    };

    [Fact]
    public void Calls_go_down_the_module_order_only()
    {
        var projects = Directory.EnumerateFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains(".Host.", StringComparison.Ordinal)).ToList();
        projects.Count.ShouldBe(Allowed.Count);
        projects.SelectMany(p => Violations(Name(p), References(XDocument.Load(p)))).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_call_that_goes_up() => Violations("Inventory", ["Platform", "Catalog", "Orders"]).ShouldBe(["Inventory → Orders"]);

    private static IEnumerable<string> Violations(string module, IEnumerable<string> references) =>
        references.Where(r => r != "Platform" && !Allowed[module].Contains(r)).Select(r => $"{module} → {r}");

    private static IEnumerable<string> References(XDocument project) => project.Descendants("ProjectReference").Select(r => Name(r.Attribute("Include")!.Value));

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["OrderHub.".Length..];
}
