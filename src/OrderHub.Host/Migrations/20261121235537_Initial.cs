using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderHub.Host.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "orderhub");

            migrationBuilder.CreateTable(
                name: "aftersales_refunds",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    refund_no = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    platform_order_no = table.Column<string>(type: "text", nullable: false),
                    platform_line_no = table.Column<string>(type: "text", nullable: true),
                    order_id = table.Column<long>(type: "bigint", nullable: true),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    applied_fen = table.Column<long>(type: "bigint", nullable: false),
                    refunded_fen = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    told = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_aftersales_refunds", x => x.id);
                    table.CheckConstraint("aftersales_refunds_amounts", "applied_fen >= 0 and refunded_fen >= 0");
                    table.CheckConstraint("aftersales_refunds_done", "(status = 7) = (done_at is not null) and (status = 7 or (refunded_fen = 0 and not told))");
                });

            migrationBuilder.CreateTable(
                name: "allocation_couriers",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_couriers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "allocation_decisions",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decision = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "allocation_rates",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    courier_id = table.Column<int>(type: "integer", nullable: false),
                    from_warehouse_id = table.Column<int>(type: "integer", nullable: true),
                    to_province = table.Column<string>(type: "text", nullable: true),
                    first_grams = table.Column<int>(type: "integer", nullable: false),
                    first_fen = table.Column<long>(type: "bigint", nullable: false),
                    additional_fen = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_rates", x => x.id);
                    table.CheckConstraint("allocation_rates_positive", "first_grams > 0 and first_fen >= 0 and additional_fen >= 0");
                });

            migrationBuilder.CreateTable(
                name: "allocation_rules",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    matches = table.Column<string[]>(type: "text[]", nullable: false),
                    warehouse_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "allocation_version",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "allocation_warehouses",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    province = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    contact_name = table.Column<string>(type: "text", nullable: false),
                    contact_phone = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocation_warehouses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_shops",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    lock_policy = table.Column<int>(type: "integer", nullable: false),
                    unpaid_hold_hours = table.Column<int>(type: "integer", nullable: false),
                    platform_fee_basis_points = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_shops", x => x.id);
                    table.CheckConstraint("catalog_shops_fee", "platform_fee_basis_points between 0 and 10000 and unpaid_hold_hours > 0");
                });

            migrationBuilder.CreateTable(
                name: "catalog_skus",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    spec = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    barcode = table.Column<string>(type: "text", nullable: false),
                    weight_grams = table.Column<int>(type: "integer", nullable: false),
                    cost_fen = table.Column<long>(type: "bigint", nullable: false),
                    floor_price_fen = table.Column<long>(type: "bigint", nullable: false),
                    picture_url = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_skus", x => x.id);
                    table.CheckConstraint("catalog_skus_weight", "weight_grams >= 0 and cost_fen >= 0 and floor_price_fen >= 0");
                });

            migrationBuilder.CreateTable(
                name: "catalog_version",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_connections",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    base_url = table.Column<string>(type: "text", nullable: false),
                    app_key = table.Column<string>(type: "text", nullable: false),
                    app_secret_cipher = table.Column<string>(type: "text", nullable: false),
                    access_token_cipher = table.Column<string>(type: "text", nullable: false),
                    token_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    pull_every = table.Column<TimeSpan>(type: "interval", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_connections", x => x.shop_id);
                    table.CheckConstraint("ck_channels_connections_pull_every", "pull_every > interval '0'");
                });

            migrationBuilder.CreateTable(
                name: "channels_cursors",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    stream = table.Column<short>(type: "smallint", nullable: false),
                    position = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_pull_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_success_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_cursors", x => new { x.shop_id, x.stream });
                });

            migrationBuilder.CreateTable(
                name: "channels_deliveries",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    sent = table.Column<string>(type: "text", nullable: true),
                    took_ms = table.Column<int>(type: "integer", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_hints",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_hints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_inbox",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<short>(type: "smallint", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_inbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_listings",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    merchant_code = table.Column<string>(type: "text", nullable: false),
                    platform_product_id = table.Column<string>(type: "text", nullable: false),
                    platform_sku_id = table.Column<string>(type: "text", nullable: false),
                    published_quantity = table.Column<int>(type: "integer", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_listings", x => x.id);
                    table.CheckConstraint("ck_channels_listings_published", "published_quantity >= 0");
                });

            migrationBuilder.CreateTable(
                name: "channels_nonces",
                schema: "orderhub",
                columns: table => new
                {
                    app_key = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_nonces", x => new { x.app_key, x.value });
                });

            migrationBuilder.CreateTable(
                name: "channels_pulls",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    stream = table.Column<short>(type: "smallint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    window_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    window_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    windows = table.Column<int>(type: "integer", nullable: false),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    quarantined = table.Column<int>(type: "integer", nullable: false),
                    took_ms = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_pulls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inventory_adjustments",
                schema: "orderhub",
                columns: table => new
                {
                    idempotency_key = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    delta = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_adjustments", x => x.idempotency_key);
                });

            migrationBuilder.CreateTable(
                name: "inventory_movements",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    delta = table.Column<int>(type: "integer", nullable: false),
                    on_hand_after = table.Column<int>(type: "integer", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_movements", x => x.id);
                    table.CheckConstraint("inventory_movements_delta", "delta <> 0 and on_hand_after >= 0");
                });

            migrationBuilder.CreateTable(
                name: "inventory_pool",
                schema: "orderhub",
                columns: table => new
                {
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    safety_stock = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    zero_at_or_below = table.Column<int>(type: "integer", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_pool", x => x.sku_id);
                    table.CheckConstraint("inventory_pool_rule", "safety_stock >= 0 and zero_at_or_below >= 0");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 40);

            migrationBuilder.CreateTable(
                name: "inventory_receipts",
                schema: "orderhub",
                columns: table => new
                {
                    document_no = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    line_count = table.Column<int>(type: "integer", nullable: false),
                    pieces = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_receipts", x => x.document_no);
                });

            migrationBuilder.CreateTable(
                name: "inventory_reservations",
                schema: "orderhub",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<short>(type: "smallint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_reservations", x => new { x.order_id, x.sku_id, x.warehouse_id, x.since });
                    table.CheckConstraint("inventory_reservations_quantity", "quantity > 0");
                });

            migrationBuilder.CreateTable(
                name: "inventory_stock",
                schema: "orderhub",
                columns: table => new
                {
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    on_hand = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    reserved = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    frozen = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    defective = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    in_transit = table.Column<int>(type: "integer", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_stock", x => new { x.sku_id, x.warehouse_id });
                    table.CheckConstraint("inventory_stock_never_oversold", "reserved >= 0 and frozen >= 0 and reserved + frozen <= on_hand");
                    table.CheckConstraint("inventory_stock_not_negative", "defective >= 0 and in_transit >= 0");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 40);

            migrationBuilder.CreateTable(
                name: "orders_lines",
                schema: "orderhub",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    line_no = table.Column<short>(type: "smallint", nullable: false),
                    platform_line_no = table.Column<string>(type: "text", nullable: false),
                    platform_product_id = table.Column<string>(type: "text", nullable: true),
                    platform_sku_id = table.Column<string>(type: "text", nullable: true),
                    merchant_code = table.Column<string>(type: "text", nullable: true),
                    sku_id = table.Column<int>(type: "integer", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    spec = table.Column<string>(type: "text", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    unit_price_fen = table.Column<long>(type: "bigint", nullable: false),
                    pay_fen = table.Column<long>(type: "bigint", nullable: false),
                    is_gift = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_lines", x => new { x.order_id, x.line_no });
                });

            migrationBuilder.CreateTable(
                name: "orders_orders",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    platform_order_no = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    state_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    platform_status = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ship_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    shipped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    goods_fen = table.Column<long>(type: "bigint", nullable: false),
                    shop_discount_fen = table.Column<long>(type: "bigint", nullable: false),
                    platform_discount_fen = table.Column<long>(type: "bigint", nullable: false),
                    freight_fen = table.Column<long>(type: "bigint", nullable: false),
                    adjust_fen = table.Column<long>(type: "bigint", nullable: false),
                    pay_fen = table.Column<long>(type: "bigint", nullable: false),
                    buyer_key = table.Column<string>(type: "text", nullable: false),
                    buyer_nick = table.Column<string>(type: "text", nullable: false),
                    receiver_name = table.Column<string>(type: "text", nullable: false),
                    receiver_phone = table.Column<string>(type: "text", nullable: false),
                    province = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    district = table.Column<string>(type: "text", nullable: false),
                    town = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    receiver_token = table.Column<string>(type: "text", nullable: true),
                    buyer_note = table.Column<string>(type: "text", nullable: true),
                    seller_note = table.Column<string>(type: "text", nullable: true),
                    seller_flag = table.Column<short>(type: "smallint", nullable: false),
                    invoice = table.Column<string>(type: "jsonb", nullable: true),
                    promotion_type = table.Column<string>(type: "text", nullable: false),
                    coupons = table.Column<string>(type: "jsonb", nullable: true),
                    named_courier = table.Column<string>(type: "text", nullable: true),
                    platform_hold = table.Column<string>(type: "text", nullable: true),
                    hold = table.Column<string>(type: "text", nullable: true),
                    review_reasons = table.Column<string[]>(type: "text[]", nullable: true),
                    warehouse_id = table.Column<int>(type: "integer", nullable: true),
                    courier_id = table.Column<int>(type: "integer", nullable: true),
                    weight_grams = table.Column<int>(type: "integer", nullable: false),
                    lines_digest = table.Column<int>(type: "integer", nullable: false),
                    line_count = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_timeline",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    to_state = table.Column<short>(type: "smallint", nullable: true),
                    actor = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_timeline", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_api_keys",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_audit",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    before = table.Column<string>(type: "jsonb", nullable: true),
                    after = table.Column<string>(type: "jsonb", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_data_protection_keys",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_job_runs",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    job = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    took_ms = table.Column<int>(type: "integer", nullable: false),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_job_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_outbox",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    attempts = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_roles",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_users",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: true),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_money_entries",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    business_day = table.Column<DateOnly>(type: "date", nullable: false),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    platform_order_no = table.Column<string>(type: "text", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: true),
                    document = table.Column<string>(type: "text", nullable: false),
                    amount_fen = table.Column<long>(type: "bigint", nullable: false),
                    fee_basis_points = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_money_entries", x => x.id);
                    table.CheckConstraint("reconciliation_money_entries_amount", "amount_fen >= 0 or kind in (1, 2)");
                    table.CheckConstraint("reconciliation_money_entries_day", "business_day = (at at time zone 'UTC' + interval '8 hours')::date");
                    table.CheckConstraint("reconciliation_money_entries_rate", "(kind = 2) = (fee_basis_points is not null)");
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_settlements",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_by = table.Column<string>(type: "text", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_entry_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_settlements", x => x.id);
                    table.CheckConstraint("reconciliation_settlements_revision", "revision > 0");
                });

            migrationBuilder.CreateTable(
                name: "warehousing_parcels",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    courier_code = table.Column<string>(type: "text", nullable: false),
                    waybill_no = table.Column<string>(type: "text", nullable: false),
                    route_code = table.Column<string>(type: "text", nullable: false),
                    bag_place = table.Column<string>(type: "text", nullable: false),
                    weight_grams = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    packed_by = table.Column<string>(type: "text", nullable: false),
                    packed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    handed_over_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    picked_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    void_reason = table.Column<string>(type: "text", nullable: true),
                    voided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_news_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    order_lags_behind = table.Column<bool>(type: "boolean", nullable: false),
                    complete_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_parcels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "warehousing_pick_tasks",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    warehouse_id = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    courier_code = table.Column<string>(type: "text", nullable: false),
                    line_count = table.Column<int>(type: "integer", nullable: false),
                    piece_count = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<string>(type: "text", nullable: true),
                    claimed_by_id = table.Column<long>(type: "bigint", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parked_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_pick_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_platform_skus",
                schema: "orderhub",
                columns: table => new
                {
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    platform_sku_id = table.Column<string>(type: "text", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_platform_skus", x => new { x.shop_id, x.platform_sku_id });
                    table.ForeignKey(
                        name: "fk_catalog_platform_skus_catalog_shops_shop_id",
                        column: x => x.shop_id,
                        principalSchema: "orderhub",
                        principalTable: "catalog_shops",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "catalog_kit_parts",
                schema: "orderhub",
                columns: table => new
                {
                    kit_sku_id = table.Column<int>(type: "integer", nullable: false),
                    part_sku_id = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_kit_parts", x => new { x.kit_sku_id, x.part_sku_id });
                    table.CheckConstraint("catalog_kit_parts_quantity", "quantity > 0 and kit_sku_id <> part_sku_id");
                    table.ForeignKey(
                        name: "fk_catalog_kit_parts_catalog_skus_kit_sku_id",
                        column: x => x.kit_sku_id,
                        principalSchema: "orderhub",
                        principalTable: "catalog_skus",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_catalog_kit_parts_catalog_skus_part_sku_id",
                        column: x => x.part_sku_id,
                        principalSchema: "orderhub",
                        principalTable: "catalog_skus",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_role_claims",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    role_id = table.Column<long>(type: "bigint", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_platform_role_claims_platform_roles_role_id",
                        column: x => x.role_id,
                        principalSchema: "orderhub",
                        principalTable: "platform_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_user_claims",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_platform_user_claims_platform_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "orderhub",
                        principalTable: "platform_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_user_logins",
                schema: "orderhub",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_platform_user_logins_platform_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "orderhub",
                        principalTable: "platform_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_user_roles",
                schema: "orderhub",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    role_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_platform_user_roles_platform_roles_role_id",
                        column: x => x.role_id,
                        principalSchema: "orderhub",
                        principalTable: "platform_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_platform_user_roles_platform_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "orderhub",
                        principalTable: "platform_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_user_tokens",
                schema: "orderhub",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_platform_user_tokens_platform_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "orderhub",
                        principalTable: "platform_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_settlement_lines",
                schema: "orderhub",
                columns: table => new
                {
                    settlement_id = table.Column<long>(type: "bigint", nullable: false),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    orders = table.Column<long>(type: "bigint", nullable: false),
                    receivable_fen = table.Column<long>(type: "bigint", nullable: false),
                    fee_fen = table.Column<long>(type: "bigint", nullable: false),
                    fee_reversal_fen = table.Column<long>(type: "bigint", nullable: false),
                    refund_fen = table.Column<long>(type: "bigint", nullable: false),
                    net_fen = table.Column<long>(type: "bigint", nullable: false),
                    shipped_not_signed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_settlement_lines", x => new { x.settlement_id, x.shop_id });
                    table.CheckConstraint("reconciliation_settlement_lines_net", "net_fen = receivable_fen - fee_fen + fee_reversal_fen - refund_fen");
                    table.ForeignKey(
                        name: "fk_reconciliation_settlement_lines_reconciliation_settlements_~",
                        column: x => x.settlement_id,
                        principalSchema: "orderhub",
                        principalTable: "reconciliation_settlements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation_unsigned_shipments",
                schema: "orderhub",
                columns: table => new
                {
                    settlement_id = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    shop_id = table.Column<int>(type: "integer", nullable: false),
                    platform_order_no = table.Column<string>(type: "text", nullable: false),
                    shipped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    paid_fen = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation_unsigned_shipments", x => new { x.settlement_id, x.order_id });
                    table.ForeignKey(
                        name: "fk_reconciliation_unsigned_shipments_reconciliation_settlement~",
                        column: x => x.settlement_id,
                        principalSchema: "orderhub",
                        principalTable: "reconciliation_settlements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "warehousing_tracking_subscriptions",
                schema: "orderhub",
                columns: table => new
                {
                    parcel_id = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    renewals = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_tracking_subscriptions", x => x.parcel_id);
                    table.ForeignKey(
                        name: "fk_warehousing_tracking_subscriptions_warehousing_parcels_parc~",
                        column: x => x.parcel_id,
                        principalSchema: "orderhub",
                        principalTable: "warehousing_parcels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "warehousing_tracks",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    parcel_id = table.Column<long>(type: "bigint", nullable: false),
                    waybill_no = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    context = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    heard_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_tracks", x => x.id);
                    table.ForeignKey(
                        name: "fk_warehousing_tracks_warehousing_parcels_parcel_id",
                        column: x => x.parcel_id,
                        principalSchema: "orderhub",
                        principalTable: "warehousing_parcels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "warehousing_pick_lines",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    scanned = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_pick_lines", x => x.id);
                    table.CheckConstraint("ck_warehousing_pick_lines_scanned", "quantity > 0 and scanned between 0 and quantity");
                    table.ForeignKey(
                        name: "fk_warehousing_pick_lines_warehousing_pick_tasks_task_id",
                        column: x => x.task_id,
                        principalSchema: "orderhub",
                        principalTable: "warehousing_pick_tasks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "warehousing_scans",
                schema: "orderhub",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<long>(type: "bigint", nullable: false),
                    sku_id = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warehousing_scans", x => x.id);
                    table.ForeignKey(
                        name: "fk_warehousing_scans_warehousing_pick_tasks_task_id",
                        column: x => x.task_id,
                        principalSchema: "orderhub",
                        principalTable: "warehousing_pick_tasks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                schema: "orderhub",
                table: "allocation_version",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 1L });

            migrationBuilder.InsertData(
                schema: "orderhub",
                table: "catalog_version",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "ix_aftersales_refunds_order_id",
                schema: "orderhub",
                table: "aftersales_refunds",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_aftersales_refunds_platform_order_no",
                schema: "orderhub",
                table: "aftersales_refunds",
                column: "platform_order_no");

            migrationBuilder.CreateIndex(
                name: "ix_aftersales_refunds_refund_no",
                schema: "orderhub",
                table: "aftersales_refunds",
                column: "refund_no");

            migrationBuilder.CreateIndex(
                name: "ix_aftersales_refunds_shop_id_refund_no",
                schema: "orderhub",
                table: "aftersales_refunds",
                columns: new[] { "shop_id", "refund_no" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_aftersales_refunds_unjoined",
                schema: "orderhub",
                table: "aftersales_refunds",
                column: "id",
                filter: "order_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_allocation_couriers_code",
                schema: "orderhub",
                table: "allocation_couriers",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_allocation_decisions_order_id_id",
                schema: "orderhub",
                table: "allocation_decisions",
                columns: new[] { "order_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_allocation_rates_courier_id_from_warehouse_id_to_province",
                schema: "orderhub",
                table: "allocation_rates",
                columns: new[] { "courier_id", "from_warehouse_id", "to_province" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_allocation_rules_name",
                schema: "orderhub",
                table: "allocation_rules",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_allocation_warehouses_code",
                schema: "orderhub",
                table: "allocation_warehouses",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_kit_parts_part_sku_id",
                schema: "orderhub",
                table: "catalog_kit_parts",
                column: "part_sku_id");

            migrationBuilder.CreateIndex(
                name: "ix_catalog_shops_code",
                schema: "orderhub",
                table: "catalog_shops",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_skus_barcode",
                schema: "orderhub",
                table: "catalog_skus",
                column: "barcode",
                unique: true,
                filter: "barcode <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_catalog_skus_code",
                schema: "orderhub",
                table: "catalog_skus",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_connections_app_key",
                schema: "orderhub",
                table: "channels_connections",
                column: "app_key");

            migrationBuilder.CreateIndex(
                name: "ix_channels_cursors_next_due_at",
                schema: "orderhub",
                table: "channels_cursors",
                column: "next_due_at");

            migrationBuilder.CreateIndex(
                name: "ix_channels_deliveries_kind_shop_id_subject_id",
                schema: "orderhub",
                table: "channels_deliveries",
                columns: new[] { "kind", "shop_id", "subject_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_deliveries_shop_id_state",
                schema: "orderhub",
                table: "channels_deliveries",
                columns: new[] { "shop_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_deliveries_waiting",
                schema: "orderhub",
                table: "channels_deliveries",
                columns: new[] { "shop_id", "kind", "due_at" },
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_channels_hints_shop_id_event_id",
                schema: "orderhub",
                table: "channels_hints",
                columns: new[] { "shop_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_hints_waiting",
                schema: "orderhub",
                table: "channels_hints",
                column: "due_at",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_channels_inbox_quarantined",
                schema: "orderhub",
                table: "channels_inbox",
                columns: new[] { "shop_id", "id" },
                filter: "state = 5");

            migrationBuilder.CreateIndex(
                name: "ix_channels_inbox_received_at",
                schema: "orderhub",
                table: "channels_inbox",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_channels_inbox_shop_id_kind_external_id_version_content_hash",
                schema: "orderhub",
                table: "channels_inbox",
                columns: new[] { "shop_id", "kind", "external_id", "version", "content_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_listings_shop_id_platform_product_id_platform_sku_~",
                schema: "orderhub",
                table: "channels_listings",
                columns: new[] { "shop_id", "platform_product_id", "platform_sku_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_listings_sku_id",
                schema: "orderhub",
                table: "channels_listings",
                column: "sku_id");

            migrationBuilder.CreateIndex(
                name: "ix_channels_nonces_seen_at",
                schema: "orderhub",
                table: "channels_nonces",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_channels_pulls_shop_id_id",
                schema: "orderhub",
                table: "channels_pulls",
                columns: new[] { "shop_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_pulls_started_at",
                schema: "orderhub",
                table: "channels_pulls",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_movements_sku_id_warehouse_id_id",
                schema: "orderhub",
                table: "inventory_movements",
                columns: new[] { "sku_id", "warehouse_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_reservations_sku_id_ended_at",
                schema: "orderhub",
                table: "inventory_reservations",
                columns: new[] { "sku_id", "ended_at" },
                filter: "ended_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_reservations_sku_id_warehouse_id",
                schema: "orderhub",
                table: "inventory_reservations",
                columns: new[] { "sku_id", "warehouse_id" },
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_orders_orders_created_at_id",
                schema: "orderhub",
                table: "orders_orders",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_orders_held",
                schema: "orderhub",
                table: "orders_orders",
                columns: new[] { "created_at", "id" },
                filter: "hold is not null or platform_hold is not null");

            migrationBuilder.CreateIndex(
                name: "ix_orders_orders_paid_at",
                schema: "orderhub",
                table: "orders_orders",
                column: "paid_at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_orders_shop_id_platform_order_no",
                schema: "orderhub",
                table: "orders_orders",
                columns: new[] { "shop_id", "platform_order_no" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_orders_state_created_at_id",
                schema: "orderhub",
                table: "orders_orders",
                columns: new[] { "state", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_orders_state_shipped_at",
                schema: "orderhub",
                table: "orders_orders",
                columns: new[] { "state", "shipped_at" },
                filter: "state = 50");

            migrationBuilder.CreateIndex(
                name: "ix_orders_timeline_order_id_id",
                schema: "orderhub",
                table: "orders_timeline",
                columns: new[] { "order_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_api_keys_hash",
                schema: "orderhub",
                table: "platform_api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_platform_audit_subject_id",
                schema: "orderhub",
                table: "platform_audit",
                columns: new[] { "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_data_protection_keys_name",
                schema: "orderhub",
                table: "platform_data_protection_keys",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_platform_job_runs_job_id",
                schema: "orderhub",
                table: "platform_job_runs",
                columns: new[] { "job", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_job_runs_started_at",
                schema: "orderhub",
                table: "platform_job_runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_platform_outbox_consumer_due_at_id",
                schema: "orderhub",
                table: "platform_outbox",
                columns: new[] { "consumer", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_role_claims_role_id",
                schema: "orderhub",
                table: "platform_role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "role_name_index",
                schema: "orderhub",
                table: "platform_roles",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_platform_user_claims_user_id",
                schema: "orderhub",
                table: "platform_user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_platform_user_logins_user_id",
                schema: "orderhub",
                table: "platform_user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_platform_user_roles_role_id",
                schema: "orderhub",
                table: "platform_user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "email_index",
                schema: "orderhub",
                table: "platform_users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "user_name_index",
                schema: "orderhub",
                table: "platform_users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_business_day_shop_id_kind",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                columns: new[] { "business_day", "shop_id", "kind" });

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
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_money_entries_shop_id_platform_order_no",
                schema: "orderhub",
                table: "reconciliation_money_entries",
                columns: new[] { "shop_id", "platform_order_no" });

            migrationBuilder.CreateIndex(
                name: "ix_reconciliation_settlements_day_revision",
                schema: "orderhub",
                table: "reconciliation_settlements",
                columns: new[] { "day", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_complete_after",
                schema: "orderhub",
                table: "warehousing_parcels",
                column: "complete_after",
                filter: "complete_after is not null");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_courier_code_waybill_no",
                schema: "orderhub",
                table: "warehousing_parcels",
                columns: new[] { "courier_code", "waybill_no" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_lagging",
                schema: "orderhub",
                table: "warehousing_parcels",
                column: "order_id",
                filter: "order_lags_behind");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_last_news_at",
                schema: "orderhub",
                table: "warehousing_parcels",
                column: "last_news_at",
                filter: "status in (2, 3)");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_order_id",
                schema: "orderhub",
                table: "warehousing_parcels",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_warehouse_id_courier_code_id",
                schema: "orderhub",
                table: "warehousing_parcels",
                columns: new[] { "warehouse_id", "courier_code", "id" },
                filter: "status = 1");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_parcels_waybill_no",
                schema: "orderhub",
                table: "warehousing_parcels",
                column: "waybill_no");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_lines_task_id_sku_id",
                schema: "orderhub",
                table: "warehousing_pick_lines",
                columns: new[] { "task_id", "sku_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_tasks_order_id",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                column: "order_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_tasks_state_deadline_id",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                columns: new[] { "state", "deadline", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_pick_tasks_warehouse_id_state_deadline_id",
                schema: "orderhub",
                table: "warehousing_pick_tasks",
                columns: new[] { "warehouse_id", "state", "deadline", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_scans_task_id",
                schema: "orderhub",
                table: "warehousing_scans",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_tracking_subscriptions_due_at",
                schema: "orderhub",
                table: "warehousing_tracking_subscriptions",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_tracks_parcel_id_at",
                schema: "orderhub",
                table: "warehousing_tracks",
                columns: new[] { "parcel_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_warehousing_tracks_waybill_no_at_status_context",
                schema: "orderhub",
                table: "warehousing_tracks",
                columns: new[] { "waybill_no", "at", "status", "context" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aftersales_refunds",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_couriers",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_decisions",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_rates",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_rules",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_version",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "allocation_warehouses",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "catalog_kit_parts",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "catalog_platform_skus",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "catalog_version",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_connections",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_cursors",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_deliveries",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_hints",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_inbox",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_listings",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_nonces",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "channels_pulls",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_adjustments",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_movements",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_pool",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_receipts",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_reservations",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "inventory_stock",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_lines",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_orders",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "orders_timeline",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_api_keys",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_audit",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_data_protection_keys",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_job_runs",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_outbox",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_role_claims",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_user_claims",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_user_logins",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_user_roles",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_user_tokens",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "reconciliation_money_entries",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "reconciliation_settlement_lines",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "reconciliation_unsigned_shipments",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_pick_lines",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_scans",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_tracking_subscriptions",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_tracks",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "catalog_skus",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "catalog_shops",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_roles",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "platform_users",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "reconciliation_settlements",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_pick_tasks",
                schema: "orderhub");

            migrationBuilder.DropTable(
                name: "warehousing_parcels",
                schema: "orderhub");
        }
    }
}
