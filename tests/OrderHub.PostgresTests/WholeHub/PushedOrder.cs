using System.Globalization;
using System.Text.Json;
using OrderHub.Orders.Contracts;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>An order as its buyer and its mall know it, through all its versions.</summary>
internal sealed record PushedOrder(string ShopCode, string No, int Version, PlatformStatus Status, DateTimeOffset CreatedAt, IReadOnlyList<(string Sku, int Quantity)> Lines)
{
    private static readonly (string Province, string City, string District)[] Places = [("浙江省", "杭州市", "西湖区"), ("广东省", "深圳市", "南山区"), ("北京市", "北京市", "海淀区")];

    public int Pieces => Lines.Sum(l => l.Quantity);

    public static PushedOrder New(string shopCode, string no, Random random, DateTimeOffset now) =>
        new(shopCode, no, 1, random.Next(3) == 0 ? PlatformStatus.Unpaid : PlatformStatus.Paid, now, Basket(random));

    /// <summary>What its buyer does next; null = nothing any more.</summary>
    public PushedOrder? Next(Random random)
    {
        var later = this with { Version = Version + 1 };
        return (Status, random.Next(10)) switch
        {
            (PlatformStatus.ClosedUnpaid or PlatformStatus.ClosedAfterPayment, _) or (_, < 2) => null,
            (PlatformStatus.Unpaid, < 7) => later with { Status = PlatformStatus.Paid },
            (PlatformStatus.Unpaid, 7) => later with { Status = PlatformStatus.ClosedUnpaid },
            (PlatformStatus.Paid, < 7) => later with { Status = PlatformStatus.ClosedAfterPayment },
            _ => later with { Lines = Basket(random) },
        };
    }

    public string Json()
    {
        var paidAt = Status is PlatformStatus.Unpaid or PlatformStatus.ClosedUnpaid ? null : Time(CreatedAt.AddSeconds(30));
        var place = Places[No.Sum(c => c) % Places.Length];
        var status = Status switch { PlatformStatus.Unpaid => "unpaid", PlatformStatus.Paid => "paid", _ => "closed" };
        return JsonSerializer.Serialize(new
        {
            order_no = No, version = Version, status, created_at = Time(CreatedAt), paid_at = paidAt, updated_at = Time(CreatedAt.AddSeconds(Version)),
            buyer = new { open_id = "o" + No, nick = "买家" },
            receiver = new { name = "王小明", mobile = "13900000001", province = place.Province, city = place.City, district = place.District, street = "", address = "文三路1号创业大厦501室" },
            amounts = new { goods = 9900L * Pieces, shop_discount = 0, platform_discount = 0, freight = 0, pay = 9900L * Pieces },
            payment = new { channel = "wechat", trade_no = "42" + No },
            lines = Lines.Select((l, i) => new { line_id = $"{No}-{i}", product_id = "P" + l.Sku, sku_id = "K" + l.Sku, sku_code = l.Sku, name = l.Sku, spec = "", qty = l.Quantity, price = 9900, discount = 0, pay = 9900L * l.Quantity, refund_state = "none" }),
        });
    }

    private static (string, int)[] Basket(Random random) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (TestHub.Skus[random.Next(TestHub.Skus.Count)], random.Next(1, 4)))];

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
