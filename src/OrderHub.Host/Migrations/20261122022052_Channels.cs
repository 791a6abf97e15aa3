using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class Channels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "extras",
                schema: "orderhub",
                table: "orders_orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refresh_token_cipher",
                schema: "orderhub",
                table: "channels_connections",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channels_call_minutes",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    minute = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    outages = table.Column<int>(type: "integer", nullable: false),
                    took_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_call_minutes", x => new { x.shop_id, x.minute });
                });

            migrationBuilder.CreateTable(
                name: "channels_calls",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    trace_id = table.Column<string>(type: "text", nullable: false),
                    delivery_id = table.Column<long>(type: "bigint", nullable: true),
                    outcome = table.Column<short>(type: "smallint", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: true),
                    took_ms = table.Column<int>(type: "integer", nullable: false),
                    reply_bytes = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    request = table.Column<string>(type: "text", nullable: true),
                    reply = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_calls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_completeness",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    platform_count = table.Column<int>(type: "integer", nullable: false),
                    our_count = table.Column<int>(type: "integer", nullable: false),
                    platform_fen = table.Column<long>(type: "bigint", nullable: true),
                    our_fen = table.Column<long>(type: "bigint", nullable: true),
                    explained_fen = table.Column<long>(type: "bigint", nullable: false),
                    wanting = table.Column<string[]>(type: "text[]", nullable: false),
                    wanting_count = table.Column<int>(type: "integer", nullable: false),
                    recovered = table.Column<int>(type: "integer", nullable: false),
                    checks = table.Column<int>(type: "integer", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_check_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_completeness", x => new { x.shop_id, x.hour });
                    table.CheckConstraint("ck_channels_completeness_state", "(state = 1) <= (wanting_count = 0) and our_count <= platform_count");
                });

            migrationBuilder.CreateTable(
                name: "channels_promo",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    every = table.Column<TimeSpan>(type: "interval", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_promo", x => x.id);
                    table.CheckConstraint("ck_channels_promo_one", "id = 1 and ends_at >= started_at");
                });

            migrationBuilder.CreateIndex(
                name: "ix_channels_calls_at",
                schema: "orderhub",
                table: "channels_calls",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_channels_calls_delivery_id",
                schema: "orderhub",
                table: "channels_calls",
                column: "delivery_id",
                filter: "delivery_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_channels_calls_shop_id_id",
                schema: "orderhub",
                table: "channels_calls",
                columns: new[] { "shop_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_calls_trace_id",
                schema: "orderhub",
                table: "channels_calls",
                column: "trace_id");

            migrationBuilder.CreateIndex(
                name: "ix_channels_completeness_missing",
                schema: "orderhub",
                table: "channels_completeness",
                columns: new[] { "state", "shop_id" },
                filter: "state = 2");

            migrationBuilder.CreateIndex(
                name: "ix_channels_completeness_shop_id_next_check_at",
                schema: "orderhub",
                table: "channels_completeness",
                columns: new[] { "shop_id", "next_check_at" },
                filter: "next_check_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels_call_minutes",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_calls",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_completeness",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_promo",
                schema: "orderhub");

            migrationBuilder.DropColumn(
                name: "extras",
                schema: "orderhub",
                table: "orders_orders");

            migrationBuilder.DropColumn(
                name: "refresh_token_cipher",
                schema: "orderhub",
                table: "channels_connections");
        }
    }
}
