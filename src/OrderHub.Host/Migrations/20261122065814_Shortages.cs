using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class Shortages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "orders_lock_rules",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: true),
                    sku_id = table.Column<int>(type: "integer", nullable: true),
                    promotion_type = table.Column<string>(type: "text", nullable: true),
                    policy = table.Column<int>(type: "integer", nullable: false),
                    unpaid_hold_minutes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_lock_rules", x => x.id);
                    table.CheckConstraint("orders_lock_rules_condition", "num_nonnulls(shop_id, sku_id, promotion_type) > 0");
                    table.CheckConstraint("orders_lock_rules_hold", "unpaid_hold_minutes > 0");
                });

            migrationBuilder.CreateTable(
                name: "orders_priorities",
                schema: "orderhub",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    weight = table.Column<short>(type: "smallint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_priorities", x => x.order_id);
                    table.CheckConstraint("orders_priorities_weight", "weight in (-1, 1)");
                });

            migrationBuilder.CreateTable(
                name: "orders_rejections",
                schema: "orderhub",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_rejections", x => new { x.order_id, x.warehouse_id });
                });

            migrationBuilder.CreateTable(
                name: "orders_shortages",
                schema: "orderhub",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    wanted = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_shortages", x => new { x.order_id, x.sku_id });
                    table.CheckConstraint("orders_shortages_wanted", "wanted > 0");
                });

            migrationBuilder.CreateTable(
                name: "orders_vip_buyers",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    buyer_key = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_vip_buyers", x => new { x.shop_id, x.buyer_key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_lock_rules_shop_id_sku_id_promotion_type",
                schema: "orderhub",
                table: "orders_lock_rules",
                columns: new[] { "shop_id", "sku_id", "promotion_type" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_orders_shortages_sku_id",
                schema: "orderhub",
                table: "orders_shortages",
                column: "sku_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "orders_lock_rules",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_priorities",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_rejections",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_shortages",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_vip_buyers",
                schema: "orderhub");
        }
    }
}
