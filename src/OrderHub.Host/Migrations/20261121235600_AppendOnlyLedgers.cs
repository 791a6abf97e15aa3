using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OrderHub.Platform.Data;

namespace OrderHub.Host.Migrations;

/// <summary>What is written into a ledger stays as it was written: the database itself refuses update, delete and truncate, whoever asks.</summary>
[DbContext(typeof(OrderHubDbContext))]
[Migration("20261121235600_AppendOnlyLedgers")]
public sealed class AppendOnlyLedgers : Migration
{
    private static readonly string[] Ledgers =
        ["inventory_movements", "orders_timeline", "allocation_decisions", "warehousing_tracks", "reconciliation_money_entries", "platform_audit"];

    protected override void Up(MigrationBuilder migration)
    {
        migration.Sql("""
            create function orderhub.refuse_change() returns trigger language plpgsql as $$
            begin
              raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
            end $$
            """);
        foreach (var ledger in Ledgers)
            migration.Sql($"create trigger {ledger}_append_only before update or delete or truncate on orderhub.{ledger} for each statement execute function orderhub.refuse_change()");
    }

    protected override void Down(MigrationBuilder migration)
    {
        foreach (var ledger in Ledgers) migration.Sql($"drop trigger {ledger}_append_only on orderhub.{ledger}");
        migration.Sql("drop function orderhub.refuse_change()");
    }
}
