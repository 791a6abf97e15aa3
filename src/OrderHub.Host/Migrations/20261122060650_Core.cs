using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class Core : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_orders_timeline",
                schema: "orderhub",
                table: "orders_timeline");

            migrationBuilder.DropIndex(
                name: "ix_orders_timeline_order_id_id",
                schema: "orderhub",
                table: "orders_timeline");

            migrationBuilder.DropCheckConstraint(
                name: "ck_channels_completeness_state",
                schema: "orderhub",
                table: "channels_completeness");

            migrationBuilder.DropCheckConstraint(
                name: "allocation_rates_positive",
                schema: "orderhub",
                table: "allocation_rates");

            migrationBuilder.DropPrimaryKey(
                name: "pk_allocation_decisions",
                schema: "orderhub",
                table: "allocation_decisions");

            migrationBuilder.DropIndex(
                name: "ix_allocation_decisions_order_id_id",
                schema: "orderhub",
                table: "allocation_decisions");

            migrationBuilder.AddColumn<TimeSpan>(
                name: "stride",
                schema: "orderhub",
                table: "channels_cursors",
                type: "interval",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "renewing_until",
                schema: "orderhub",
                table: "channels_connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "behind_count",
                schema: "orderhub",
                table: "channels_completeness",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "caught_up",
                schema: "orderhub",
                table: "channels_completeness",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "cut_off",
                schema: "orderhub",
                table: "allocation_warehouses",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "daily_capacity",
                schema: "orderhub",
                table: "allocation_warehouses",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pack_fen",
                schema: "orderhub",
                table: "allocation_warehouses",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AlterColumn<int[]>(
                name: "warehouse_ids",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'",
                oldClrType: typeof(int[]),
                oldType: "integer[]");

            migrationBuilder.AddColumn<bool>(
                name: "active",
                schema: "orderhub",
                table: "allocation_rules",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string[]>(
                name: "categories",
                schema: "orderhub",
                table: "allocation_rules",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int[]>(
                name: "courier_ids",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<long>(
                name: "max_fen",
                schema: "orderhub",
                table: "allocation_rules",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "max_grams",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "min_fen",
                schema: "orderhub",
                table: "allocation_rules",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "min_grams",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "on_couriers",
                schema: "orderhub",
                table: "allocation_rules",
                type: "smallint",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<short>(
                name: "on_warehouses",
                schema: "orderhub",
                table: "allocation_rules",
                type: "smallint",
                nullable: false,
                defaultValueSql: "0");

            migrationBuilder.AddColumn<string[]>(
                name: "regions",
                schema: "orderhub",
                table: "allocation_rules",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int[]>(
                name: "shop_ids",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int[]>(
                name: "sku_ids",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "step_grams",
                schema: "orderhub",
                table: "allocation_rates",
                type: "integer",
                nullable: false,
                defaultValue: 1000);

            migrationBuilder.AddPrimaryKey(
                name: "pk_orders_timeline",
                schema: "orderhub",
                table: "orders_timeline",
                columns: new[] { "order_id", "id" });

            migrationBuilder.AddPrimaryKey(
                name: "pk_allocation_decisions",
                schema: "orderhub",
                table: "allocation_decisions",
                columns: new[] { "order_id", "id" });

            migrationBuilder.CreateTable(
                name: "allocation_loads",
                schema: "orderhub",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_loads", x => new { x.day, x.warehouse_id });
                });

            migrationBuilder.CreateTable(
                name: "allocation_suspensions",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    courier_id = table.Column<int>(type: "integer", nullable: true),
                    warehouse_id = table.Column<int>(type: "integer", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_suspensions", x => x.id);
                    table.CheckConstraint("allocation_suspensions_time", "until_at > from_at");
                });

            migrationBuilder.CreateTable(
                name: "allocation_weights",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    freight_percent = table.Column<int>(type: "integer", nullable: false),
                    pack_percent = table.Column<int>(type: "integer", nullable: false),
                    late_day = table.Column<long>(type: "bigint", nullable: false),
                    preference_step = table.Column<long>(type: "bigint", nullable: false),
                    balance = table.Column<long>(type: "bigint", nullable: false),
                    unnamed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_weights", x => x.id);
                    table.CheckConstraint("allocation_weights_not_negative", "least(freight_percent, pack_percent, late_day, preference_step, balance, unnamed) >= 0");
                });

            migrationBuilder.CreateTable(
                name: "orders_hour_figures",
                schema: "orderhub",
                columns: table => new
                {
                    hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    created = table.Column<int>(type: "integer", nullable: false),
                    paid = table.Column<int>(type: "integer", nullable: false),
                    paid_fen = table.Column<long>(type: "bigint", nullable: false),
                    cancelled = table.Column<int>(type: "integer", nullable: false),
                    shipped_in_time = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_hour_figures", x => new { x.hour, x.shop_id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "orders_state_figures",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_state_figures", x => new { x.shop_id, x.state });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 40);

            migrationBuilder.InsertData(
                schema: "orderhub",
                table: "allocation_weights",
                columns: new[] { "id", "balance", "freight_percent", "late_day", "pack_percent", "preference_step", "unnamed" },
                values: new object[] { 1, 100L, 100, 2000L, 100, 10000L, 1000000L });

            migrationBuilder.AddCheckConstraint(
                name: "ck_channels_completeness_state",
                schema: "orderhub",
                table: "channels_completeness",
                sql: "(state = 1) <= (wanting_count = 0) and our_count <= platform_count and behind_count <= wanting_count");

            migrationBuilder.AddCheckConstraint(
                name: "allocation_warehouses_limits",
                schema: "orderhub",
                table: "allocation_warehouses",
                sql: "daily_capacity > 0 and pack_fen >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "allocation_rates_positive",
                schema: "orderhub",
                table: "allocation_rates",
                sql: "first_grams > 0 and first_fen >= 0 and step_grams > 0 and additional_fen >= 0");

            migrationBuilder.Sql("""
                update orderhub.allocation_rules set on_warehouses = 1, regions = case when kind = 1 then matches else '{}' end, categories = case when kind = 2 then matches else '{}' end;
                alter table orderhub.allocation_rules drop column kind, drop column matches;
                create index ix_orders_orders_phone_tail on orderhub.orders_orders ("right"(receiver_phone, 4), created_at desc, id desc);
                insert into orderhub.orders_state_figures (shop_id, state, orders) select shop_id, state, count(*) from orderhub.orders_orders group by 1, 2;
                insert into orderhub.orders_hour_figures (hour, shop_id, created, paid, paid_fen, cancelled, shipped_in_time)
                select hour, shop_id, sum(created), sum(paid), sum(paid_fen), sum(cancelled), sum(shipped_in_time)
                  from (select date_trunc('hour', created_at, 'UTC') as hour, shop_id, 1 as created, 0 as paid, 0 as paid_fen, 0 as cancelled, 0 as shipped_in_time from orderhub.orders_orders
                         union all
                        select date_trunc('hour', paid_at, 'UTC'), shop_id, 0, 1, pay_fen, case when state = 80 then 1 else 0 end, case when shipped_at <= paid_at + interval '24 hours' then 1 else 0 end
                          from orderhub.orders_orders where paid_at is not null) f
                 group by hour, shop_id;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allocation_loads",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_suspensions",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_weights",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_hour_figures",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_state_figures",
                schema: "orderhub");

            migrationBuilder.DropPrimaryKey(
                name: "pk_orders_timeline",
                schema: "orderhub",
                table: "orders_timeline");

            migrationBuilder.DropCheckConstraint(
                name: "ck_channels_completeness_state",
                schema: "orderhub",
                table: "channels_completeness");

            migrationBuilder.DropCheckConstraint(
                name: "allocation_warehouses_limits",
                schema: "orderhub",
                table: "allocation_warehouses");

            migrationBuilder.DropCheckConstraint(
                name: "allocation_rates_positive",
                schema: "orderhub",
                table: "allocation_rates");

            migrationBuilder.DropPrimaryKey(
                name: "pk_allocation_decisions",
                schema: "orderhub",
                table: "allocation_decisions");

            migrationBuilder.DropColumn(
                name: "stride",
                schema: "orderhub",
                table: "channels_cursors");

            migrationBuilder.DropColumn(
                name: "renewing_until",
                schema: "orderhub",
                table: "channels_connections");

            migrationBuilder.DropColumn(
                name: "behind_count",
                schema: "orderhub",
                table: "channels_completeness");

            migrationBuilder.DropColumn(
                name: "caught_up",
                schema: "orderhub",
                table: "channels_completeness");

            migrationBuilder.DropColumn(
                name: "cut_off",
                schema: "orderhub",
                table: "allocation_warehouses");

            migrationBuilder.DropColumn(
                name: "daily_capacity",
                schema: "orderhub",
                table: "allocation_warehouses");

            migrationBuilder.DropColumn(
                name: "pack_fen",
                schema: "orderhub",
                table: "allocation_warehouses");

            migrationBuilder.DropColumn(
                name: "active",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "categories",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "courier_ids",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "max_fen",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "max_grams",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "min_fen",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "min_grams",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "on_couriers",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "on_warehouses",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "regions",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "shop_ids",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "sku_ids",
                schema: "orderhub",
                table: "allocation_rules");

            migrationBuilder.DropColumn(
                name: "step_grams",
                schema: "orderhub",
                table: "allocation_rates");

            migrationBuilder.AlterColumn<int[]>(
                name: "warehouse_ids",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer[]",
                nullable: false,
                oldClrType: typeof(int[]),
                oldType: "integer[]",
                oldDefaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "kind",
                schema: "orderhub",
                table: "allocation_rules",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string[]>(
                name: "matches",
                schema: "orderhub",
                table: "allocation_rules",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddPrimaryKey(
                name: "pk_orders_timeline",
                schema: "orderhub",
                table: "orders_timeline",
                column: "id");

            migrationBuilder.AddPrimaryKey(
                name: "pk_allocation_decisions",
                schema: "orderhub",
                table: "allocation_decisions",
                column: "id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_timeline_order_id_id",
                schema: "orderhub",
                table: "orders_timeline",
                columns: new[] { "order_id", "id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_channels_completeness_state",
                schema: "orderhub",
                table: "channels_completeness",
                sql: "(state = 1) <= (wanting_count = 0) and our_count <= platform_count");

            migrationBuilder.AddCheckConstraint(
                name: "allocation_rates_positive",
                schema: "orderhub",
                table: "allocation_rates",
                sql: "first_grams > 0 and first_fen >= 0 and additional_fen >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_allocation_decisions_order_id_id",
                schema: "orderhub",
                table: "allocation_decisions",
                columns: new[] { "order_id", "id" });
        }
    }
}
