using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Living;

namespace OrderHub.Sandbox.Kuaidi100;

/// <summary>Tells subscribers about every step of their parcels. A step counts as told when the answer is exactly the documented one.</summary>
internal sealed class CourierPushes
{
    private const int Repeats = 3;
    private readonly WorldState _world;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(string WaybillNo, int Step), DateTimeOffset> _steps = new();

    public CourierPushes(WorldState world)
    {
        _world = world;
        foreach (var parcel in world.Parcels.All().Where(p => p.Subscription is not null)) Plan(world.Parcels.Find(parcel.WaybillNo)!);
        world.Parcels.Subscribed += Plan;
    }

    public void SendDue(DateTimeOffset now)
    {
        while (Next(now) is { } due)
        {
            // an earlier push may have told this step already
            if (_world.Parcels.Find(due.WaybillNo) is { Parcel.Subscription: { } subscription } && subscription.Pushed < due.Step) Push(due.WaybillNo, due.Step);
        }
    }

    private void Plan(Journey journey)
    {
        var now = _world.Clock.GetUtcNow();
        lock (_gate)
        {
            for (var step = journey.Parcel.Subscription!.Pushed; step < journey.Steps.Count; step++)
            {
                // of the steps already behind the parcel the last one tells them all
                if (step + 1 < journey.Steps.Count && journey.Steps[step + 1].At <= now) continue;
                _steps.Enqueue((journey.Parcel.WaybillNo, step + 1), journey.Steps[step].At);
            }
        }
    }

    private (string WaybillNo, int Step)? Next(DateTimeOffset now)
    {
        lock (_gate) return _steps.TryPeek(out _, out var at) && at <= now ? _steps.Dequeue() : null;
    }

    private void Push(string waybillNo, int step)
    {
        var retries = Enumerable.Repeat(_world.Options.CourierPushRetryDelay, Repeats).ToArray();
        _world.Calls.Send(new(string.Create(CultureInfo.InvariantCulture, $"courier push {waybillNo} step {step}"),
            () => Request(_world.Parcels.Find(waybillNo)!), Judge, retries, () => Told(waybillNo, step)));
    }

    private HttpRequestMessage Request(Journey journey)
    {
        var (subscription, now) = (journey.Parcel.Subscription!, _world.Clock.GetUtcNow());
        var signed = journey.SignedAt <= now;
        var param = new JsonObject
        {
            ["status"] = signed ? "shutdown" : "polling",
            ["billstatus"] = signed ? "check" : "got",
            ["message"] = "",
            ["autoCheck"] = "0",
            ["comOld"] = "",
            ["comNew"] = "",
            ["lastResult"] = TrackAnswer.Shape(journey, subscription.Company, now, detailed: true),
        }.ToJsonString(Answers.Relaxed);
        var form = new Dictionary<string, string> { ["param"] = param };
        if (subscription.Salt is { Length: > 0 } salt) form["sign"] = TrackingSignature.Push(param, salt);
        return new HttpRequestMessage(HttpMethod.Post, subscription.CallbackUrl) { Content = new FormUrlEncodedContent(form) };
    }

    private static CallVerdict Judge(HttpResponseMessage response, string body) =>
        response.IsSuccessStatusCode && Incoming.Object(body) is { } answer
        && answer.Text("result") == "true" && answer.Text("returnCode") == "200" ? CallVerdict.Accepted : CallVerdict.TryAgain;

    private void Told(string waybillNo, int step) => _world.Parcels.Change(waybillNo, "", "", parcel =>
        parcel.Subscription is { } s && s.Pushed < step ? parcel with { Subscription = s with { Pushed = step } } : parcel);
}
