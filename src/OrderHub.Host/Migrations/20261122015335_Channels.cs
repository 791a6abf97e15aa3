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

            migrationBuilder.DropColumn(
                name: "extras",
                schema: "orderhub",
                table: "orders_orders");
        }
    }
}
