using OrderHub.Platform.Actions;
using OrderHub.Platform.Audit;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Settings;

internal sealed class ReadSettings(HubDatabase database)
{
    public async Task<StockSettings> ReadAsync(CancellationToken ct) =>
        (await database.QueryAsync("select pieces_without_approval, expiry_warning_days from inventory_settings",
            r => new StockSettings { PiecesWithoutApproval = r.GetInt32(0), ExpiryWarningDays = r.GetInt32(1) }, ct)).FirstOrDefault() ?? new StockSettings();
}

internal sealed class ChangeSettingsHandler(HubDatabase database, ReadSettings settings, AuditTrail audit, CurrentActor current)
{
    public async Task<Result> ChangeAsync(int piecesWithoutApproval, int expiryWarningDays, CancellationToken ct)
    {
        if (piecesWithoutApproval < 0 || expiryWarningDays < 0) return InventoryErrors.SettingNegative;
        var before = await settings.ReadAsync(ct);
        await database.RunAsync(async tx =>
        {
            await tx.ExecuteAsync("""
                insert into inventory_settings (id, pieces_without_approval, expiry_warning_days) values (1, $1, $2)
                on conflict (id) do update set pieces_without_approval = excluded.pieces_without_approval, expiry_warning_days = excluded.expiry_warning_days
                """, ct, piecesWithoutApproval, expiryWarningDays);
            await audit.WriteAsync(tx, current.Actor, "inventory.settings_changed", "inventory", null, before, new { piecesWithoutApproval, expiryWarningDays }, ct);
        }, ct);
        return Result.Ok;
    }
}
