using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Jd;

internal static class JdStock
{
    private const int RowsAtOnce = 30;

    /// <summary>Each row succeeds or fails for itself. The same stockRfId again changes nothing and gives the first answer.</summary>
    public static JsonObject Set(JdCall call)
    {
        var request = Request(call.Business);
        if (request.Text("stockRfId") is not { Length: > 0 } id) return Refused("stockRfId不能为空");
        if (request.Text("updateModel") is not ("fullStockIn" or null)) return Refused("updateModel不支持");
        if (!request.TryGetProperty("skuStocks", out var rows) || rows.ValueKind != JsonValueKind.Array || rows.GetArrayLength() is 0 or > RowsAtOnce)
            return Refused($"skuStocks应为1到{RowsAtOnce}条");
        var answer = call.StockAnswers.GetOrAdd(id, _ => Answers.Array(rows.EnumerateArray(), row => Row(call, row)));
        var results = (JsonArray)answer.DeepClone();
        return new()
        {
            ["returnType"] = new JsonObject
            {
                ["success"] = results.All(r => r!["success"]!.GetValue<bool>()),
                ["obj"] = new JsonObject { ["updateStockResult"] = results },
            },
        };
    }

    /// <summary>The older single form, which the platform is retiring.</summary>
    public static JsonObject Update(JdCall call) => new() { ["success"] = Write(call, call.Text("skuId"), call.Text("stockNum")) is null };

    /// <summary>One SKU, by store; the seller's own store is 0.</summary>
    public static JsonObject Read(JdCall call)
    {
        if (!long.TryParse(call.Text("skuId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || call.Market.Listings.FindById(SandboxPlatform.Jd, id) is not { } listing)
            return new() { ["returnType"] = new JsonObject { ["success"] = false, ["errorMessage"] = "SKU不存在" } };
        var store = new JsonObject
        {
            ["skuId"] = id, ["storeId"] = 0, ["stockNum"] = call.Market.Stock.Of(SandboxPlatform.Jd, listing.SkuCode), ["orderBookingNum"] = 0, ["appBookingNum"] = 0, ["orderTransferNum"] = 0,
        };
        return new()
        {
            ["returnType"] = new JsonObject { ["success"] = true, ["obj"] = new JsonObject { ["skuId"] = id, ["stockModel"] = call.Text("stockModel"), ["skuStockInfos"] = new JsonArray(store) } },
        };
    }

    private static JsonObject Row(JdCall call, JsonElement row)
    {
        var fault = Write(call, row.Text("skuId"), row.Text("stockNum"));
        return new()
        {
            ["data"] = row.Text("skuId"), ["success"] = fault is null, ["storeId"] = row.Text("storeId") ?? "0", ["message"] = fault ?? "",
        };
    }

    private static string? Write(JdCall call, string? skuId, string? stockNum)
    {
        if (!long.TryParse(skuId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || call.Market.Listings.FindById(SandboxPlatform.Jd, id) is not { } listing) return "SKU不存在";
        if (!int.TryParse(stockNum, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)) return "库存必须是非负整数";
        call.Market.Stock.Change(SandboxPlatform.Jd, listing.SkuCode, _ => quantity);
        return null;
    }

    /// <summary>SDKs send the request as an object or as JSON text, under the name req or bare.</summary>
    private static JsonElement Request(JsonElement business) => !business.TryGetProperty("req", out var request) ? business
        : request.ValueKind == JsonValueKind.String ? Incoming.Object(request.GetString()) ?? business : request;

    private static JsonObject Refused(string reason) => new() { ["returnType"] = new JsonObject { ["success"] = false, ["message"] = reason } };
}
