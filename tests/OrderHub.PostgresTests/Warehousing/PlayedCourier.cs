using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OrderHub.PostgresTests.Warehousing;

/// <summary>The waybill and tracking provider at the other end of the wire: checks signatures, answers as its documentation says.</summary>
internal sealed class PlayedCourier : HttpMessageHandler
{
    public const string Key = "TestKey", Secret = "TestSecret", Customer = "TestCustomer", Salt = "TestSalt";
    private static int _numbers = Environment.ProcessId % 20_000 * 100_000; // unlike those of another process

    public ConcurrentDictionary<string, string> Waybills { get; } = new();
    public ConcurrentBag<string> Subscribed { get; } = [];

    /// <summary>Answers to queries by waybill number, as JSON of the provider.</summary>
    public ConcurrentDictionary<string, string> Tracks { get; } = new();
    public int Queries { get; private set; }
    public bool IsAway { get; set; }

    private readonly ConcurrentDictionary<string, string> _addresses = new();

    /// <summary>Where the courier takes it.</summary>
    public string AddressOf(string waybillNo) => _addresses[waybillNo];

    /// <summary>Runs while the provider works on a label, as the world does not stand still meanwhile.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (IsAway) throw new HttpRequestException("connection refused");
        var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(ct)).ToDictionary(f => f.Key, f => f.Value.ToString());
        using var param = JsonDocument.Parse(form["param"]);
        var answer = request.RequestUri!.AbsolutePath switch
        {
            "/label/order" => await LabelAsync(form, param.RootElement),
            "/poll" => Subscribe(param.RootElement),
            "/poll/query.do" => Query(form, param.RootElement),
            var path => throw new InvalidOperationException("Unknown path " + path),
        };
        return new(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
    }

    private async Task<string> LabelAsync(Dictionary<string, string> form, JsonElement param)
    {
        if (form["sign"] != Md5(form["param"] + form["t"] + Key + Secret)) return """{"success":false,"code":30002,"message":"签名错误"}""";
        await Meanwhile();
        var number = Waybills.GetOrAdd(param.GetProperty("orderId").GetString()!, _ => $"YT{Interlocked.Increment(ref _numbers):D13}");
        _addresses.TryAdd(number, param.GetProperty("recMan").GetProperty("printAddr").GetString()!); // a number given before keeps its receiver
        return JsonSerializer.Serialize(new { success = true, code = 200, message = "success", data = new { taskId = "1", kuaidinum = number, bulkpen = "300-A12 003", pkgName = "杭州集包" } });
    }

    private string Subscribe(JsonElement param)
    {
        Subscribed.Add(param.GetProperty("number").GetString()!);
        return param.GetProperty("key").GetString() == Key ? """{"result":true,"returnCode":"200","message":"提交成功"}""" : """{"result":false,"returnCode":"600","message":"您不是合法的订阅者"}""";
    }

    private string Query(Dictionary<string, string> form, JsonElement param)
    {
        Queries++;
        if (form["sign"] != Md5(form["param"] + Key + Customer)) return """{"result":false,"returnCode":"503","message":"验证签名失败"}""";
        return Tracks.GetValueOrDefault(param.GetProperty("num").GetString()!, """{"result":false,"returnCode":"500","message":"查询无结果"}""");
    }

    public static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}

internal static class PlayedCourierRegistration
{
    public static IServiceCollection AddPlayedCourier(this IServiceCollection services) => services
        .AddSingleton<PlayedCourier>()
        .ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PlayedCourier>()))
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OrderHub:Waybills:BaseUrl"] = "http://courier.test", ["OrderHub:Waybills:Key"] = PlayedCourier.Key, ["OrderHub:Waybills:Secret"] = PlayedCourier.Secret,
            ["OrderHub:Tracking:BaseUrl"] = "http://courier.test", ["OrderHub:Tracking:Key"] = PlayedCourier.Key, ["OrderHub:Tracking:Customer"] = PlayedCourier.Customer,
            ["OrderHub:Tracking:Salt"] = PlayedCourier.Salt, ["OrderHub:Tracking:CallbackBaseUrl"] = "http://hub.test", ["OrderHub:Warehousing:CompleteAfterHours"] = "0",
            ["OrderHub:Warehousing:AskAfterQuietHours"] = "0",
        }).Build());
}
