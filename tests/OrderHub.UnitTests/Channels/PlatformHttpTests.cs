using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels;

public sealed class PlatformHttpTests
{
    [Fact]
    public async Task A_call_that_times_out_is_made_again()
    {
        var calls = 0;
        var platform = new FakePlatform(ShopKind.Mall, _ => ++calls == 1 ? throw new TaskCanceledException("time-out", new TimeoutException()) : FakePlatform.Json("""{"order_no":"M-1","version":3}"""));
        (await platform.Adapter().FetchOrderAsync(platform.Shop, "M-1", CancellationToken.None))!.Version.ShouldBe(3);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_platform_that_stays_silent_is_given_up_within_half_a_minute()
    {
        var (calls, clock) = (0, new StepClock());
        var platform = new FakePlatform(ShopKind.Mall, _ =>
        {
            calls++;
            clock.Passed += TimeSpan.FromSeconds(10);
            throw new TaskCanceledException("time-out", new TimeoutException());
        });
        using var http = platform.Http(clock);
        var silent = await Should.ThrowAsync<PlatformException>(() => http.CallAsync(platform.Shop, "x", () => new(HttpMethod.Get, "http://platform.test/"), r => r.Body, CancellationToken.None));
        (silent.Code, silent.IsTransient, calls).ShouldBe(("http.timeout", true, 3));
    }

    [Fact]
    public async Task A_server_of_the_nineties_is_understood()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var served = ServeAsync(server, connections: 3, stop.Token);
        var platform = new FakePlatform(ShopKind.Mall, _ => throw new InvalidOperationException("the wire is real here"));
        var shop = platform.Shop with { BaseUrl = new Uri($"http://{server.LocalEndpoint}/") };
        await using var services = new ServiceCollection().AddPlatformAdapters().BuildServiceProvider();
        var adapter = services.GetServices<IPlatformAdapter>().Single(a => a.Kind == ShopKind.Mall);

        for (var version = 1; version <= 3; version++)
            (await adapter.FetchOrderAsync(shop, "M-1", stop.Token))!.Version.ShouldBe(version);
        await served;
    }

    /// <summary>HTTP/1.0: one answer per connection, without a length; its end is the end of the connection.</summary>
    private static async Task ServeAsync(TcpListener server, int connections, CancellationToken ct)
    {
        for (var version = 1; version <= connections; version++)
        {
            using var client = await server.AcceptTcpClientAsync(ct);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(ct) is { Length: > 0 }) { }
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n{{\"order_no\":\"M-1\",\"version\":{version}}}"), ct);
        }
    }

    /// <summary>Time passes only in the calls; waits between them are over at once.</summary>
    private sealed class StepClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Passed.Ticks;
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
