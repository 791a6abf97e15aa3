using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class ReservationLedger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "reason",
                schema: "orderhub",
                table: "inventory_reservations",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            // A hold ends once; what it was stays as it was written. As AppendOnlyLedgers: the database refuses, whoever asks.
            migrationBuilder.Sql("""
                create trigger inventory_reservations_kept before delete or truncate on orderhub.inventory_reservations
                   for each statement execute function orderhub.refuse_change();
                create trigger inventory_reservations_end_once before update on orderhub.inventory_reservations for each row
                  when (old.ended_at is not null or new.ended_at is null
                     or (old.order_id, old.sku_id, old.warehouse_id, old.part, old.since, old.quantity, old.reason)
                        is distinct from (new.order_id, new.sku_id, new.warehouse_id, new.part, new.since, new.quantity, new.reason))
                  execute function orderhub.refuse_change();
                create trigger inventory_quota_draws_kept before delete or truncate on orderhub.inventory_quota_draws
                   for each statement execute function orderhub.refuse_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop trigger inventory_reservations_kept on orderhub.inventory_reservations;
                drop trigger inventory_reservations_end_once on orderhub.inventory_reservations;
                drop trigger inventory_quota_draws_kept on orderhub.inventory_quota_draws;
                """);

            migrationBuilder.DropColumn(
                name: "reason",
                schema: "orderhub",
                table: "inventory_reservations");
        }
    }
}
