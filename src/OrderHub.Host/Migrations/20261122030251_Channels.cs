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
            migrationBuilder.DropIndex(
                name: "ix_channels_deliveries_waiting",
                schema: "orderhub",
                table: "channels_deliveries");

            migrationBuilder.AddColumn<string>(
                name: "extras",
                schema: "orderhub",
                table: "orders_orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "call_trace_id",
                schema: "orderhub",
                table: "channels_deliveries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "payload",
                schema: "orderhub",
                table: "channels_deliveries",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "place_at",
                schema: "orderhub",
                table: "channels_deliveries",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "refresh_token_cipher",
                schema: "orderhub",
                table: "channels_connections",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channels_bridge_faults",
                schema: "orderhub",
                columns: table => new
                {
                    bridge = table.Column<string>(type: "text", nullable: false),
                    order_no = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    arguments = table.Column<string>(type: "jsonb", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_bridge_faults", x => new { x.bridge, x.order_no });
                });

            migrationBuilder.CreateTable(
                name: "channels_bridges",
                schema: "orderhub",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<string>(type: "text", nullable: true),
                    accepted = table.Column<long>(type: "bigint", nullable: false),
                    last_run_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_success_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_bridges", x => x.name);
                });

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
                name: "channels_comparisons",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    theirs = table.Column<int>(type: "integer", nullable: false),
                    ours = table.Column<int>(type: "integer", nullable: false),
                    same = table.Column<int>(type: "integer", nullable: false),
                    unreadable = table.Column<int>(type: "integer", nullable: false),
                    compared_by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_comparisons", x => x.id);
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
                name: "channels_import_mappings",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    header_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    mapping = table.Column<string[]>(type: "text[]", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_import_mappings", x => new { x.shop_id, x.header_hash });
                });

            migrationBuilder.CreateTable(
                name: "channels_imported_orders",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    platform_order_no = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_imported_orders", x => new { x.shop_id, x.platform_order_no, x.content_hash });
                });

            migrationBuilder.CreateTable(
                name: "channels_imports",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    file_bytes = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    headers = table.Column<string[]>(type: "text[]", nullable: false),
                    sample = table.Column<string>(type: "jsonb", nullable: false),
                    mapping = table.Column<string[]>(type: "text[]", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    rows_total = table.Column<int>(type: "integer", nullable: false),
                    orders_total = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    unchanged = table.Column<int>(type: "integer", nullable: false),
                    stale = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    to_review = table.Column<int>(type: "integer", nullable: false),
                    @short = table.Column<int>(name: "short", type: "integer", nullable: false),
                    cancel_asked = table.Column<bool>(type: "boolean", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: true),
                    started_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_imports", x => x.id);
                    table.CheckConstraint("ck_channels_imports_position", "position between 0 and orders_total");
                });

            migrationBuilder.CreateTable(
                name: "channels_owners",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    target_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_owners", x => new { x.shop_id, x.target_id });
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

            migrationBuilder.CreateTable(
                name: "channels_publish_rules",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: true),
                    sku_id = table.Column<int>(type: "integer", nullable: true),
                    share_percent = table.Column<int>(type: "integer", nullable: true),
                    @fixed = table.Column<int>(name: "fixed", type: "integer", nullable: true),
                    cap = table.Column<int>(type: "integer", nullable: true),
                    reserve = table.Column<int>(type: "integer", nullable: false),
                    zero_at_or_below = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_publish_rules", x => x.id);
                    table.CheckConstraint("channels_publish_rules_pieces", "coalesce(fixed, 0) >= 0 and coalesce(cap, 0) >= 0 and reserve >= 0 and zero_at_or_below >= 0");
                    table.CheckConstraint("channels_publish_rules_scope", "sku_id is null or shop_id is not null");
                    table.CheckConstraint("channels_publish_rules_terms", "share_percent between 0 and 100 and fixed is null or share_percent is null");
                });

            migrationBuilder.CreateTable(
                name: "channels_read_back_settings",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    hour = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_read_back_settings", x => x.id);
                    table.CheckConstraint("channels_read_back_settings_one", "id = 1 and hour between 0 and 23");
                });

            migrationBuilder.CreateTable(
                name: "channels_read_backs",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    took_ms = table.Column<int>(type: "integer", nullable: false),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    repaired = table.Column<int>(type: "integer", nullable: false),
                    unknown = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_read_backs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_stock_differences",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    listing_id = table.Column<long>(type: "bigint", nullable: false),
                    merchant_code = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published = table.Column<int>(type: "integer", nullable: false),
                    shown = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_stock_differences", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_incidents",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "jsonb", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    link = table.Column<string>(type: "text", nullable: true),
                    critical = table.Column<bool>(type: "boolean", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    occurrences = table.Column<int>(type: "integer", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    relapses = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_incidents", x => x.id);
                    table.CheckConstraint("ck_platform_incidents_occurrences", "occurrences > 0");
                });

            migrationBuilder.CreateTable(
                name: "platform_notification_sends",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    notifications = table.Column<int>(type: "integer", nullable: false),
                    result = table.Column<short>(type: "smallint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    took_ms = table.Column<int>(type: "integer", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_notification_sends", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_notification_targets",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    address_cipher = table.Column<string>(type: "text", nullable: false),
                    secret_cipher = table.Column<string>(type: "text", nullable: true),
                    keyword = table.Column<string>(type: "text", nullable: true),
                    shown = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<short>(type: "smallint", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    paused_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_notification_targets", x => x.id);
                    table.CheckConstraint("ck_platform_notification_targets_kind", "kind between 1 and 3");
                });

            migrationBuilder.CreateTable(
                name: "platform_notifications",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    target_name = table.Column<string>(type: "text", nullable: false),
                    incident_id = table.Column<long>(type: "bigint", nullable: true),
                    tone = table.Column<short>(type: "smallint", nullable: false),
                    critical = table.Column<bool>(type: "boolean", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    send_id = table.Column<long>(type: "bigint", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_notifications", x => x.id);
                    table.CheckConstraint("ck_platform_notifications_state", "state between 1 and 4");
                });

            migrationBuilder.CreateTable(
                name: "platform_smtp_servers",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    port = table.Column<int>(type: "integer", nullable: false),
                    security = table.Column<short>(type: "smallint", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: true),
                    password_cipher = table.Column<string>(type: "text", nullable: true),
                    from_address = table.Column<string>(type: "text", nullable: false),
                    from_name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_smtp_servers", x => x.id);
                    table.CheckConstraint("ck_platform_smtp_servers_one", "id = 1");
                    table.CheckConstraint("ck_platform_smtp_servers_port", "port between 1 and 65535");
                });

            migrationBuilder.CreateTable(
                name: "channels_differences",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    comparison_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    order_no = table.Column<string>(type: "text", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: true),
                    theirs = table.Column<string>(type: "text", nullable: false),
                    ours = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_differences", x => x.id);
                    table.ForeignKey(
                        name: "fk_channels_differences_channels_comparisons_comparison_id",
                        column: x => x.comparison_id,
                        principalSchema: "orderhub",
                        principalTable: "channels_comparisons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "channels_import_findings",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    order_no = table.Column<string>(type: "text", nullable: false),
                    is_remark = table.Column<bool>(type: "boolean", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    arguments = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_import_findings", x => x.id);
                    table.ForeignKey(
                        name: "fk_channels_import_findings_channels_imports_import_id",
                        column: x => x.import_id,
                        principalSchema: "orderhub",
                        principalTable: "channels_imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_channels_deliveries_waiting",
                schema: "orderhub",
                table: "channels_deliveries",
                columns: new[] { "shop_id", "place_at" },
                filter: "state = 1");

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
                name: "ix_channels_comparisons_at",
                schema: "orderhub",
                table: "channels_comparisons",
                column: "at");

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

            migrationBuilder.CreateIndex(
                name: "ix_channels_differences_comparison_id_kind_id",
                schema: "orderhub",
                table: "channels_differences",
                columns: new[] { "comparison_id", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_import_findings_import_id_is_remark_row",
                schema: "orderhub",
                table: "channels_import_findings",
                columns: new[] { "import_id", "is_remark", "row" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_imported_orders_shop_id_platform_order_no_version",
                schema: "orderhub",
                table: "channels_imported_orders",
                columns: new[] { "shop_id", "platform_order_no", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_imports_created_at",
                schema: "orderhub",
                table: "channels_imports",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_channels_imports_running",
                schema: "orderhub",
                table: "channels_imports",
                column: "id",
                filter: "state in (2, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_channels_publish_rules_shop_id_sku_id",
                schema: "orderhub",
                table: "channels_publish_rules",
                columns: new[] { "shop_id", "sku_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_channels_read_backs_shop_id_day",
                schema: "orderhub",
                table: "channels_read_backs",
                columns: new[] { "shop_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_stock_differences_at",
                schema: "orderhub",
                table: "channels_stock_differences",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_platform_incidents_key_closed_at",
                schema: "orderhub",
                table: "platform_incidents",
                columns: new[] { "key", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_incidents_open",
                schema: "orderhub",
                table: "platform_incidents",
                column: "key",
                unique: true,
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_platform_incidents_opened_at",
                schema: "orderhub",
                table: "platform_incidents",
                column: "opened_at");

            migrationBuilder.CreateIndex(
                name: "ix_platform_notification_sends_started_at",
                schema: "orderhub",
                table: "platform_notification_sends",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_platform_notification_sends_target_id_started_at",
                schema: "orderhub",
                table: "platform_notification_sends",
                columns: new[] { "target_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_notification_targets_name",
                schema: "orderhub",
                table: "platform_notification_targets",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_platform_notifications_incident_id",
                schema: "orderhub",
                table: "platform_notifications",
                column: "incident_id");

            migrationBuilder.CreateIndex(
                name: "ix_platform_notifications_send_id",
                schema: "orderhub",
                table: "platform_notifications",
                column: "send_id");

            migrationBuilder.CreateIndex(
                name: "ix_platform_notifications_settled_at",
                schema: "orderhub",
                table: "platform_notifications",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "ix_platform_notifications_waiting",
                schema: "orderhub",
                table: "platform_notifications",
                columns: new[] { "target_id", "due_at", "id" },
                filter: "state = 1");

            // shops connected before completeness was proven: from now on theirs is too
            migrationBuilder.Sql("insert into orderhub.channels_cursors (shop_id, stream, position, next_due_at) select shop_id, 3, now(), now() from orderhub.channels_connections on conflict do nothing");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels_bridge_faults",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_bridges",
                schema: "orderhub");

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
                name: "channels_differences",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_import_findings",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_import_mappings",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_imported_orders",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_owners",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_promo",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_publish_rules",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_read_back_settings",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_read_backs",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_stock_differences",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_incidents",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_notification_sends",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_notification_targets",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_notifications",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_smtp_servers",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_comparisons",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_imports",
                schema: "orderhub");

            migrationBuilder.DropIndex(
                name: "ix_channels_deliveries_waiting",
                schema: "orderhub",
                table: "channels_deliveries");

            migrationBuilder.DropColumn(
                name: "extras",
                schema: "orderhub",
                table: "orders_orders");

            migrationBuilder.DropColumn(
                name: "call_trace_id",
                schema: "orderhub",
                table: "channels_deliveries");

            migrationBuilder.DropColumn(
                name: "payload",
                schema: "orderhub",
                table: "channels_deliveries");

            migrationBuilder.DropColumn(
                name: "place_at",
                schema: "orderhub",
                table: "channels_deliveries");

            migrationBuilder.DropColumn(
                name: "refresh_token_cipher",
                schema: "orderhub",
                table: "channels_connections");

            migrationBuilder.CreateIndex(
                name: "ix_channels_deliveries_waiting",
                schema: "orderhub",
                table: "channels_deliveries",
                columns: new[] { "shop_id", "kind", "due_at" },
                filter: "state = 1");
        }
    }
}
