using Npgsql;
using OrderHub.Inventory.Contracts;

namespace OrderHub.Inventory.Stock;

/// <summary>A stock row as SQL selects it and as code reads it.</summary>
internal static class StockColumns
{
    public const string All = "sku_id, warehouse_id, on_hand, reserved, defective, frozen, purchase_in_transit, transfer_in_transit, return_in_transit";

    public static StockRow Read(NpgsqlDataReader r) =>
        new(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8));
}
