namespace OrderHub.Sandbox.Living;

/// <summary>One unusual thing for an order that has any.</summary>
internal static class LiveExtras
{
    private static readonly string[] Hosts = ["小杉直播间", "好物研究所", "阿云的家"];

    public static SandboxExtras For(SandboxPlatform platform, DateTimeOffset now, Random random) => random.Next(5) switch
    {
        0 => new() { Courier = platform == SandboxPlatform.Jd ? "JD" : "SF" },
        1 => new() { LiveHost = Hosts[random.Next(Hosts.Length)] },
        2 => new() { ToTheDoor = true },
        3 => new() { Transit = "新疆中转" },
        _ => new() { ShipBy = now.AddHours(random.Next(6, 48)) },
    };
}
