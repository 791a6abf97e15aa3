using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class LedgerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_document",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_order_id",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_shop_id_platform_order_no",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_document",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                column: "document",
                unique: true,
                filter: "kind in (3, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_order_id_kind",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                columns: new[] { "order_id", "kind" },
                unique: true,
                filter: "kind in (1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_shop_id_platform_order_no",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                columns: new[] { "shop_id", "platform_order_no" },
                filter: "kind <> 2");

            migrationBuilder.AddCheckConstraint(
                name: "reconciliation_money_entries_order",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                sql: "kind in (3, 4) or order_id is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_document",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_order_id_kind",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_shop_id_platform_order_no",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropCheckConstraint(
                name: "reconciliation_money_entries_order",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_document",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                column: "document",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_order_id",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                column: "order_id",
                filter: "kind = 1");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_shop_id_platform_order_no",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                columns: new[] { "shop_id", "platform_order_no" });
        }
    }
}
