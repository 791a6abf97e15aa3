namespace OrderHub.Sandbox.Trading;

/// <summary>All orders of all platforms, found by number and by time. The journal is written before anybody can see a change.</summary>
internal sealed class OrderBook(Journal journal, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(SandboxPlatform, string), SandboxOrder> _orders = [];
    private readonly Dictionary<(SandboxPlatform, string RefundNo), string> _refundOwners = [];
    private readonly TimeIndex[] _modified = Indexes();
    private readonly TimeIndex[] _created = Indexes();
    private readonly TimeIndex[] _refunds = Indexes();
    private readonly DateTimeOffset[] _lastChange = new DateTimeOffset[Enum.GetValues<SandboxPlatform>().Length];
    private long _sequence;

    /// <summary>After a change is kept: the order before (null when new) and after. Called outside the lock.</summary>
    public event Action<SandboxOrder?, SandboxOrder>? Changed;

    public long LastSequence => Interlocked.Read(ref _sequence);

    public long NextSequence() => Interlocked.Increment(ref _sequence);

    public void Load(SandboxOrder order)
    {
        lock (_gate) Put(order);
    }

    public void LoadSequence(long last) => _sequence = Math.Max(_sequence, last);

    public IReadOnlyList<SandboxOrder> All()
    {
        lock (_gate) return [.. _orders.Values];
    }

    public void Add(SandboxOrder order)
    {
        lock (_gate)
        {
            order = order with { ModifiedAt = NextInstant(order.Platform) };
            journal.Append(new JournalEntry { Order = order });
            Put(order);
        }
        Changed?.Invoke(null, order);
    }

    public SandboxOrder? Find(SandboxPlatform platform, string no)
    {
        lock (_gate) return _orders.GetValueOrDefault((platform, no));
    }

    public (SandboxOrder Order, SandboxRefund Refund)? FindRefund(SandboxPlatform platform, string refundNo)
    {
        lock (_gate)
        {
            if (!_refundOwners.TryGetValue((platform, refundNo), out var no)) return null;
            var order = _orders[(platform, no)];
            return (order, order.Refunds.First(r => r.No == refundNo));
        }
    }

    /// <summary>Runs one change alone. A null order from <paramref name="change"/> keeps everything as it is.</summary>
    public TOutcome Change<TOutcome>(SandboxPlatform platform, string no, TOutcome missing,
        Func<SandboxOrder, DateTimeOffset, (SandboxOrder? Order, TOutcome Outcome)> change)
    {
        SandboxOrder before, after;
        TOutcome outcome;
        lock (_gate)
        {
            if (!_orders.TryGetValue((platform, no), out before!)) return missing;
            (var changed, outcome) = change(before, clock.GetUtcNow());
            if (changed is null) return outcome;
            after = changed with { Version = before.Version + 1, ModifiedAt = NextInstant(platform) };
            journal.Append(new JournalEntry { Order = after });
            Put(after);
        }
        Changed?.Invoke(before, after);
        return outcome;
    }

    /// <summary>Ascending by time of change, both ends included and cut to whole seconds, as the platforms compare.</summary>
    public IReadOnlyList<SandboxOrder> ModifiedBetween(SandboxPlatform platform, DateTimeOffset from, DateTimeOffset to) =>
        Window(_modified, platform, from, to, hidden: false);

    public IReadOnlyList<SandboxOrder> CreatedBetween(SandboxPlatform platform, DateTimeOffset from, DateTimeOffset to) =>
        Window(_created, platform, from, to, hidden: true);

    public IReadOnlyList<(SandboxOrder Order, SandboxRefund Refund)> RefundsBetween(SandboxPlatform platform, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            return [.. _refunds[(int)platform].Between(from, to).Select(stamp =>
            {
                var order = _orders[(platform, stamp.No)];
                return (order, order.Refunds.First(r => r.No == stamp.Part));
            })];
        }
    }

    /// <summary>Next orders after a point in the stream of changes; the point is exact, so a cursor loses nothing.</summary>
    public IReadOnlyList<SandboxOrder> ChangedAfter(SandboxPlatform platform, TimeStamp after, DateTimeOffset until, int count)
    {
        lock (_gate)
        {
            return [.. _modified[(int)platform].After(after, until).Select(stamp => _orders[(platform, stamp.No)])
                .Where(order => !order.Hidden).Take(count)];
        }
    }

    public IReadOnlyList<SandboxOrder> Newest(SandboxPlatform platform, int count)
    {
        lock (_gate) return [.. _created[(int)platform].Newest().Take(count).Select(stamp => _orders[(platform, stamp.No)])];
    }

    private SandboxOrder[] Window(TimeIndex[] indexes, SandboxPlatform platform, DateTimeOffset from, DateTimeOffset to, bool hidden)
    {
        lock (_gate)
        {
            return [.. indexes[(int)platform].Between(from, to).Select(stamp => _orders[(platform, stamp.No)])
                .Where(order => hidden || !order.Hidden)];
        }
    }

    private void Put(SandboxOrder order)
    {
        var platform = (int)order.Platform;
        if (_orders.TryGetValue((order.Platform, order.No), out var before))
        {
            _modified[platform].Remove(new(before.ModifiedAt, before.No));
            foreach (var refund in before.Refunds) _refunds[platform].Remove(new(refund.ModifiedAt, order.No, refund.No));
        }
        else
        {
            _created[platform].Add(new(order.CreatedAt, order.No));
        }
        _orders[(order.Platform, order.No)] = order;
        _modified[platform].Add(new(order.ModifiedAt, order.No));
        foreach (var refund in order.Refunds)
        {
            _refunds[platform].Add(new(refund.ModifiedAt, order.No, refund.No));
            _refundOwners[(order.Platform, refund.No)] = order.No;
        }
        if (order.ModifiedAt > _lastChange[platform]) _lastChange[platform] = order.ModifiedAt;
        _sequence = Math.Max(_sequence, order.Sequence);
    }

    private DateTimeOffset NextInstant(SandboxPlatform platform)
    {
        var now = clock.GetUtcNow();
        var last = _lastChange[(int)platform];
        return now > last ? now : last.AddTicks(1);
    }

    private static TimeIndex[] Indexes() => [.. Enum.GetValues<SandboxPlatform>().Select(_ => new TimeIndex())];
}
