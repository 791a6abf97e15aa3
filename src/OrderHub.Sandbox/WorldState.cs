using Microsoft.Extensions.Logging;
using OrderHub.Sandbox.Douyin;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Kuaidi100;
using OrderHub.Sandbox.Living;
using OrderHub.Sandbox.Mall;
using OrderHub.Sandbox.Robots;
using OrderHub.Sandbox.Taobao;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox;

/// <summary>All parts of the world, put together from the journal.</summary>
internal sealed class WorldState : IDisposable
{
    private static readonly TimeSpan ClosedOrdersKept = TimeSpan.FromDays(3);
    private readonly Journal _journal;
    private readonly Agenda _agenda;
    private readonly LiveTraffic _traffic;
    private readonly CourierPushes _courierPushes;

    private WorldState(SandboxOptions options, TimeProvider clock, ILoggerFactory logs, Journal journal)
    {
        (Options, Clock, _journal, HubBaseUrl) = (options, clock, journal, options.HubBaseUrl);
        var book = new OrderBook(journal, clock);
        var stock = new StockBoard(journal, options.InitialStock);
        Parcels = new(journal, options, clock);
        Labels = new(journal, book, clock);
        Tokens = new(journal, clock);
        Limiter = new(options.CallsPerSecond, clock);
        Tmc = new(clock);
        Calls = new(clock, logs.CreateLogger<OutgoingCalls>());
        Market = new(book, stock, new ShopListings(options.Products), Parcels, options, clock);

        var replay = Load(book, stock);
        if (options.ReplayCsv is { } csv)
        {
            var rows = ReplayRow.Read(csv);
            replay ??= new(clock.GetUtcNow(), options.ReplaySpeed, 0);
            Replay = new(rows, Market, replay);
        }
        journal.Restart(Snapshot(book, stock, replay));

        _agenda = new(Market);
        _traffic = new(Market, options, clock.GetUtcNow());
        _courierPushes = new(this);
        book.Changed += new MallPushes(this).Tell;
        Mail = new(options.SmtpPort, Messages, clock, logs.CreateLogger<SmtpSink>());
        book.Changed += new DouyinPushes(this).Tell;
        book.Changed += Tmc.Tell;
    }

    public SandboxOptions Options { get; }
    public TimeProvider Clock { get; }
    public Market Market { get; }
    public ParcelBoard Parcels { get; }
    public LabelBook Labels { get; }
    public ShopTokens Tokens { get; }
    public CallLimiter Limiter { get; }
    public TmcQueue Tmc { get; }
    public OutgoingCalls Calls { get; }
    public MessageBoard Messages { get; } = new();
    public SmtpSink Mail { get; }
    public ReplayPlayer? Replay { get; }
    public string? HubBaseUrl { get; set; }

    public static WorldState Open(SandboxOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        var journal = new Journal(options.DataDirectory);
        try
        {
            return new WorldState(options, clock, logs, journal);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Lets everything happen that is due.</summary>
    public void Beat(DateTimeOffset now)
    {
        Replay?.PublishDue(now);
        _traffic.PublishDue(now);
        _agenda.RunDue(now);
        _courierPushes.SendDue(now);
    }

    public void Dispose()
    {
        Calls.Dispose();
        Mail.Dispose();
        _journal.Dispose();
    }

    private ReplayStart? Load(OrderBook book, StockBoard stock)
    {
        ReplayStart? replay = null;
        var published = 0;
        var orders = new Dictionary<(SandboxPlatform, string), SandboxOrder>();
        foreach (var entry in _journal.Load())
        {
            if (entry.Order is { } order)
            {
                orders[(order.Platform, order.No)] = order;
                published = Math.Max(published, (order.ReplayIndex ?? -1) + 1);
            }
            if (entry.Stock is { } quantity) stock.Load(quantity);
            if (entry.Parcel is { } parcel) Parcels.Load(parcel);
            if (entry.Label is { } label) Labels.Load(label);
            if (entry.Token is { } token) Tokens.Load(token);
            if (entry.LastSequence is { } last) book.LoadSequence(last);
            if (entry.Replay is { } start) replay = start;
        }
        var oldest = Clock.GetUtcNow() - ClosedOrdersKept;
        foreach (var order in orders.Values)
        {
            book.LoadSequence(order.Sequence);
            if (!order.IsOver || order.ModifiedAt >= oldest) book.Load(order);
        }
        return replay is null ? null : replay with { Published = Math.Max(replay.Published, published) };
    }

    private IEnumerable<JournalEntry> Snapshot(OrderBook book, StockBoard stock, ReplayStart? replay) =>
        Enumerable.Empty<JournalEntry>()
            .Append(new JournalEntry { LastSequence = book.LastSequence, Replay = replay })
            .Concat(Tokens.Renewed().Select(t => new JournalEntry { Token = t }))
            .Concat(stock.All().Select(s => new JournalEntry { Stock = s }))
            .Concat(Labels.Recent().Select(l => new JournalEntry { Label = l }))
            .Concat(Parcels.All().Where(p => p.NoticedAt >= Clock.GetUtcNow() - ClosedOrdersKept).Select(p => new JournalEntry { Parcel = p }))
            .Concat(book.All().OrderBy(o => o.ModifiedAt).Select(o => new JournalEntry { Order = o }));
}
