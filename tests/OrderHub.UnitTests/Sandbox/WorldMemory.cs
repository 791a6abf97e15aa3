using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

public sealed class WorldMemory
{
    private static readonly object Receiver = new { name = "张三", mobile = "19000000000", printAddr = "广东省深圳市南山区科技路1号" };
    private static readonly object Sender = new { name = "李四", mobile = "19000000001", printAddr = "江苏省苏州市吴中区东方大道8号" };

    [Fact]
    public async Task The_same_order_id_gets_the_same_waybill_for_48_hours()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var client = new PlatformClients(setup);
        async Task<string> OrderAsync(string id, bool reorder = false)
        {
            var answer = await client.LabelAsync(new { printType = "NON", kuaidicom = "zhongtong", recMan = Receiver, sendMan = Sender, orderId = id, reorder });
            answer.GetProperty("data").GetProperty("bulkpen").GetString().ShouldNotBeNullOrEmpty();
            return answer.GetProperty("data").GetProperty("kuaidinum").GetString()!;
        }

        var first = await OrderAsync("OH-1");
        (await OrderAsync("OH-1")).ShouldBe(first);
        (await OrderAsync("OH-2")).ShouldNotBe(first);
        (await OrderAsync("OH-1", reorder: true)).ShouldNotBe(first);
        var newest = await OrderAsync("OH-1");
        setup.Clock.Ahead = TimeSpan.FromHours(49);
        (await OrderAsync("OH-1")).ShouldNotBe(newest);
        (await client.LabelAsync(new { printType = "NON" }, p => p["sign"] = "00")).GetProperty("code").GetInt32().ShouldBe(30002);
    }

    [Fact]
    public async Task A_restart_remembers_orders_stock_labels_and_a_line_cut_off_by_a_kill_harms_nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), "orderhub-sandbox-" + Guid.NewGuid().ToString("N"));
        try
        {
            string paid, label;
            var request = new { printType = "NON", kuaidicom = "shunfeng", recMan = Receiver, sendMan = Sender, orderId = "OH-1" };
            await using (var first = await SandboxSetup.StartAsync(folder: folder))
            {
                var client = new PlatformClients(first);
                paid = first.World.PublishOrder(SandboxPlatform.Jd, SandboxSetup.Order("SKU-A", "SKU-B") with { BuyerNote = "送礼，不要放价格" });
                first.World.RequestRefund(SandboxPlatform.Jd, paid).ShouldBeTrue();
                label = (await client.LabelAsync(request)).GetProperty("data").GetProperty("kuaidinum").GetString()!;
            }
            await File.AppendAllTextAsync(Path.Combine(folder, "sandbox.journal"), "{\"Order\":{\"Platform\":1,\"No\":\"29");

            await using var second = await SandboxSetup.StartAsync(folder: folder);
            var order = second.World.FindOrder(SandboxPlatform.Jd, paid)!;
            order.HasOpenRefund.ShouldBeTrue();
            order.BuyerNote.ShouldBe("送礼，不要放价格");
            order.Lines.Select(l => l.SkuCode).ShouldBe(["SKU-A", "SKU-B"]);
            second.World.PublishedStock(SandboxPlatform.Jd, "SKU-A").ShouldBe(99);
            (await new PlatformClients(second).LabelAsync(request)).GetProperty("data").GetProperty("kuaidinum").GetString().ShouldBe(label);
            second.World.PublishOrder(SandboxPlatform.Jd, SandboxSetup.Order("SKU-A")).ShouldNotBe(paid);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Orders_closed_more_than_three_days_ago_are_forgotten_at_the_next_start()
    {
        var folder = Path.Combine(Path.GetTempPath(), "orderhub-sandbox-" + Guid.NewGuid().ToString("N"));
        try
        {
            var clock = new TestClock();
            string closed, open;
            await using (var first = await SandboxSetup.StartAsync(folder: folder, clock: clock))
            {
                closed = first.World.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A") with { Paid = false });
                open = first.World.PublishOrder(SandboxPlatform.Taobao, SandboxSetup.Order("SKU-A"));
                first.World.CloseOrder(SandboxPlatform.Taobao, closed).ShouldBeTrue();
            }
            clock.Ahead = TimeSpan.FromDays(4);
            await using var second = await SandboxSetup.StartAsync(folder: folder, clock: clock);
            second.World.FindOrder(SandboxPlatform.Taobao, closed).ShouldBeNull();
            second.World.FindOrder(SandboxPlatform.Taobao, open).ShouldNotBeNull();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
