using OrderHub.Platform.Results;

namespace OrderHub.Warehousing.Labels;

/// <summary>Gives waybill numbers.</summary>
internal interface IWaybillProvider
{
    /// <summary>The same reference again gives the same number (within 48 hours, as the provider promises).</summary>
    Task<Result<Waybill>> OrderAsync(WaybillRequest request, CancellationToken ct);
}

/// <param name="Reference">Our order number, with a suffix when the order needs a second label.</param>
/// <param name="Company">The provider's code of the courier.</param>
internal sealed record WaybillRequest(string Reference, string Company, Party From, Party To, string Goods, int WeightGrams)
{
    /// <summary>For a receiver the platform hides: with this number the provider asks the platform for the real one.</summary>
    public string? PlatformOrderNo { get; init; }

    /// <summary>Taobao's own id of the receiver (OAID).</summary>
    public string? Oaid { get; init; }
}

internal sealed record Party(string Name, string Phone, string Address);

/// <param name="RouteCode">大头笔: the large routing text, today mostly the three-segment code.</param>
/// <param name="BagPlace">集包地, or empty.</param>
internal sealed record Waybill(string No, string RouteCode, string BagPlace);

/// <summary>Section <c>OrderHub:Waybills</c>: the account at the e-waybill provider and its contract with the couriers.</summary>
internal sealed class WaybillOptions
{
    public string BaseUrl { get; set; } = "https://api.kuaidi100.com";
    public string Key { get; set; } = "";
    public string Secret { get; set; } = "";

    /// <summary>Monthly account at the courier.</summary>
    public string PartnerId { get; set; } = "";
    public string PartnerKey { get; set; } = "";
    public string PartnerSecret { get; set; } = "";

    /// <summary>Courier's branch the account belongs to.</summary>
    public string Net { get; set; } = "";
    public string PayType { get; set; } = "MONTHLY";
}

internal static class CourierNames
{
    /// <summary>Kuaidi100's company code, or null for a courier it does not know.</summary>
    public static string? OfKuaidi100(string courierCode) => courierCode switch
    {
        "SF" => "shunfeng",
        "YTO" => "yuantong",
        "ZTO" => "zhongtong",
        "STO" => "shentong",
        "YUNDA" => "yunda",
        "EMS" => "ems",
        "POSTB" => "youzhengguonei",
        "JD" => "jd",
        "JITU" => "jtexpress",
        "DBL" => "debangkuaidi",
        "BEST" => "huitongkuaidi",
        _ => null,
    };
}
