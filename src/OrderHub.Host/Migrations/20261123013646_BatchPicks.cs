using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class BatchPicks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "inventory_batch_picks",
                schema: "orderhub",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    part = table.Column<short>(type: "smallint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_batch_picks", x => new { x.order_id, x.part, x.sku_id, x.batch_id });
                    table.CheckConstraint("inventory_batch_picks_quantity", "quantity > 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_batch_picks_sku_id_warehouse_id",
                schema: "orderhub",
                table: "inventory_batch_picks",
                columns: new[] { "sku_id", "warehouse_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inventory_batch_picks",
                schema: "orderhub");
        }
    }
}
