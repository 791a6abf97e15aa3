namespace OrderHub.Inventory.Stock;

/// <summary>The list's saved views: how they read and how the address names them.</summary>
internal static class StockViews
{
    public static readonly IReadOnlyList<(StockView View, string Word)> All =
        [(StockView.All, "全部"), (StockView.Short, "缺货"), (StockView.Low, "低于安全库存"), (StockView.Held, "有占用")];

    public static StockView Parse(string? text) => Enum.TryParse<StockView>(text, ignoreCase: true, out var view) && Enum.IsDefined(view) ? view : StockView.All;

    /// <summary>Null for the view that needs no mention.</summary>
    public static string? Name(StockView view) => view == StockView.All ? null : view.ToString().ToLowerInvariant();
}
