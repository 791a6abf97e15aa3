using OrderHub.Sandbox.Living;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaidi100;

/// <summary>A parcel the courier knows of. Its whole journey follows from the moment it was first noticed.</summary>
internal sealed record Parcel(string WaybillNo, DateTimeOffset NoticedAt, string ToCity, string ToDistrict)
{
    public string FromCity { get; init; } = "苏州市";
    public Subscription? Subscription { get; init; }
}

/// <param name="Pushed">How many steps of the journey the subscriber has confirmed.</param>
internal sealed record Subscription(string Company, string CallbackUrl, string? Salt, DateTimeOffset At, int Pushed);

/// <param name="State">Kuaidi100 main state.</param>
/// <param name="Status">Kuaidi100 sub-state of resultv2=4.</param>
internal sealed record TrackStep(DateTimeOffset At, string State, string Status, string StatusName, string Context, string City);

internal sealed record Journey(Parcel Parcel, IReadOnlyList<TrackStep> Steps)
{
    public DateTimeOffset SignedAt => Steps[^1].At;

    public IReadOnlyList<TrackStep> Until(DateTimeOffset now) => [.. Steps.TakeWhile(s => s.At <= now)];
}

/// <summary>All parcels by waybill number, whatever the carrier.</summary>
internal sealed class ParcelBoard(Journal journal, SandboxOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Parcel> _parcels = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A parcel got a subscription; called outside the lock.</summary>
    public event Action<Journey>? Subscribed;

    public void Load(Parcel parcel) => _parcels[parcel.WaybillNo] = parcel;

    public IReadOnlyList<Parcel> All()
    {
        lock (_gate) return [.. _parcels.Values];
    }

    public Journey? Find(string waybillNo)
    {
        lock (_gate) return _parcels.TryGetValue(waybillNo, out var parcel) ? JourneyOf(parcel) : null;
    }

    /// <summary>The parcel's journey, starting it now when nobody has heard of the number before.</summary>
    public Journey Notice(string waybillNo, SandboxReceiver receiver) => Change(waybillNo, receiver.City, receiver.District, p => p);

    public Journey Change(string waybillNo, string toCity, string toDistrict, Func<Parcel, Parcel> change)
    {
        Parcel? known;
        Parcel parcel;
        lock (_gate)
        {
            known = _parcels.GetValueOrDefault(waybillNo);
            parcel = change(known ?? new Parcel(waybillNo, clock.GetUtcNow(), toCity, toDistrict));
            if (parcel != known)
            {
                journal.Append(new JournalEntry { Parcel = parcel });
                _parcels[waybillNo] = parcel;
            }
        }
        var journey = JourneyOf(parcel);
        if (parcel.Subscription is { } subscription && subscription.At != known?.Subscription?.At) Subscribed?.Invoke(journey);
        return journey;
    }

    private Journey JourneyOf(Parcel parcel)
    {
        var (from, to, spot) = (parcel.FromCity, parcel.ToCity.Length == 0 ? "目的地" : parcel.ToCity, parcel.ToDistrict);
        // no two parcels travel at quite the same pace
        var pace = 0.8 + 0.4 * StableHash.Fraction(parcel.WaybillNo);
        var picked = parcel.NoticedAt + options.PickupDelay * pace;
        var arrived = picked + options.TransitDelay * pace;
        var delivering = arrived + options.DeliverDelay * pace;
        var signed = delivering + options.SignDelay * pace;
        return new(parcel,
        [
            new(picked, "1", "103", "揽收", $"【{from}】您的快件已由【{from}吴中营业部】揽收", from),
            new(picked + (arrived - picked) / 2, "0", "1002", "干线", $"【{from}】快件已离开【{from}转运中心】，发往【{to}转运中心】", from),
            new(arrived, "0", "1001", "到达派件城市", $"【{to}】快件已到达【{to}转运中心】", to),
            new(delivering, "5", "5", "派件", $"【{to}】{spot}营业点快递员正在派件", to),
            new(signed, "3", "301", "本人签收", $"【{to}】您的快件已签收，签收人：本人签收。感谢使用，期待再次为您服务", to),
        ]);
    }
}
