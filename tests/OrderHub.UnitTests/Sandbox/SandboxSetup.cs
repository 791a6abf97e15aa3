using Microsoft.Extensions.Logging.Abstractions;
using OrderHub.Sandbox;

namespace OrderHub.UnitTests.Sandbox;

/// <summary>A world of its own in a temporary folder, on a clock a test can move.</summary>
internal sealed class SandboxSetup : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    private SandboxSetup(SandboxWorld world, TestClock clock, string folder, bool ownsFolder) =>
        (World, Clock, Folder, _ownsFolder) = (world, clock, folder, ownsFolder);

    public SandboxWorld World { get; }
    public TestClock Clock { get; }
    public string Folder { get; }

    public static readonly IReadOnlyList<SandboxProduct> Products =
    [
        new("SKU-A", "纯棉T恤", "白色,L", 9900, "6901234567892"),
        new("SKU-B", "运动毛巾", "蓝色", 1999, "6901234567908"),
        new("SKU-C", "保温杯", "500ml", 12800, "6901234567915"),
    ];

    public static async Task<SandboxSetup> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null, string? folder = null, TestClock? clock = null)
    {
        clock ??= new TestClock();
        var directory = folder ?? Path.Combine(Path.GetTempPath(), "orderhub-sandbox-" + Guid.NewGuid().ToString("N"));
        var options = new SandboxOptions { DataDirectory = directory, Products = Products };
        var world = await SandboxWorld.StartAsync(change is null ? options : change(options), clock, NullLoggerFactory.Instance, default);
        return new(world, clock, directory, folder is null);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    public static OrderSpec Order(params string[] skus) => new() { Lines = [.. skus.Select(s => new OrderSpecLine(s, 1))] };

    public static async Task Eventually(Func<bool> holds)
    {
        for (var tries = 0; tries < 100 && !holds(); tries++) await Task.Delay(50);
        holds().ShouldBeTrue();
    }
}

internal sealed class TestClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}

/// <summary>Test material kept beside the repository.</summary>
internal static class SharedFiles
{
    /// <exception cref="FileNotFoundException">The material is not there: the test cannot say anything and fails.</exception>
    public static string Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "OrderHub.sln"))) continue;
            var path = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", relative));
            return File.Exists(path) ? path : throw new FileNotFoundException($"Put the shared material beside the repository: {path} is missing.");
        }
        throw new FileNotFoundException("OrderHub.sln is not above the test binaries.");
    }
}
