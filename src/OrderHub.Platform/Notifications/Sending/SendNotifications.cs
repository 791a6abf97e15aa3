using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderHub.Platform.Actions;
using OrderHub.Platform.Notifications.Senders;

namespace OrderHub.Platform.Notifications.Sending;

/// <summary>Empties each target's queue on its own: a robot that does not answer keeps only its own messages waiting.</summary>
internal sealed class SendNotifications(NotificationQueue queue, Letters letters, IEnumerable<IMessageSender> senders, TimeProvider clock, ILogger<SendNotifications> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(700), AfterFault = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _targets = new();

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var target in await queue.DueTargetsAsync(ct)) Start(target, ct);
                await Task.Delay(Poll, clock, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception failure)
            {
                log.LogError(failure, "Looking for notifications failed; trying again in {Seconds} s", AfterFault.TotalSeconds);
                await Task.Delay(AfterFault, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_targets.Values.Select(t => t.Task));
    }

    /// <summary>Everything that may go now, target by target; for tests and for whoever must leave nothing behind.</summary>
    internal async Task<int> DrainAsync(CancellationToken ct)
    {
        var sent = 0;
        foreach (var target in await queue.DueTargetsAsync(ct))
            while (await SendNextAsync(target, ct)) sent++;
        return sent;
    }

    private void Start(long target, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_targets.TryAdd(target, done)) _ = Task.Run(() => EmptyAsync(target, done, ct), CancellationToken.None);
    }

    private async Task EmptyAsync(long target, TaskCompletionSource done, CancellationToken ct)
    {
        try
        {
            while (await SendNextAsync(target, ct)) { }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The claim ends by time; the next worker sends the message, again if it had just gone out.
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Notifications to target {Target} broke off", target);
        }
        finally
        {
            _targets.TryRemove(target, out _);
            done.SetResult();
        }
    }

    /// <returns>False when there is nothing more to do for this target now.</returns>
    private async Task<bool> SendNextAsync(long targetId, CancellationToken ct)
    {
        using var activity = HubTracing.Source.StartActivity("platform.notify");
        if (await queue.ClaimAsync(targetId, ct) is not { } claimed) return false;
        var began = clock.GetTimestamp();
        var outcome = await SendAsync(claimed.Target, letters.Write(claimed.LetterId, claimed.Messages, claimed.Target.Language), ct);
        await queue.SettleAsync(claimed, outcome, clock.GetElapsedTime(began), ct);
        if (outcome.Result != SendResult.Sent) log.LogWarning("{Messages} notifications to {Target} were not sent: {Result} {Error}", claimed.Messages.Count, claimed.Target.Name, outcome.Result, outcome.Error);
        return outcome.Result != SendResult.Later;
    }

    public async Task<SendOutcome> SendAsync(OpenTarget target, Letter letter, CancellationToken ct) => target.Recipient is { } recipient
        ? await senders.First(s => s.Kind == recipient.Kind).SendAsync(recipient, letter, ct)
        : SendOutcome.Refused("the stored secrets cannot be read; enter them again");
}
