using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OrderHub.Benchmarks.Pace;

/// <summary>Sixteen malls that push signed orders over HTTP and read the answer.</summary>
internal sealed class MallClient(Uri host) : IDisposable
{
    private static readonly (string Province, string City, string District)[] Places =
    [
        ("北京", "北京市", "海淀区"), ("上海", "上海市", "浦东新区"), ("广东省", "深圳市", "南山区"), ("江苏省", "苏州市", "姑苏区"), ("浙江省", "杭州市", "西湖区"), ("四川省", "成都市", "武侯区"),
        ("湖北省", "武汉市", "洪山区"), ("山东省", "济南市", "历下区"), ("河南省", "郑州市", "金水区"), ("福建省", "厦门市", "思明区"), ("辽宁省", "沈阳市", "和平区"), ("陕西省", "西安市", "雁塔区"),
    ];
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(PaceWorld.Secret);
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = host, Timeout = TimeSpan.FromMinutes(2) };
    private long _numbers, _sent;

    /// <summary>Orders pushed and answered.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Paid orders of two or three lines over all SKUs.</summary>
    public byte[] Orders(int count, Random random)
    {
        var json = new StringBuilder(1_200 * count).Append("{\"orders\":[");
        for (var i = 0; i < count; i++)
            Order(json.Append(i > 0 ? "," : ""), random, [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => PaceWorld.Sku(random.Next(1, PaceWorld.Skus + 1)))]);
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    /// <summary>One buyer of the one SKU everybody wants.</summary>
    public byte[] FlashOrder(Random random) => Encoding.UTF8.GetBytes(Order(new StringBuilder("{\"orders\":["), random, [PaceWorld.FlashSku]).Append("]}").ToString());

    private StringBuilder Order(StringBuilder json, Random random, string[] skus)
    {
        var number = Interlocked.Increment(ref _numbers);
        var at = DateTimeOffset.UtcNow;
        var (province, city, district) = Places[random.Next(Places.Length)];
        json.Append(CultureInfo.InvariantCulture, $$"""
            {"order_no":"MP{{number:D12}}","version":1,"status":"paid","created_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","paid_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","updated_at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","buyer":{"open_id":"o{{number % 100_000}}","nick":"买家{{number % 1000}}"},"receiver":{"name":"王小明","mobile":"139{{number % 100_000_000:D8}}","province":"{{province}}","city":"{{city}}","district":"{{district}}","street":"","address":"文三路1号创业大厦{{number % 500}}室"},"remark":"尽快发货","amounts":{"goods":{{1999 * skus.Length}},"shop_discount":0,"platform_discount":0,"freight":0,"pay":{{1999 * skus.Length}}},"payment":{"channel":"wechat","trade_no":"42000{{number:D12}}"},"lines":[
            """);
        for (var i = 0; i < skus.Length; i++)
            json.Append(CultureInfo.InvariantCulture, $$"""{{(i > 0 ? "," : "")}}{"line_id":"{{number}}-{{i}}","product_id":"P{{skus[i]}}","sku_id":"K{{skus[i]}}","sku_code":"{{skus[i]}}","name":"日用好货 标准款","spec":"白色","qty":1,"price":1999,"discount":0,"pay":1999,"refund_state":"none"}""");
        return json.Append("]}");
    }

    public MallConnection Connect(int shop) => new(host, PaceWorld.ShopCode(shop), Key);

    /// <param name="orders">How many are in the body.</param>
    /// <returns>How long the answer took, ms.</returns>
    public double Push(MallConnection connection, byte[] body, int orders = 1)
    {
        var took = connection.Push(body);
        Interlocked.Add(ref _sent, orders);
        return took;
    }

    public async Task<double> ReadAsync(string path, string apiKey, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", apiKey);
        var began = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(request, ct);
        await answer.Content.ReadAsByteArrayAsync(ct);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public void Dispose() => _http.Dispose();
}
