using Npgsql;
using OrderHub.Inventory.Documents;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.PostgresTests.Inventory;

namespace OrderHub.PostgresTests.Schema;

/// <summary>The last line: what no code of ours may write, PostgreSQL does not store.</summary>
public sealed class StockConstraintTests(TestHub hub) : IClassFixture<TestHub>
{
    private const string NeverOversold = "inventory_stock_never_oversold", NotNegative = "inventory_stock_not_negative";

    /// <summary>What somebody tries to write, and which check is in the way.</summary>
    public static readonly TheoryData<string, string> Attempts = new()
    {
        { "reserved = on_hand - frozen + 1", NeverOversold },
        { "frozen = on_hand - reserved + 1", NeverOversold },
        { "on_hand = reserved + frozen - 1", NeverOversold },
        { "on_hand = -1, reserved = 0, frozen = 0", NeverOversold },
        { "reserved = -1", NeverOversold },
        { "frozen = -1", NeverOversold },
        { "defective = -1", NotNegative },
        { "purchase_in_transit = -1", NotNegative },
        { "transfer_in_transit = -1", NotNegative },
        { "return_in_transit = -1", NotNegative },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Stock_that_is_oversold_or_below_zero_cannot_be_written_by_anyone(string change, string check)
    {
        var desk = new StockDesk(hub);
        await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 5);
        (await desk.BuyAsync(Random.Shared.NextInt64(1L << 40, 1L << 50), TestHub.Cap, hub.Suzhou, 2)).ShouldBeTrue();
        (await desk.OpenAsync(DocumentKind.Freeze, "SUZ", lines: new DraftLine(TestHub.Cap, 1))).IsOk.ShouldBeTrue();
        var before = await hub.StockAsync(TestHub.Cap, hub.Suzhou);

        var refusal = await Should.ThrowAsync<PostgresException>(() => hub.Database.RunAsync(
            tx => tx.ExecuteAsync($"update inventory_stock set {change} where sku_id = $1 and warehouse_id = $2", default, hub.Sku(TestHub.Cap).Id, hub.Suzhou), default));

        (refusal.SqlState, refusal.ConstraintName).ShouldBe((PostgresErrorCodes.CheckViolation, check));
        (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).ShouldBe(before);
    }

    [Fact]
    public async Task Every_check_of_the_stock_counters_is_tried()
    {
        var checks = await hub.Database.QueryAsync("select conname from pg_constraint where conrelid = 'inventory_stock'::regclass and contype = 'c'", r => r.GetString(0), default);
        checks.ShouldBe(Attempts.Select(attempt => (string)attempt[1]).Distinct(), ignoreOrder: true);
    }
}
