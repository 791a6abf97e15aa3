using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class Inventory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "inventory_stock_not_negative",
                schema: "orderhub",
                table: "inventory_stock");

            migrationBuilder.DropCheckConstraint(
                name: "inventory_movements_delta",
                schema: "orderhub",
                table: "inventory_movements");

            migrationBuilder.RenameColumn(
                name: "in_transit",
                schema: "orderhub",
                table: "inventory_stock",
                newName: "transfer_in_transit");

            migrationBuilder.RenameColumn(
                name: "on_hand_after",
                schema: "orderhub",
                table: "inventory_movements",
                newName: "balance_after");

            migrationBuilder.AlterColumn<string>(
                name: "payload",
                schema: "orderhub",
                table: "platform_outbox",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AddColumn<bool>(
                name: "has_batches",
                schema: "orderhub",
                table: "inventory_stock",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "has_quota",
                schema: "orderhub",
                table: "inventory_stock",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "purchase_in_transit",
                schema: "orderhub",
                table: "inventory_stock",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "return_in_transit",
                schema: "orderhub",
                table: "inventory_stock",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<short>(
                name: "bucket",
                schema: "orderhub",
                table: "inventory_movements",
                type: "smallint",
                nullable: false,
                defaultValue: (short)1);

            migrationBuilder.AlterColumn<string>(
                name: "decision",
                schema: "orderhub",
                table: "allocation_decisions",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.CreateTable(
                name: "inventory_batch_movements",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    delta = table.Column<int>(type: "integer", nullable: false),
                    balance_after = table.Column<int>(type: "integer", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_batch_movements", x => x.id);
                    table.CheckConstraint("inventory_batch_movements_delta", "delta <> 0 and balance_after >= 0");
                });

            migrationBuilder.CreateTable(
                name: "inventory_batches",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    batch_no = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_batches", x => x.id);
                    table.CheckConstraint("inventory_batches_quantity", "quantity >= 0");
                });

            migrationBuilder.CreateTable(
                name: "inventory_document_postings",
                schema: "orderhub",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    document_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_document_postings", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "inventory_documents",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    no = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    from_warehouse_id = table.Column<int>(type: "integer", nullable: true),
                    key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    reference = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_by_id = table.Column<long>(type: "bigint", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decision = table.Column<string>(type: "text", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_documents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inventory_health",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @checked = table.Column<long>(name: "checked", type: "bigint", nullable: false),
                    breaches = table.Column<long>(type: "bigint", nullable: false),
                    clean_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_breach_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    examples = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_health", x => x.id);
                    table.CheckConstraint("inventory_health_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "inventory_quota_draws",
                schema: "orderhub",
                columns: table => new
                {
                    quota_id = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    given_back_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_quota_draws", x => new { x.order_id, x.sku_id, x.warehouse_id, x.since, x.quota_id });
                    table.CheckConstraint("inventory_quota_draws_quantity", "quantity > 0");
                });

            migrationBuilder.CreateTable(
                name: "inventory_quotas",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: true),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    announced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_quotas", x => x.id);
                    table.CheckConstraint("inventory_quotas_used", "quantity > 0 and used between 0 and quantity and until_at > from_at");
                });

            migrationBuilder.CreateTable(
                name: "inventory_repairs",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    counter = table.Column<string>(type: "text", nullable: false),
                    was = table.Column<int>(type: "integer", nullable: false),
                    became = table.Column<int>(type: "integer", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_repairs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inventory_settings",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    pieces_without_approval = table.Column<int>(type: "integer", nullable: false),
                    expiry_warning_days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_settings", x => x.id);
                    table.CheckConstraint("inventory_settings_one_row", "id = 1 and pieces_without_approval >= 0 and expiry_warning_days >= 0");
                });

            migrationBuilder.CreateTable(
                name: "inventory_snapshot_lines",
                schema: "orderhub",
                columns: table => new
                {
                    snapshot_key = table.Column<long>(type: "bigint", nullable: false),
                    line_no = table.Column<int>(type: "integer", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: true),
                    code = table.Column<string>(type: "text", nullable: false),
                    their_on_hand = table.Column<int>(type: "integer", nullable: false),
                    their_in_transit = table.Column<int>(type: "integer", nullable: true),
                    our_on_hand = table.Column<int>(type: "integer", nullable: false),
                    moved_since = table.Column<int>(type: "integer", nullable: false),
                    our_in_transit = table.Column<int>(type: "integer", nullable: false),
                    arriving = table.Column<int>(type: "integer", nullable: false),
                    leaving = table.Column<int>(type: "integer", nullable: false),
                    reserved = table.Column<int>(type: "integer", nullable: false),
                    unexplained = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_snapshot_lines", x => new { x.snapshot_key, x.line_no });
                });

            migrationBuilder.CreateTable(
                name: "inventory_snapshots",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    snapshot_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    is_complete = table.Column<bool>(type: "boolean", nullable: false),
                    document_no = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_snapshots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inventory_variance_weeks",
                schema: "orderhub",
                columns: table => new
                {
                    monday = table.Column<DateOnly>(type: "date", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    compared = table.Column<int>(type: "integer", nullable: false),
                    differing = table.Column<int>(type: "integer", nullable: false),
                    pieces_over = table.Column<long>(type: "bigint", nullable: false),
                    pieces_short = table.Column<long>(type: "bigint", nullable: false),
                    net_fen = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_variance_weeks", x => x.monday);
                });

            migrationBuilder.CreateTable(
                name: "inventory_document_lines",
                schema: "orderhub",
                columns: table => new
                {
                    document_id = table.Column<long>(type: "bigint", nullable: false),
                    line_no = table.Column<int>(type: "integer", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    bucket = table.Column<short>(type: "smallint", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: true),
                    done = table.Column<int>(type: "integer", nullable: false),
                    defective = table.Column<int>(type: "integer", nullable: false),
                    system_quantity = table.Column<int>(type: "integer", nullable: true),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    counted_by = table.Column<string>(type: "text", nullable: true),
                    batch_no = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_document_lines", x => new { x.document_id, x.line_no });
                    table.CheckConstraint("inventory_document_lines_arrived", "done >= 0 and defective >= 0");
                    table.ForeignKey(
                        name: "fk_inventory_document_lines_inventory_documents_document_id",
                        column: x => x.document_id,
                        principalSchema: "orderhub",
                        principalTable: "inventory_documents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "inventory_stock_not_negative",
                schema: "orderhub",
                table: "inventory_stock",
                sql: "defective >= 0 and purchase_in_transit >= 0 and transfer_in_transit >= 0 and return_in_transit >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_movements_beside",
                schema: "orderhub",
                table: "inventory_movements",
                columns: new[] { "sku_id", "warehouse_id", "bucket", "id" },
                filter: "bucket <> 1");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_movements_documents",
                schema: "orderhub",
                table: "inventory_movements",
                column: "document",
                filter: "kind <> 3");

            migrationBuilder.AddCheckConstraint(
                name: "inventory_movements_delta",
                schema: "orderhub",
                table: "inventory_movements",
                sql: "delta <> 0 and balance_after >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_batch_movements_batch_id_id",
                schema: "orderhub",
                table: "inventory_batch_movements",
                columns: new[] { "batch_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_batch_movements_document",
                schema: "orderhub",
                table: "inventory_batch_movements",
                column: "document");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_batches_expires_on",
                schema: "orderhub",
                table: "inventory_batches",
                column: "expires_on",
                filter: "quantity > 0");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_batches_sku_id_warehouse_id_batch_no",
                schema: "orderhub",
                table: "inventory_batches",
                columns: new[] { "sku_id", "warehouse_id", "batch_no" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inventory_document_lines_sku_id_document_id",
                schema: "orderhub",
                table: "inventory_document_lines",
                columns: new[] { "sku_id", "document_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_document_postings_document_id",
                schema: "orderhub",
                table: "inventory_document_postings",
                column: "document_id");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_documents_key",
                schema: "orderhub",
                table: "inventory_documents",
                column: "key",
                unique: true,
                filter: "key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_documents_kind_id",
                schema: "orderhub",
                table: "inventory_documents",
                columns: new[] { "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_documents_no",
                schema: "orderhub",
                table: "inventory_documents",
                column: "no",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inventory_documents_state_id",
                schema: "orderhub",
                table: "inventory_documents",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_quota_draws_quota_id",
                schema: "orderhub",
                table: "inventory_quota_draws",
                column: "quota_id");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_quotas_ended_at",
                schema: "orderhub",
                table: "inventory_quotas",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_quotas_open",
                schema: "orderhub",
                table: "inventory_quotas",
                column: "sku_id",
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_repairs_sku_id_id",
                schema: "orderhub",
                table: "inventory_repairs",
                columns: new[] { "sku_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_snapshots_taken_at",
                schema: "orderhub",
                table: "inventory_snapshots",
                column: "taken_at");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_snapshots_warehouse_id_snapshot_id",
                schema: "orderhub",
                table: "inventory_snapshots",
                columns: new[] { "warehouse_id", "snapshot_id" },
                unique: true);

            migrationBuilder.Sql("""
                -- Between the new tables and the dropping of inventory_receipts and inventory_adjustments: what was received and adjusted stays
                -- known, so that opening stock is not received again and a repeated idempotency key still answers the same.
                insert into orderhub.inventory_documents (no, kind, state, warehouse_id, reference, reason, created_at, created_by, closed_at)
                select r.document_no, 1, 4, m.warehouse_id, '', '', r.at, r.actor, r.at
                  from orderhub.inventory_receipts r
                  join lateral (select warehouse_id from orderhub.inventory_movements where document = 'receipt:' || r.document_no order by id limit 1) m on true;
                insert into orderhub.inventory_document_postings (key, document_id, at)
                select 'receipt:' || no, id, created_at from orderhub.inventory_documents where kind = 1;
                insert into orderhub.inventory_documents (no, kind, state, warehouse_id, key, reference, reason, created_at, created_by, closed_at)
                select idempotency_key, 3, 4, warehouse_id, idempotency_key, '', reason, at, actor, at from orderhub.inventory_adjustments;
                insert into orderhub.inventory_document_lines (document_id, line_no, sku_id, bucket, quantity, done, defective)
                select d.id, row_number() over (partition by d.id order by m.id), m.sku_id, 1, m.delta, case when d.kind = 1 then m.delta else 0 end, 0
                  from orderhub.inventory_documents d
                  join orderhub.inventory_movements m on m.document = case when d.kind = 1 then 'receipt:' else 'adjust:' end || d.no;
                -- After everything: ledgers stay as they were written.
                create trigger inventory_batch_movements_append_only before update or delete or truncate on orderhub.inventory_batch_movements for each statement execute function orderhub.refuse_change();
                create trigger inventory_repairs_append_only before update or delete or truncate on orderhub.inventory_repairs for each statement execute function orderhub.refuse_change();
                alter table orderhub.allocation_decisions disable trigger user; -- told shorter from now on
                update orderhub.allocation_decisions set decision = json_strip_nulls(json_build_object(
                    'w', decision -> 'warehouseId', 'c', decision -> 'courierId', 'f', decision -> 'freightFen', 'v', decision -> 'ruleVersion', 'r', decision -> 'reason'));
                alter table orderhub.allocation_decisions enable trigger user;
                """);

            migrationBuilder.DropTable(
                name: "inventory_adjustments",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_receipts",
                schema: "orderhub");

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inventory_batch_movements",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_batches",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_document_lines",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_document_postings",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_health",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_quota_draws",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_quotas",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_repairs",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_settings",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_snapshot_lines",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_snapshots",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_variance_weeks",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_documents",
                schema: "orderhub");

            migrationBuilder.DropCheckConstraint(
                name: "inventory_stock_not_negative",
                schema: "orderhub",
                table: "inventory_stock");

            migrationBuilder.DropIndex(
                name: "ix_inventory_movements_beside",
                schema: "orderhub",
                table: "inventory_movements");

            migrationBuilder.DropIndex(
                name: "ix_inventory_movements_documents",
                schema: "orderhub",
                table: "inventory_movements");

            migrationBuilder.DropCheckConstraint(
                name: "inventory_movements_delta",
                schema: "orderhub",
                table: "inventory_movements");

            migrationBuilder.DropColumn(
                name: "has_batches",
                schema: "orderhub",
                table: "inventory_stock");

            migrationBuilder.DropColumn(
                name: "has_quota",
                schema: "orderhub",
                table: "inventory_stock");

            migrationBuilder.DropColumn(
                name: "purchase_in_transit",
                schema: "orderhub",
                table: "inventory_stock");

            migrationBuilder.DropColumn(
                name: "return_in_transit",
                schema: "orderhub",
                table: "inventory_stock");

            migrationBuilder.DropColumn(
                name: "bucket",
                schema: "orderhub",
                table: "inventory_movements");

            migrationBuilder.RenameColumn(
                name: "transfer_in_transit",
                schema: "orderhub",
                table: "inventory_stock",
                newName: "in_transit");

            migrationBuilder.RenameColumn(
                name: "balance_after",
                schema: "orderhub",
                table: "inventory_movements",
                newName: "on_hand_after");

            migrationBuilder.AlterColumn<string>(
                name: "payload",
                schema: "orderhub",
                table: "platform_outbox",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.AlterColumn<string>(
                name: "decision",
                schema: "orderhub",
                table: "allocation_decisions",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "json");

            migrationBuilder.CreateTable(
                name: "inventory_adjustments",
                schema: "orderhub",
                columns: table => new
                {
                    idempotency_key = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delta = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_adjustments", x => x.idempotency_key);
                });

            migrationBuilder.CreateTable(
                name: "inventory_receipts",
                schema: "orderhub",
                columns: table => new
                {
                    document_no = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    line_count = table.Column<int>(type: "integer", nullable: false),
                    pieces = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_receipts", x => x.document_no);
                });

            migrationBuilder.AddCheckConstraint(
                name: "inventory_stock_not_negative",
                schema: "orderhub",
                table: "inventory_stock",
                sql: "defective >= 0 and in_transit >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "inventory_movements_delta",
                schema: "orderhub",
                table: "inventory_movements",
                sql: "delta <> 0 and on_hand_after >= 0");
        }
    }
}
