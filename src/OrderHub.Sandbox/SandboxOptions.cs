namespace OrderHub.Sandbox;

/// <summary>How the outside world behaves. All delays are real time, counted on the clock given at start.</summary>
public sealed record SandboxOptions
{
    /// <summary>Loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Loopback port of the mail server; 0 takes a free one.</summary>
    public int SmtpPort { get; init; }

    /// <summary>Where the journal lives. Two worlds never share a folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where the own mall sends its hints and pushes; none are sent while null.</summary>
    public string? HubBaseUrl { get; init; }

    public required IReadOnlyList<SandboxProduct> Products { get; init; }

    /// <summary>What every listing shows before the seller publishes a quantity.</summary>
    public int InitialStock { get; init; } = 100;

    /// <summary>Live demo traffic over all platforms; 0 is silence.</summary>
    public double OrdersPerMinute { get; init; }

    public string? ReplayCsv { get; init; }

    /// <summary>Original seconds per real second.</summary>
    public double ReplaySpeed { get; init; } = 10_000;

    /// <summary>From the courier's first notice of a parcel to its pick-up; the other delays follow one another.</summary>
    public TimeSpan PickupDelay { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan TransitDelay { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan DeliverDelay { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan SignDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the buyer's signature to the finished order.</summary>
    public TimeSpan FinishDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long live traffic leaves an order unpaid before the platform closes it.</summary>
    public TimeSpan UnpaidCloseDelay { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a live refund request stays open before the platform decides it for the buyer.</summary>
    public TimeSpan RefundDecisionDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Calls per second and session before a platform throttles.</summary>
    public int CallsPerSecond { get; init; } = 500;

    /// <summary>Part of the mall's orders that are pushed whole instead of hinted at.</summary>
    public double MallDirectPushShare { get; init; } = 0.3;

    /// <summary>Pause between the courier's repeated pushes; about half an hour in reality.</summary>
    public TimeSpan CourierPushRetryDelay { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often one waybill number may be queried.</summary>
    public TimeSpan CourierQueryInterval { get; init; } = TimeSpan.FromMinutes(30);

    public int Seed { get; init; } = 20261111;
}

/// <param name="PriceFen">List price in fen.</param>
/// <param name="Barcode">EAN-13.</param>
public sealed record SandboxProduct(string SkuCode, string Title, string Spec, long PriceFen, string Barcode);

/// <summary>One product as a platform lists it; the ids are stable for a SKU code.</summary>
public sealed record SandboxListing(string SkuCode, long ProductId, long PlatformSkuId, SandboxProduct Product);
