using System.Globalization;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Units;

namespace OrderHub.Channels.Taobao;

internal sealed class TaobaoClient(PlatformHttp http, TimeProvider clock)
{
    /// <returns>What stands under the method's root in the answer.</returns>
    public Task<JsonReading> CallAsync(ShopConnection shop, string method, IReadOnlyDictionary<string, string> business, CancellationToken ct) =>
        http.CallAsync(shop, method, () => Request(shop, method, business), reply =>
        {
            var answer = PlatformHttp.Parse(reply);
            if (answer.Find("error_response") is { } error) throw PlatformHttp.Read(error, TaobaoErrors.From);
            return PlatformHttp.Read(answer, a => a.NeedObject(Root(method)));
        }, ct);

    /// <summary>taobao.trade.fullinfo.get answers under trade_fullinfo_get_response; other prefixes stay.</summary>
    public static string Root(string method) =>
        (method.StartsWith("taobao.", StringComparison.Ordinal) ? method["taobao.".Length..] : method).Replace('.', '_') + "_response";

    public static string Time(DateTimeOffset instant) => ShopTime.ToLocal(instant).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private HttpRequestMessage Request(ShopConnection shop, string method, IReadOnlyDictionary<string, string> business)
    {
        var parameters = new Dictionary<string, string>(business)
        {
            ["method"] = method,
            ["app_key"] = shop.AppKey,
            ["session"] = shop.AccessToken,
            ["timestamp"] = Time(clock.GetUtcNow()),
            ["format"] = "json",
            ["v"] = "2.0",
            ["sign_method"] = "md5",
        };
        foreach (var empty in parameters.Where(p => p.Value.Length == 0).Select(p => p.Key).ToArray()) parameters.Remove(empty);
        parameters["sign"] = TaobaoSigning.Sign(parameters, shop.AppSecret);
        return new(HttpMethod.Post, PlatformHttp.Resolve(shop.BaseUrl, "/router/rest")) { Content = new FormUrlEncodedContent(parameters) };
    }
}
