using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Results;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace OrderHub.Warehousing.Labels;

/// <summary>Kuaidi100's e-waybill interface, version 2: numbers only, we print ourselves.</summary>
internal sealed class Kuaidi100Waybills(HttpClient http, IOptionsSnapshot<WaybillOptions> options, TimeProvider clock, ILogger<Kuaidi100Waybills> log) : IWaybillProvider
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // repeating is safe: the reference gives the same number
    private static readonly ResiliencePipeline Patience = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 2, Delay = TimeSpan.FromMilliseconds(300), UseJitter = true, BackoffType = DelayBackoffType.Exponential,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<TimeoutRejectedException>(),
        })
        .AddTimeout(TimeSpan.FromSeconds(8)).Build();

    public async Task<Result<Waybill>> OrderAsync(WaybillRequest request, CancellationToken ct)
    {
        var account = options.Value;
        if (account.Key.Length == 0) return WarehousingErrors.WaybillRefused("电子面单账号未设置");
        var param = Text(request, account);
        try
        {
            var answer = await Patience.ExecuteAsync(async token => await PostAsync(param, account, token), ct);
            if (answer is { IsOk: true, Data: { Kuaidinum.Length: > 0 } data }) return new Waybill(data.Kuaidinum, data.Bulkpen ?? "", data.PkgName ?? "");
            log.LogWarning("Waybill for {Reference} at {Company} refused: {Message}", request.Reference, request.Company, answer?.Message);
            return WarehousingErrors.WaybillRefused(answer?.Message ?? "没有回答");
        }
        catch (Exception outage) when (outage is HttpRequestException or TimeoutRejectedException or JsonException)
        {
            log.LogWarning(outage, "Waybill for {Reference} at {Company} not given", request.Reference, request.Company);
            return WarehousingErrors.WaybillRefused("面单服务连不上");
        }
    }

    private async Task<Answer?> PostAsync(string param, WaybillOptions account, CancellationToken ct)
    {
        var t = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["method"] = "order", ["key"] = account.Key, ["t"] = t, ["sign"] = Sign(param, t, account.Key, account.Secret), ["param"] = param,
        });
        using var response = await http.PostAsync(new Uri(account.BaseUrl.TrimEnd('/') + "/label/order"), form, ct);
        response.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<Answer>(await response.Content.ReadAsStringAsync(ct), Json);
    }

    /// <summary>UPPER(HEX(MD5(param + t + key + secret))) over the exact JSON text.</summary>
#pragma warning disable CA5351 // MD5 is what the provider's protocol asks for
    internal static string Sign(string param, string t, string key, string secret) =>
        Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(param + t + key + secret)));
#pragma warning restore CA5351

    /// <summary>The very text that is signed and sent.</summary>
    internal static string Text(WaybillRequest request, WaybillOptions account) => JsonSerializer.Serialize(Param(request, account), Json);

    private static object Param(WaybillRequest request, WaybillOptions account) => new
    {
        printType = "NON", partnerId = account.PartnerId, partnerKey = NullIfEmpty(account.PartnerKey), partnerSecret = NullIfEmpty(account.PartnerSecret),
        net = NullIfEmpty(account.Net), kuaidicom = request.Company, recMan = Man(request.To), sendMan = Man(request.From), cargo = request.Goods,
        count = 1, weight = Math.Max(request.WeightGrams / 1000m, 0.1m), payType = account.PayType, expType = "标准快递", orderId = request.Reference, reorder = false,
        thirdOrderId = request.PlatformOrderNo, oaid = request.Oaid,
    };

    private static object Man(Party party) => new { name = party.Name, mobile = party.Phone, printAddr = party.Address };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>A refusal says <c>success</c> or <c>result</c> false; its codes differ by method, so only its message is shown.</summary>
    private sealed record Answer(bool? Success, bool? Result, string? Message, Data? Data)
    {
        public bool IsOk => (Success ?? Result) is true;
    }

    private sealed record Data(string Kuaidinum, string? Bulkpen, string? PkgName);
}
