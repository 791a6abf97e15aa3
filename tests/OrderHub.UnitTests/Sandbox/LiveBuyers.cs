using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

public sealed class LiveBuyers
{
    [Fact]
    public async Task Buyers_only_order_what_the_platform_shows_as_available()
    {
        await using var setup = await SandboxSetup.StartAsync(o => o with
        {
            OrdersPerMinute = 60_000, InitialStock = 3, UnpaidCloseDelay = TimeSpan.FromHours(1), RefundDecisionDelay = TimeSpan.FromHours(1),
        });
        var platforms = Enum.GetValues<SandboxPlatform>();
        await SandboxSetup.Eventually(() => platforms.All(p => SandboxSetup.Products.All(s => setup.World.PublishedStock(p, s.SkuCode) == 0)));
        foreach (var platform in platforms)
        {
            var sold = setup.World.NewestOrders(platform, 1000).SelectMany(o => o.Lines).GroupBy(l => l.SkuCode).ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity));
            sold.Values.ShouldAllBe(quantity => quantity == 3, platform.ToString());
        }
        setup.World.NewestOrders(SandboxPlatform.Pinduoduo, 1000).ShouldAllBe(o => o.PaidAt != null && o.Lines.Count == 1);
    }

    [Fact]
    public async Task The_same_seed_brings_the_same_orders()
    {
        async Task<string[]> FirstOrdersAsync()
        {
            await using var setup = await SandboxSetup.StartAsync(o => o with { OrdersPerMinute = 6_000, Seed = 7 });
            await SandboxSetup.Eventually(() => setup.World.NewestOrders(SandboxPlatform.Taobao, 50).Count >= 10);
            return [.. setup.World.NewestOrders(SandboxPlatform.Taobao, 1000).Reverse().Take(10)
                .Select(o => $"{o.No} {o.Receiver.Name} {o.PayFen} {string.Join('+', o.Lines.Select(l => l.SkuCode))}")];
        }

        (await FirstOrdersAsync()).ShouldBe(await FirstOrdersAsync());
    }

    [Fact]
    public async Task Two_worlds_never_share_a_folder()
    {
        await using var setup = await SandboxSetup.StartAsync();
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => SandboxSetup.StartAsync(folder: setup.Folder));
        refusal.Message.ShouldContain("still running");
    }
}
