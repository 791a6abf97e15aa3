using System.Text.RegularExpressions;

namespace OrderHub.ArchitectureTests;

public sealed partial class TableTests
{
    private static readonly string[] Modules = ["catalog", "inventory", "allocation", "orders", "warehousing", "aftersales", "channels", "reconciliation"];

    [Fact]
    public void No_module_names_another_modules_tables()
    {
        var files = Modules.SelectMany(m => Repository.Files(Folder(m), ".cs", ".razor").Select(f => (Module: m, File: f))).ToList();
        files.Count.ShouldBeGreaterThan(50);
        files.SelectMany(f => Violations(f.Module, File.ReadAllText(f.File)).Select(v => $"{Path.GetRelativePath(Repository.Root, f.File)}: {v}")).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_foreign_table() =>
        Violations("orders", "select 1 from orders_lines l join inventory_stock s on s.sku_id = l.sku_id").ShouldBe(["inventory_stock"]);

    private static IEnumerable<string> Violations(string module, string source) =>
        Table().Matches(source).Where(m => m.Groups[1].Value != module).Select(m => m.Value).Distinct();

    private static string Folder(string module) => Directory.EnumerateDirectories(Repository.Source).Single(d => Path.GetFileName(d).Equals("OrderHub." + module, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"(?<=\b(?:from|join|into|update|table|exists)\s+)(catalog|inventory|allocation|orders|warehousing|aftersales|channels|reconciliation)_[a-z_]+")]
    private static partial Regex Table();
}
