using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using OrderHub.Platform.Units;

namespace OrderHub.Warehousing.Tracking;

/// <summary>Section <c>OrderHub:Tracking</c>: the account at the tracking provider.</summary>
internal sealed class TrackingOptions
{
    public string BaseUrl { get; set; } = "https://poll.kuaidi100.com";
    public string Customer { get; set; } = "";
    public string Key { get; set; } = "";

    /// <summary>Signs the provider's pushes; without it no push is believed.</summary>
    public string Salt { get; set; } = "";

    /// <summary>Where the provider reaches this hub, for example <c>https://hub.example.com</c>; without it parcels are asked for instead.</summary>
    public string CallbackBaseUrl { get; set; } = "";
}

/// <summary>Tells where parcels are.</summary>
internal interface ICourierTracking
{
    /// <summary>Null = subscribed (or subscribed already); else the provider's refusal.</summary>
    Task<string?> SubscribeAsync(TrackedParcel parcel, CancellationToken ct);

    /// <summary>The tracks so far, or null when the provider has none. Not more often than every 30 minutes per number.</summary>
    Task<TrackingResult?> QueryAsync(TrackedParcel parcel, CancellationToken ct);
}

/// <param name="Company">The provider's courier code.</param>
/// <param name="PhoneTail">Receiver's last four digits; some couriers want them.</param>
internal sealed record TrackedParcel(string Company, string WaybillNo, string From, string To, string PhoneTail);

/// <summary>The shape of a query's answer and of <c>lastResult</c> in a push.</summary>
internal sealed record TrackingResult(string? State, string? Nu, string? Com, string? Status, string? Message, IReadOnlyList<TrackingEvent>? Data);

/// <param name="Time">Shop time, <c>yyyy-MM-dd HH:mm:ss</c>.</param>
internal sealed record TrackingEvent(string? Time, string? Ftime, string? Context, string? Status, string? StatusCode, string? AreaName)
{
    public DateTimeOffset? At =>
        DateTime.TryParseExact(Ftime ?? Time, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? ShopTime.FromLocal(local) : null;
}

/// <param name="Status">polling, shutdown, abort or updateall.</param>
internal sealed record TrackingPush(string? Status, string? Message, TrackingResult? LastResult);

internal static class TrackingJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

internal static class TrackingSignature
{
#pragma warning disable CA5351 // MD5 is what the provider's protocol asks for
    /// <summary>UPPER(HEX(MD5(param + key + customer))) for queries, UPPER(HEX(MD5(param + salt))) for pushes; param as received, after form decoding.</summary>
    public static string Of(string param, params ReadOnlySpan<string> secrets) =>
        Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(param + string.Concat(secrets))));
#pragma warning restore CA5351

    /// <summary>Case does not matter; takes the same time for every wrong signature.</summary>
    public static bool IsOurs(string param, string? sign, string salt) => salt.Length > 0 && sign is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(param, salt)), Encoding.ASCII.GetBytes(sign.ToUpperInvariant()));
}

internal sealed class Kuaidi100Tracking(HttpClient http, IOptionsSnapshot<TrackingOptions> options) : ICourierTracking
{
    public const string CallbackPath = "/oms/v1/webhooks/kuaidi100";

    public async Task<string?> SubscribeAsync(TrackedParcel parcel, CancellationToken ct)
    {
        var account = options.Value;
        var param = JsonSerializer.Serialize(new
        {
            company = parcel.Company, number = parcel.WaybillNo, from = parcel.From, to = parcel.To, key = account.Key,
            parameters = new { callbackurl = account.CallbackBaseUrl.TrimEnd('/') + CallbackPath, salt = account.Salt, resultv2 = "4", phone = parcel.PhoneTail },
        }, TrackingJson.Options);
        var answer = await PostAsync<SubscribeAnswer>("/poll", new() { ["schema"] = "json", ["param"] = param }, ct);
        return answer is { ReturnCode: "200" or "501" } ? null : $"{answer?.ReturnCode} {answer?.Message}"; // 501: subscribed already
    }

    public async Task<TrackingResult?> QueryAsync(TrackedParcel parcel, CancellationToken ct)
    {
        var account = options.Value;
        var param = JsonSerializer.Serialize(new
        {
            com = parcel.Company, num = parcel.WaybillNo, phone = parcel.PhoneTail, from = parcel.From, to = parcel.To, resultv2 = "4", show = "0", order = "desc",
        }, TrackingJson.Options);
        var answer = await PostAsync<TrackingResult>("/poll/query.do",
            new() { ["customer"] = account.Customer, ["sign"] = TrackingSignature.Of(param, account.Key, account.Customer), ["param"] = param }, ct);
        return answer is { Status: "200" } ? answer : null;
    }

    private async Task<T?> PostAsync<T>(string path, Dictionary<string, string> fields, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var response = await http.PostAsync(new Uri(options.Value.BaseUrl.TrimEnd('/') + path), form, ct);
        response.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<T>(await response.Content.ReadAsStringAsync(ct), TrackingJson.Options);
    }

    private sealed record SubscribeAnswer(bool Result, string? ReturnCode, string? Message);
}
