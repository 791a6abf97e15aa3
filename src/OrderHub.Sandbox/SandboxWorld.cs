using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderHub.Sandbox.Douyin;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Jd;
using OrderHub.Sandbox.Kuaidi100;
using OrderHub.Sandbox.Kuaishou;
using OrderHub.Sandbox.Living;
using OrderHub.Sandbox.Mall;
using OrderHub.Sandbox.Pinduoduo;
using OrderHub.Sandbox.Robots;
using OrderHub.Sandbox.SellerPages;
using OrderHub.Sandbox.Taobao;
using OrderHub.Sandbox.Trading;
using OrderHub.Sandbox.WeChat;

namespace OrderHub.Sandbox;

/// <summary>The outside world on loopback: the shop platforms, courier tracking, e-waybills, group robots and a mail server, each behind its own path and its own protocol.</summary>
public sealed partial class SandboxWorld : IAsyncDisposable
{
    private static readonly TimeSpan HeartBeat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly WorldState _state;
    private readonly WebApplication _web;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _life;

    private readonly ILogger _log;

    private SandboxWorld(WorldState state, WebApplication web, ILogger log)
    {
        (_state, _web, _log) = (state, web, log);
        BaseAddress = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _life = Task.WhenAll(LiveAsync(_stop.Token), state.Calls.RunAsync(_stop.Token), state.Mail.RunAsync(_stop.Token));
    }

    public Uri BaseAddress { get; }

    /// <summary>Where the played mail server listens on loopback.</summary>
    public int SmtpPort => _state.Mail.Port;

    /// <summary>What the played groups and mailboxes received.</summary>
    public MessageBoard Messages => _state.Messages;

    public ReplayProgress? ReplayProgress => _state.Replay?.Progress();

    public static async Task<SandboxWorld> StartAsync(SandboxOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken ct)
    {
        var state = WorldState.Open(options, clock, logs);
        try
        {
            // what fell due while the world was down has happened before anybody can ask
            state.Beat(clock.GetUtcNow());
            var web = Build(state, logs);
            await web.StartAsync(ct);
            return new SandboxWorld(state, web, logs.CreateLogger<SandboxWorld>());
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    public SandboxDescription Describe() => SandboxDescription.Of(BaseAddress, _state.Tokens);

    public IReadOnlyList<SandboxListing> Listings(SandboxPlatform platform) => _state.Market.Listings.Of(platform);

    /// <summary>Where hints and pushes go from now on; for a hub that learns its own address late.</summary>
    public void PointAtHub(Uri hub) => _state.HubBaseUrl = hub.ToString();

    /// <returns>The platform's order number.</returns>
    public string PublishOrder(SandboxPlatform platform, OrderSpec spec) => _state.Market.Publish(platform, spec).No;

    /// <returns>False when the order's state does not allow it; the same for the moves below.</returns>
    public bool PayOrder(SandboxPlatform platform, string no) => _state.Market.Pay(platform, no);

    public bool CloseOrder(SandboxPlatform platform, string no) => _state.Market.Close(platform, no);

    /// <param name="amountFen">0 for everything.</param>
    public bool RequestRefund(SandboxPlatform platform, string no, long amountFen = 0, string reason = "不想要了") =>
        _state.Market.RequestRefund(platform, no, amountFen, reason);

    public bool CompleteRefund(SandboxPlatform platform, string no) => _state.Market.SettleRefunds(platform, no, agreed: true);

    public bool RefuseRefund(SandboxPlatform platform, string no) => _state.Market.SettleRefunds(platform, no, agreed: false);

    public bool SetRiskControl(SandboxPlatform platform, string no, bool on) => _state.Market.Set(platform, no, o => o with { RiskControlled = on });

    /// <summary>The order stays readable by number and by creation time, but no incremental list shows it.</summary>
    public bool HideFromIncremental(SandboxPlatform platform, string no) => _state.Market.Set(platform, no, o => o with { Hidden = true });

    public void ExpireToken(SandboxPlatform platform) => _state.Tokens.Expire(platform);

    /// <summary>The current access token ends then, and not before.</summary>
    public void LetTokenEndIn(SandboxPlatform platform, TimeSpan time) => _state.Tokens.EndAt(platform, _state.Clock.GetUtcNow() + time);

    public SandboxOrder? FindOrder(SandboxPlatform platform, string no) => _state.Market.Orders.Find(platform, no);

    public IReadOnlyList<SandboxOrder> NewestOrders(SandboxPlatform platform, int count) => _state.Market.Orders.Newest(platform, count);

    public int PublishedStock(SandboxPlatform platform, string skuCode) => _state.Market.Stock.Of(platform, skuCode);

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _stop.CancelAsync();
        try
        {
            await _life;
        }
        catch (OperationCanceledException)
        {
            // the way the loops end
        }
        await _web.DisposeAsync();
        _state.Dispose();
        _stop.Dispose();
    }

    private async Task LiveAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(HeartBeat, ct);
            try
            {
                _state.Beat(_state.Clock.GetUtcNow());
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // one order gone wrong must not stop the others' lives
                LogMissedBeat(fault);
                await Task.Delay(AfterFault, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox missed a beat")]
    private partial void LogMissedBeat(Exception fault);

    private static WebApplication Build(WorldState state, ILoggerFactory logs)
    {
        // an empty builder: neither the hub's settings nor its environment variables are the outside world's business
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs).AddSingleton<IHostLifetime, NoLifetime>().AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, state.Options.Port, listen => listen.Protocols = HttpProtocols.Http1));
        var web = builder.Build();
        new TaobaoGateway(state).Map(web);
        new JdGateway(state).Map(web);
        new JdOAuth(state).Map(web);
        new PinduoduoGateway(state).Map(web);
        new DouyinGateway(state).Map(web);
        new MallGateway(state).Map(web);
        new WeChatGateway(state).Map(web);
        new KuaishouGateway(state).Map(web);
        new TrackingGateway(state).Map(web);
        new LabelGateway(state).Map(web);
        new SellerBackOffice(state).Map(web);
        new WeComRobotGateway(state).Map(web);
        new DingTalkRobotGateway(state).Map(web);
        new MessagePages(state).Map(web);
        return web;
    }

    /// <summary>The process belongs to the hub; the world listens to no signals of its own.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
