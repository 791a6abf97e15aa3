using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Living;

/// <summary>Demo buyers: believable baskets on all platforms at the asked rate. One seed gives one sequence of orders.</summary>
internal sealed class LiveTraffic(Market market, SandboxOptions options, DateTimeOffset start)
{
    private static readonly (SandboxPlatform Platform, double Share)[] Shares =
        [(SandboxPlatform.Taobao, 0.35), (SandboxPlatform.Pinduoduo, 0.20), (SandboxPlatform.Douyin, 0.20), (SandboxPlatform.Jd, 0.10), (SandboxPlatform.Mall, 0.05),
         (SandboxPlatform.WeChat, 0.05), (SandboxPlatform.Kuaishou, 0.05)];

    private static readonly string[] Hosts = ["小杉直播间", "好物研究所", "阿云的家"];

    private static readonly string[] BuyerNotes =
        ["请发顺丰", "送礼，不要放价格", "尽快发货，谢谢", "周末在家，工作日放门卫", "颜色随机就好，别发错尺寸", "包装结实一点", "到货前打电话 📞"];

    private static readonly string[] SellerNotes = ["老客户，送小样", "已与买家确认地址", "优先发货", "补发赠品"];

    private readonly Random _random = new(unchecked(options.Seed + (int)market.Orders.LastSequence));
    private readonly Dictionary<SandboxPlatform, SandboxOrder> _last = [];
    private DateTimeOffset _next = start;

    public void PublishDue(DateTimeOffset now)
    {
        if (options.OrdersPerMinute <= 0 || options.Products.Count == 0) return;
        // after a pause (sleeping laptop) buyers do not all come at once
        if (now - _next > TimeSpan.FromMinutes(1)) _next = now;
        while (_next <= now)
        {
            var platform = Platform();
            if (Spec(platform, now) is { } spec) _last[platform] = market.Publish(platform, spec);
            _next += TimeSpan.FromMinutes(-Math.Log(1 - _random.NextDouble()) / options.OrdersPerMinute);
        }
    }

    private OrderSpec? Spec(SandboxPlatform platform, DateTimeOffset now)
    {
        // an order on these two is always of one product
        var basket = Basket(platform, platform is SandboxPlatform.Pinduoduo or SandboxPlatform.Kuaishou || Chance(0.6) ? 1 : _random.Next(2, 4));
        if (basket.Count == 0) return null;
        var goods = basket.Sum(b => b.Listing.Product.PriceFen * b.Quantity);
        var paid = platform == SandboxPlatform.Pinduoduo || !Chance(0.12);
        var again = Chance(0.1) ? _last.GetValueOrDefault(platform) : null; // what was forgotten is ordered a moment later
        return new OrderSpec
        {
            Buyer = again?.Buyer, Receiver = again?.Receiver,
            Lines = [.. basket.Select(b => new OrderSpecLine(b.Listing.SkuCode, b.Quantity))],
            Paid = paid,
            BuyerNote = Chance(0.15) ? BuyerNotes[_random.Next(BuyerNotes.Length)] : "",
            SellerNote = Chance(0.06) ? SellerNotes[_random.Next(SellerNotes.Length)] : "",
            SellerFlag = Chance(0.06) ? _random.Next(1, 6) : 0,
            FreightFen = goods < 3000 && Chance(0.5) ? 600 : 0,
            Promotions = Promotions(goods),
            Invoice = Chance(0.08) ? Invoice() : null,
            RiskControlled = paid && Chance(0.01),
            Plan = Plan(paid, now),
            Extras = Extras(platform, goods, now),
        };
    }

    private List<(SandboxListing Listing, int Quantity)> Basket(SandboxPlatform platform, int lines)
    {
        var listings = market.Listings.Of(platform);
        var basket = new List<(SandboxListing, int)>();
        for (var tries = 0; basket.Count < lines && tries < 12; tries++)
        {
            var listing = listings[_random.Next(listings.Count)];
            var quantity = Chance(0.8) ? 1 : _random.Next(2, 4);
            if (market.Stock.Of(platform, listing.SkuCode) < quantity || basket.Any(b => b.Item1 == listing)) continue;
            basket.Add((listing, quantity));
        }
        return basket;
    }

    private List<SandboxPromotion> Promotions(long goods)
    {
        var promotions = new List<SandboxPromotion>();
        if (goods >= 5000 && Chance(0.3)) promotions.Add(new("店铺优惠券满50减5", 500, ByPlatform: false));
        if (goods >= 20000 && Chance(0.4)) promotions.Add(new("跨店满200减30", 3000, ByPlatform: true));
        else if (goods >= 3000 && Chance(0.2)) promotions.Add(new("平台红包", _random.Next(1, 4) * 100, ByPlatform: true));
        return promotions;
    }

    private SandboxExtras? Extras(SandboxPlatform platform, long goods, DateTimeOffset now)
    {
        var extras = new SandboxExtras
        {
            LiveHost = platform is SandboxPlatform.Douyin or SandboxPlatform.WeChat or SandboxPlatform.Kuaishou && Chance(0.4) ? Hosts[_random.Next(Hosts.Length)] : null,
            DepositFen = goods >= 10_000 && Chance(0.05) ? goods / 10 : 0,
            Transit = Chance(0.03) ? "新疆中转" : null,
            ToTheDoor = Chance(0.03),
            Courier = Chance(0.04) ? platform == SandboxPlatform.Jd ? "JD" : "SF" : null,
            ShipBy = Chance(0.05) ? now.AddHours(_random.Next(6, 48)) : null,
        };
        return extras == new SandboxExtras() ? null : extras;
    }

    private SandboxInvoice Invoice() => Chance(0.6)
        ? new("personal", "个人", "", "buyer@example.com")
        : new("company", "苏州云杉信息科技有限公司", "91320505MA1EXAMPLE", "finance@example.com");

    private List<PlannedStep> Plan(bool paid, DateTimeOffset now)
    {
        var plan = new List<PlannedStep>();
        if (!paid)
        {
            plan.Add(new(now + options.UnpaidCloseDelay, PlannedAct.Close));
            if (Chance(0.6)) plan.Add(new(now + options.UnpaidCloseDelay * (0.1 + 0.6 * _random.NextDouble()), PlannedAct.Pay));
            return plan;
        }
        if (!Chance(0.05)) return plan;
        // early requests meet an order still in the warehouse, late ones a parcel on its way or at the door
        var ask = now + (Chance(0.6) ? TimeSpan.FromSeconds(_random.Next(20, 120)) : TimeSpan.FromMinutes(_random.Next(5, 20)));
        plan.Add(new(ask, PlannedAct.RequestRefund, Chance(0.2) ? 500 : 0));
        plan.Add(new(ask + options.RefundDecisionDelay, PlannedAct.CompleteRefund));
        return plan;
    }

    private SandboxPlatform Platform()
    {
        var at = _random.NextDouble();
        foreach (var (platform, share) in Shares)
        {
            if ((at -= share) < 0) return platform;
        }
        return SandboxPlatform.Taobao;
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
