namespace OrderHub.Sandbox;

/// <summary>What only some orders carry. Each platform tells of it what its protocol has words for.</summary>
public sealed record SandboxExtras
{
    /// <summary>The host in whose live room it was bought.</summary>
    public string? LiveHost { get; init; }

    /// <summary>A pre-sale: this much is due first, the rest when the order is paid.</summary>
    public long DepositFen { get; init; }

    /// <summary>The warehouse the platform wants it shipped from.</summary>
    public string? Warehouse { get; init; }

    /// <summary>Goes to a transit warehouse of the platform first: 新疆中转 …</summary>
    public string? Transit { get; init; }

    /// <summary>The courier the buyer chose or the platform demands; the usual short code (SF, JD …).</summary>
    public string? Courier { get; init; }

    public DateTimeOffset? ShipBy { get; init; }

    public bool ToTheDoor { get; init; }

    /// <summary>A present the platform promised; no line of its own.</summary>
    public string? GiftSku { get; init; }

    public string? BuyerIp { get; init; }
}
