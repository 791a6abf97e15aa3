using System.Text.RegularExpressions;
using System.Threading.Channels;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Actions;

namespace OrderHub.Channels.Calls;

/// <summary>
/// Collects every call to a platform for the interface log; <see cref="WriteCalls"/> stores them. What is being delivered is kept with
/// request and reply; reads carry buyers' data and leave only their measures.
/// </summary>
internal sealed partial class CallLog
{
    /// <summary>A log must not eat the host when the database is away; the oldest lines go first.</summary>
    private const int Most = 20_000, LongestText = 8_000;

    private static readonly AsyncLocal<long?> Delivery = new();
    private readonly Channel<PlatformCall> _lines = Channel.CreateBounded<PlatformCall>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    public ChannelReader<PlatformCall> Lines => _lines.Reader;

    /// <summary>Calls made from here on, in this flow, belong to a delivery: their request and reply are kept.</summary>
    public static void BelongTo(long deliveryId) => Delivery.Value = deliveryId;

    public async Task<CallUnderWay> BeginAsync(int shopId, string method, HttpRequestMessage message, TimeProvider clock, CancellationToken ct)
    {
        var request = Delivery.Value is null ? null : Told($"{message.RequestUri?.PathAndQuery}\n{(message.Content is null ? "" : await message.Content.ReadAsStringAsync(ct))}");
        return new(this, clock, new PlatformCall { ShopId = shopId, Method = method, At = clock.GetUtcNow(), TraceId = HubTracing.CurrentTraceId, DeliveryId = Delivery.Value, Request = request });
    }

    private void Keep(PlatformCall call) => _lines.Writer.TryWrite(call);

    private static string Told(string text) => Cut(Secrets().Replace(text, "$1***"));

    private static string Cut(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");

    [GeneratedRegex(@"\b((?:access_token|refresh_token|session|sign|app_secret|client_secret)=)[^&\s]*", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();

    /// <summary>Logged when disposed.</summary>
    internal sealed class CallUnderWay(CallLog log, TimeProvider clock, PlatformCall call) : IDisposable
    {
        private readonly long _began = clock.GetTimestamp();

        public void Answered(PlatformReply reply) => (call.Status, call.Outcome, call.ReplyBytes, call.Reply) =
            ((short)reply.Status, CallOutcome.Done, reply.Body.Length, call.DeliveryId is null ? null : Cut(reply.Body));

        public void Failed(PlatformException failure) =>
            (call.Outcome, call.Error) = (failure.IsTransient ? CallOutcome.Outage : CallOutcome.Refused, Cut(failure.Message));

        public void Dispose()
        {
            call.TookMs = (int)clock.GetElapsedTime(_began).TotalMilliseconds;
            log.Keep(call);
        }
    }
}
