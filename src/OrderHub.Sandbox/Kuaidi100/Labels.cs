using System.Globalization;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Kuaidi100;

/// <summary>An e-waybill given to an order of the customer.</summary>
internal sealed record Label(string OrderId, string Company, string WaybillNo, string BulkPen, string ToCity, string ToDistrict, DateTimeOffset At);

/// <summary>Gives waybill numbers; the same order id gets the same one for 48 hours.</summary>
internal sealed class LabelBook(Journal journal, OrderBook book, TimeProvider clock)
{
    public static readonly TimeSpan Memory = TimeSpan.FromHours(48);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Label> _byOrder = [];
    private readonly Dictionary<string, Label> _byWaybill = [];

    public void Load(Label label)
    {
        _byOrder[label.OrderId] = label;
        _byWaybill[label.WaybillNo] = label;
    }

    public IReadOnlyList<Label> Recent()
    {
        lock (_gate) return [.. _byWaybill.Values.Where(l => clock.GetUtcNow() - l.At < Memory)];
    }

    public Label? OfWaybill(string waybillNo)
    {
        lock (_gate) return _byWaybill.GetValueOrDefault(waybillNo);
    }

    /// <param name="reorder">Asks for a fresh number although the order id has one.</param>
    public Label Give(string orderId, string company, string toCity, string toDistrict, bool reorder)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (orderId.Length > 0 && !reorder && _byOrder.TryGetValue(orderId, out var known) && now - known.At < Memory) return known;
            var number = book.NextSequence();
            var waybill = WaybillNumber(company, number);
            var label = new Label(orderId, company, waybill, BulkPen(toCity, toDistrict, waybill), toCity, toDistrict, now);
            journal.Append(new JournalEntry { Label = label, LastSequence = number });
            if (orderId.Length > 0) _byOrder[orderId] = label;
            _byWaybill[waybill] = label;
            return label;
        }
    }

    /// <summary>Numbers in the form each carrier uses, so that a scanner's format rules can be tried.</summary>
    private static string WaybillNumber(string company, long number)
    {
        var serial = 3_100_000_000 + number;
        return company switch
        {
            "shunfeng" => Text("SF", serial, 13),
            "yuantong" => Text("YT", serial, 13),
            "zhongtong" => Text("78", serial, 12),
            "shentong" => Text("77", serial, 13),
            "yunda" => Text("43", serial, 13),
            "ems" => Text("1", serial, 12),
            "youzhengguonei" => Text("9", serial, 12),
            "jd" => Text("JDVA", serial, 11),
            "jtexpress" => Text("JT", serial, 13),
            "debangkuaidi" or "debangwuliu" => Text("DPK", serial, 12),
            _ => Text("A", serial, 12),
        };
    }

    private static string Text(string prefix, long serial, int digits) =>
        prefix + serial.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    /// <summary>Three segments: sorting centre by city, branch by district, courier's zone.</summary>
    private static string BulkPen(string city, string district, string waybill) => string.Create(CultureInfo.InvariantCulture,
        $"{100 + StableHash.Of(city) % 800}-{(char)('A' + StableHash.Of(district) % 6)}{StableHash.Of(city + district) % 90 + 10} {StableHash.Of(waybill) % 100:D3}");
}
