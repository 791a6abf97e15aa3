using Microsoft.Extensions.Configuration;
using OrderHub.Channels.Imports.Columns;

namespace OrderHub.Channels.Bridge;

/// <summary>Another system's table of orders, as <c>OrderHub:Bridges:&lt;name&gt;</c> describes it.</summary>
/// <param name="Table">Table or view, with its schema if it needs one.</param>
/// <param name="FlagColumn">False or 0 = not read yet; set when its order is here. Without it <paramref name="ChangedColumn"/> must grow with every change.</param>
/// <param name="Columns">What each of its columns means.</param>
internal sealed record BridgeSettings(string Name, string Provider, string ConnectionString, string Table, string KeyColumn, string? FlagColumn, string? ChangedColumn, string ShopCode,
    IReadOnlyList<(ImportField Field, string Column)> Columns)
{
    private const string Section = "OrderHub:Bridges";

    public ColumnMapping Mapping => new([.. Columns.Select(c => (ImportField?)c.Field)]);
    public string OrderNoColumn => Columns.First(c => c.Field == ImportField.OrderNo).Column;

    /// <exception cref="BridgeSettingsException">Carries what is wrong and where.</exception>
    public static BridgeSettings Read(IConfigurationSection bridge)
    {
        var provider = Need(bridge, nameof(Provider));
        if (!provider.Equals("PostgreSQL", StringComparison.OrdinalIgnoreCase) && !provider.Equals("Npgsql", StringComparison.OrdinalIgnoreCase))
            throw new BridgeSettingsException($"{bridge.Path}:Provider：不支持 {provider}，目前只支持 PostgreSQL。");
        var (flag, changed) = (bridge[nameof(FlagColumn)], bridge[nameof(ChangedColumn)]);
        if (string.IsNullOrWhiteSpace(flag) && string.IsNullOrWhiteSpace(changed)) throw new BridgeSettingsException($"{bridge.Path}：FlagColumn 和 ChangedColumn 至少要有一个。");
        var columns = bridge.GetSection(nameof(Columns)).GetChildren().Select(c => (Field(c), c.Value ?? "")).ToList();
        var settings = new BridgeSettings(bridge.Key, provider, Need(bridge, nameof(ConnectionString)), Need(bridge, nameof(Table)), Need(bridge, nameof(KeyColumn)),
            string.IsNullOrWhiteSpace(flag) ? null : flag, string.IsNullOrWhiteSpace(changed) ? null : changed, Need(bridge, nameof(ShopCode)), columns);
        return settings.Mapping.OrdersRefusal() is { } incomplete ? throw new BridgeSettingsException($"{bridge.Path}:Columns：{incomplete.Text}") : settings;
    }

    public static IEnumerable<IConfigurationSection> All(IConfiguration configuration) => configuration.GetSection(Section).GetChildren();

    private static ImportField Field(IConfigurationSection column) => Enum.TryParse<ImportField>(column.Key, ignoreCase: true, out var field) && ImportFields.OfOrders.Contains(field) ? field
        : throw new BridgeSettingsException($"{column.Path}：没有这个字段，可用的有 {string.Join("、", ImportFields.OfOrders)}。");

    private static string Need(IConfigurationSection bridge, string key) => bridge[key] is { Length: > 0 } value ? value : throw new BridgeSettingsException($"{bridge.Path}:{key} 没有填写。");
}

internal sealed class BridgeSettingsException(string message) : Exception(message);
