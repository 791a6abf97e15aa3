using System.Globalization;
using System.Text.Json;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

public sealed class ReplayedOrders
{
    [Fact]
    public async Task The_whole_file_comes_out_of_Taobao_to_the_fen()
    {
        var rows = ReplayRow.Read(SharedFiles.Find("data/tmall_orders_2020-02.csv"));
        var products = ProductCsv.Read(SharedFiles.Find("data/tmall_products.csv"));
        rows.Count.ShouldBe(12_358);
        rows.Count(r => r.PaidAt is null).ShouldBe(1_744);
        rows.Count(r => r.RefundFen > 0).ShouldBe(2_560);

        // so fast that everything has happened by the time the world opens
        await using var setup = await SandboxSetup.StartAsync(o => o with
        {
            Products = products, ReplayCsv = SharedFiles.Find("data/tmall_orders_2020-02.csv"), ReplaySpeed = 1e9, CallsPerSecond = 100_000,
        });
        await SandboxSetup.Eventually(() => setup.World.ReplayProgress is { Finished: true, Published: 12_358, Total: 12_358 });
        var trades = await TradesAsync(new PlatformClients(setup));

        trades.Count.ShouldBe(rows.Count);
        foreach (var row in rows)
        {
            var trade = trades[Replay.TidOf(row)];
            Fen(trade, "payment").ShouldBe(row.TotalFen);
            var lines = trade.GetProperty("orders").GetProperty("order").EnumerateArray().ToArray();
            (lines.Sum(l => Fen(l, "price") * l.GetProperty("num").GetInt64() + Fen(l, "adjust_fee") - Fen(l, "discount_fee")) - Fen(trade, "discount_fee") + Fen(trade, "post_fee"))
                .ShouldBe(row.TotalFen);
            lines.ShouldAllBe(l => Fen(l, "divide_order_fee") > 0);
            trade.GetProperty("status").GetString().ShouldBe(
                row.PaidAt is null ? "TRADE_CLOSED_BY_TAOBAO" : row.RefundFen == row.TotalFen ? "TRADE_CLOSED" : "WAIT_SELLER_SEND_GOODS");
        }
        rows.Sum(r => setup.World.FindOrder(SandboxPlatform.Taobao, Replay.TidOf(r).ToString(CultureInfo.InvariantCulture))!.RefundedFen)
            .ShouldBe(rows.Sum(r => r.RefundFen));
    }

    [Fact]
    public void Barcodes_made_for_products_are_valid_EAN13()
    {
        var code = ProductCsv.Barcode("A18164178225");
        code.ShouldStartWith("69");
        code.Length.ShouldBe(13);
        (code.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10).ShouldBe(0);
    }

    [Fact]
    public async Task A_replay_goes_on_after_a_restart_instead_of_beginning_again()
    {
        var folder = Path.Combine(Path.GetTempPath(), "orderhub-sandbox-" + Guid.NewGuid().ToString("N"));
        var csv = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".csv");
        await File.WriteAllTextAsync(csv, """
            订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额
            2,21.0,21.0,内蒙古自治区,2020-02-01 00:00:00,2020-02-01 00:00:08,0.0
            1,178.8,0.0,上海,2020-02-01 00:00:01,,0.0
            3,157.0,57.0,湖南省,2020-02-03 00:00:00,2020-02-03 00:10:00,100.0
            """);
        var clock = new TestClock();
        SandboxOptions Slow(SandboxOptions o) => o with { ReplayCsv = csv, ReplaySpeed = 1000 };
        try
        {
            await using (var first = await SandboxSetup.StartAsync(Slow, folder, clock))
            {
                await SandboxSetup.Eventually(() => first.World.ReplayProgress is { Published: 2 });
                first.World.FindOrder(SandboxPlatform.Taobao, "2020020000000000002")!.Receiver.Province.ShouldBe("内蒙古自治区");
            }
            clock.Ahead = TimeSpan.FromMinutes(10);
            await using var second = await SandboxSetup.StartAsync(Slow, folder, clock);
            await SandboxSetup.Eventually(() => second.World.ReplayProgress is { Published: 3, Finished: true });
            second.World.FindOrder(SandboxPlatform.Taobao, "2020020000000000001")!.State.ShouldBe(SandboxOrderState.ClosedUnpaid);
            second.World.FindOrder(SandboxPlatform.Taobao, "2020020000000000003")!.RefundedFen.ShouldBe(10_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            File.Delete(csv);
        }
    }

    /// <summary>As a hub pulls: count first, then from the last page back to the first.</summary>
    private static async Task<Dictionary<long, JsonElement>> TradesAsync(PlatformClients client)
    {
        const int size = 100;
        var (from, to) = (PlatformClients.China(client.Now.AddHours(-1)), PlatformClients.China(client.Now.AddMinutes(1)));
        async Task<JsonElement> PageAsync(int page, bool hasNext) => (await client.TaobaoAsync("taobao.trades.sold.increment.get", new
        {
            fields = "tid,status,payment,post_fee,discount_fee,orders", start_modified = from, end_modified = to, page_no = page, page_size = size, use_has_next = hasNext,
        })).GetProperty("trades_sold_increment_get_response");

        var total = (await PageAsync(1, hasNext: false)).GetProperty("total_results").GetInt32();
        var trades = new Dictionary<long, JsonElement>();
        for (var page = (total + size - 1) / size; page >= 1; page--)
        {
            foreach (var trade in (await PageAsync(page, hasNext: true)).GetProperty("trades").GetProperty("trade").EnumerateArray())
                trades[trade.GetProperty("tid").GetInt64()] = trade;
        }
        return trades;
    }

    private static long Fen(JsonElement element, string name) => (long)(decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture) * 100);
}
