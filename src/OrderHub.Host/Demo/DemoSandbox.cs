using System.Net;
using System.Net.Sockets;
using OrderHub.Host.Startup;
using OrderHub.Sandbox;

namespace OrderHub.Host.Demo;

/// <summary>The played outside world, on the wanted port or a free one.</summary>
internal static class DemoSandbox
{
    public static Task<SandboxWorld> StartAsync(HubSettings settings, DemoOptions options, DemoGoods goods, IServiceProvider services, CancellationToken ct)
    {
        var usual = new SandboxOptions
        {
            DataDirectory = Path.Combine(settings.DataDirectory, "sandbox"),
            Products = [.. goods.Skus.Select(s => new SandboxProduct(s.Code, s.Name, s.Spec, s.PriceFen, s.Barcode))],
        };
        return SandboxWorld.StartAsync(usual with
        {
            Port = IsFree(options.Port) ? options.Port : 0,
            OrdersPerMinute = options.OrdersPerMinute ?? (options.Replay is null ? 20 : 0),
            ReplayCsv = options.Replay,
            ReplaySpeed = options.ReplaySpeed,
            PickupDelay = options.PickupDelay ?? usual.PickupDelay,
            TransitDelay = options.TransitDelay ?? usual.TransitDelay,
            DeliverDelay = options.DeliverDelay ?? usual.DeliverDelay,
            SignDelay = options.SignDelay ?? usual.SignDelay,
        }, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>(), ct);
    }

    /// <summary>Couriers and waybills come from the sandbox unless the operator named another provider.</summary>
    public static void PointHubAt(SandboxWorld sandbox, IConfiguration configuration)
    {
        SetDefault("OrderHub:Waybills:BaseUrl", new Uri(sandbox.BaseAddress, "kuaidi100-label").ToString());
        SetDefault("OrderHub:Waybills:Key", SandboxCredentials.Kuaidi100Key);
        SetDefault("OrderHub:Waybills:Secret", SandboxCredentials.Kuaidi100LabelSecret);
        SetDefault("OrderHub:Tracking:BaseUrl", new Uri(sandbox.BaseAddress, "kuaidi100").ToString());
        SetDefault("OrderHub:Tracking:Customer", SandboxCredentials.Kuaidi100Customer);
        SetDefault("OrderHub:Tracking:Key", SandboxCredentials.Kuaidi100Key);
        SetDefault("OrderHub:Tracking:Salt", SandboxCredentials.Kuaidi100LabelSecret);
        if (OwnAddress(configuration) is { } here)
        {
            SetDefault("OrderHub:Tracking:CallbackBaseUrl", here);
            SetDefault("OrderHub:PublicUrl", here);
        }

        void SetDefault(string key, string value)
        {
            if (string.IsNullOrEmpty(configuration[key])) configuration[key] = value;
        }
    }

    /// <summary>Null when the port is left to the system: then parcels are asked for instead of pushed.</summary>
    private static string? OwnAddress(IConfiguration configuration)
    {
        var address = Microsoft.AspNetCore.Http.BindingAddress.Parse((configuration["urls"] ?? HubSettings.DefaultUrl).Split(';')[0]);
        return address.Port == 0 ? null : $"{address.Scheme}://127.0.0.1:{address.Port}";
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
