namespace OrderHub.Host.Demo;

/// <summary>Section <c>Sandbox</c>; arguments like <c>--Sandbox:Replay=orders.csv</c> land here.</summary>
internal sealed class DemoOptions
{
    /// <summary>Live orders over all five platforms; null = 20, or none during a replay.</summary>
    public double? OrdersPerMinute { get; set; }

    /// <summary>A file of real orders that the Taobao shop sells again.</summary>
    public string? Replay { get; set; }

    /// <summary>The products of the replayed orders; null = <c>tmall_products.csv</c> beside them.</summary>
    public string? Products { get; set; }

    /// <summary>Original seconds per real second.</summary>
    public double ReplaySpeed { get; set; } = 10_000;

    /// <summary>When it is taken, a free port is used and printed.</summary>
    public int Port { get; set; } = 5090;

    /// <summary>Orders that simulated staff may pack per second in each of their warehouses; 0 = nobody works.</summary>
    public double StaffPace { get; set; } = 2;

    /// <summary>The courier's timetable; each delay follows the one before, null = the sandbox's own.</summary>
    public TimeSpan? PickupDelay { get; set; }
    public TimeSpan? TransitDelay { get; set; }
    public TimeSpan? DeliverDelay { get; set; }
    public TimeSpan? SignDelay { get; set; }

    public string? ProductsFile => Replay is null ? null : Products ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Replay))!, "tmall_products.csv");
}
