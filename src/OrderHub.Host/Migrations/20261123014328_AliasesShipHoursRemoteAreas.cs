using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class AliasesShipHoursRemoteAreas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ship_hours",
                schema: "orderhub",
                table: "catalog_shops",
                type: "integer",
                nullable: false,
                defaultValue: 48);

            migrationBuilder.AddColumn<string[]>(
                name: "aliases",
                schema: "orderhub",
                table: "allocation_warehouses",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.CreateTable(
                name: "allocation_remote_areas",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    regions = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_remote_areas", x => x.id);
                });

            migrationBuilder.InsertData(
                schema: "orderhub",
                table: "allocation_remote_areas",
                columns: new[] { "id", "regions" },
                values: new object[] { 1, new[] { "新疆", "西藏", "青海", "宁夏", "内蒙古", "甘肃", "海南" } });

            migrationBuilder.AddCheckConstraint(
                name: "catalog_shops_ship_hours",
                schema: "orderhub",
                table: "catalog_shops",
                sql: "ship_hours > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allocation_remote_areas",
                schema: "orderhub");

            migrationBuilder.DropCheckConstraint(
                name: "catalog_shops_ship_hours",
                schema: "orderhub",
                table: "catalog_shops");

            migrationBuilder.DropColumn(
                name: "ship_hours",
                schema: "orderhub",
                table: "catalog_shops");

            migrationBuilder.DropColumn(
                name: "aliases",
                schema: "orderhub",
                table: "allocation_warehouses");
        }
    }
}
