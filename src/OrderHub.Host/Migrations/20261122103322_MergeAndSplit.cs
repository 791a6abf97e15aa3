using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class MergeAndSplit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_warehousing_pick_tasks_order_id",
                schema: "orderhub",
                table: "warehousing_pick_tasks");

            // not in the model's difference: asking for the task once a line cost as much as writing the line
            migrationBuilder.DropForeignKey(
                name: "fk_warehousing_pick_lines_warehousing_pick_tasks_task_id",
                schema: "orderhub",
                table: "warehousing_pick_lines");

            migrationBuilder.DropPrimaryKey(
                name: "pk_warehousing_pick_lines",
                schema: "orderhub",
                table: "warehousing_pick_lines");

            migrationBuilder.DropIndex(
                name: "ix_warehousing_pick_lines_task_id_sku_id",
                schema: "orderhub",
                table: "warehousing_pick_lines");

            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_order_id",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropPrimaryKey(
                name: "pk_inventory_reservations",
                schema: "orderhub",
                table: "inventory_reservations");

            migrationBuilder.DropPrimaryKey(
                name: "pk_inventory_quota_draws",
                schema: "orderhub",
                table: "inventory_quota_draws");

            migrationBuilder.DropColumn(
                name: "id",
                schema: "orderhub",
                table: "warehousing_pick_lines");

            migrationBuilder.AddColumn<bool>(
                name: "kept_apart",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "merged_into",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "part",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<short>(
                name: "part",
                schema: "orderhub",
                table: "warehousing_parcels",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<string>(
                name: "parts",
                schema: "orderhub",
                table: "orders_orders",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "part",
                schema: "orderhub",
                table: "inventory_reservations",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<short>(
                name: "part",
                schema: "orderhub",
                table: "inventory_quota_draws",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AddColumn<int>(
                name: "volume_cm3",
                schema: "orderhub",
                table: "catalog_skus",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "version",
                schema: "orderhub",
                table: "allocation_weights",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "version",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "volume_divisor",
                schema: "orderhub",
                table: "allocation_couriers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_no",
                schema: "orderhub",
                table: "aftersales_refunds",
                type: "text",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_warehousing_pick_lines",
                schema: "orderhub",
                table: "warehousing_pick_lines",
                columns: new[] { "task_id", "sku_id" });

            migrationBuilder.AddPrimaryKey(
                name: "pk_inventory_reservations",
                schema: "orderhub",
                table: "inventory_reservations",
                columns: new[] { "order_id", "sku_id", "warehouse_id", "since", "part" });

            migrationBuilder.AddPrimaryKey(
                name: "pk_inventory_quota_draws",
                schema: "orderhub",
                table: "inventory_quota_draws",
                columns: new[] { "order_id", "sku_id", "warehouse_id", "since", "quota_id", "part" });

            migrationBuilder.CreateTable(
                name: "allocation_split_rules",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    from_fen = table.Column<long>(type: "bigint", nullable: true),
                    most_parcels = table.Column<int>(type: "integer", nullable: false),
                    parcel_fen = table.Column<long>(type: "bigint", nullable: false),
                    max_grams = table.Column<int>(type: "integer", nullable: true),
                    max_cm3 = table.Column<int>(type: "integer", nullable: true),
                    apart = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_split_rules", x => x.id);
                    table.CheckConstraint("allocation_split_rules_bounds", "from_fen >= 0 and most_parcels between 2 and 10 and parcel_fen >= 0 and max_grams > 0 and max_cm3 > 0");
                });

            migrationBuilder.CreateTable(
                name: "orders_minute_figures",
                schema: "orderhub",
                columns: table => new
                {
                    minute = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_minute_figures", x => x.minute);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 40);

            migrationBuilder.CreateTable(
                name: "warehousing_merge_rules",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    mode = table.Column<short>(type: "smallint", nullable: false),
                    buffer_minutes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_merge_rules", x => x.shop_id);
                    table.CheckConstraint("warehousing_merge_rules_buffer", "mode between 0 and 2 and buffer_minutes between 0 and 1440");
                });

            migrationBuilder.InsertData(
                schema: "orderhub",
                table: "allocation_split_rules",
                columns: new[] { "id", "apart", "from_fen", "max_cm3", "max_grams", "most_parcels", "parcel_fen" },
                values: new object[] { 1, new string[0], 10000L, null, null, 3, 500L });

            migrationBuilder.UpdateData(
                schema: "orderhub",
                table: "allocation_weights",
                keyColumn: "id",
                keyValue: 1,
                column: "version",
                value: 1);

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_tasks_merged_into",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_tasks_order_id_part",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                columns: new[] { "order_id", "part" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_order_id",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                column: "order_id",
                filter: "kind = 1");

            migrationBuilder.AddCheckConstraint(
                name: "catalog_skus_volume",
                schema: "orderhub",
                table: "catalog_skus",
                sql: "volume_cm3 >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "allocation_couriers_volume_divisor",
                schema: "orderhub",
                table: "allocation_couriers",
                sql: "volume_divisor > 0");

            migrationBuilder.Sql("""
                insert into orderhub.orders_minute_figures (minute, created)
                select date_trunc('minute', created_at), count(*) from orderhub.orders_orders where created_at >= now() - interval '3 hours' group by 1
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allocation_split_rules",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_minute_figures",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_merge_rules",
                schema: "orderhub");

            migrationBuilder.DropIndex(
                name: "ix_warehousing_pick_tasks_merged_into",
                schema: "orderhub",
                table: "warehousing_pick_tasks");

            migrationBuilder.DropIndex(
                name: "ix_warehousing_pick_tasks_order_id_part",
                schema: "orderhub",
                table: "warehousing_pick_tasks");

            migrationBuilder.DropPrimaryKey(
                name: "pk_warehousing_pick_lines",
                schema: "orderhub",
                table: "warehousing_pick_lines");

            migrationBuilder.DropIndex(
                name: "ix_reconciliation_money_entries_order_id",
                schema: "orderhub",
                table: "reconciliation_money_entries");

            migrationBuilder.DropPrimaryKey(
                name: "pk_inventory_reservations",
                schema: "orderhub",
                table: "inventory_reservations");

            migrationBuilder.DropPrimaryKey(
                name: "pk_inventory_quota_draws",
                schema: "orderhub",
                table: "inventory_quota_draws");

            migrationBuilder.DropCheckConstraint(
                name: "catalog_skus_volume",
                schema: "orderhub",
                table: "catalog_skus");

            migrationBuilder.DropCheckConstraint(
                name: "allocation_couriers_volume_divisor",
                schema: "orderhub",
                table: "allocation_couriers");

            migrationBuilder.DropColumn(
                name: "kept_apart",
                schema: "orderhub",
                table: "warehousing_pick_tasks");

            migrationBuilder.DropColumn(
                name: "merged_into",
                schema: "orderhub",
                table: "warehousing_pick_tasks");

            migrationBuilder.DropColumn(
                name: "part",
                schema: "orderhub",
                table: "warehousing_pick_tasks");

            migrationBuilder.DropColumn(
                name: "part",
                schema: "orderhub",
                table: "warehousing_parcels");

            migrationBuilder.DropColumn(
                name: "parts",
                schema: "orderhub",
                table: "orders_orders");

            migrationBuilder.DropColumn(
                name: "part",
                schema: "orderhub",
                table: "inventory_reservations");

            migrationBuilder.DropColumn(
                name: "part",
                schema: "orderhub",
                table: "inventory_quota_draws");

            migrationBuilder.DropColumn(
                name: "volume_cm3",
                schema: "orderhub",
                table: "catalog_skus");

            migrationBuilder.DropColumn(
                name: "version",
                schema: "orderhub",
                table: "allocation_weights");

            migrationBuilder.DropColumn(
                name: "version",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "volume_divisor",
                schema: "orderhub",
                table: "allocation_couriers");

            migrationBuilder.DropColumn(
                name: "return_no",
                schema: "orderhub",
                table: "aftersales_refunds");

            migrationBuilder.AddColumn<long>(
                name: "id",
                schema: "orderhub",
                table: "warehousing_pick_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddPrimaryKey(
                name: "pk_warehousing_pick_lines",
                schema: "orderhub",
                table: "warehousing_pick_lines",
                column: "id");

            migrationBuilder.AddPrimaryKey(
                name: "pk_inventory_reservations",
                schema: "orderhub",
                table: "inventory_reservations",
                columns: new[] { "order_id", "sku_id", "warehouse_id", "since" });

            migrationBuilder.AddPrimaryKey(
                name: "pk_inventory_quota_draws",
                schema: "orderhub",
                table: "inventory_quota_draws",
                columns: new[] { "order_id", "sku_id", "warehouse_id", "since", "quota_id" });

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_tasks_order_id",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                column: "order_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_lines_task_id_sku_id",
                schema: "orderhub",
                table: "warehousing_pick_lines",
                columns: new[] { "task_id", "sku_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_order_id",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                column: "order_id");

            migrationBuilder.AddForeignKey(
                name: "fk_warehousing_pick_lines_warehousing_pick_tasks_task_id",
                schema: "orderhub",
                table: "warehousing_pick_lines",
                column: "task_id",
                principalSchema: "orderhub",
                principalTable: "warehousing_pick_tasks",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
