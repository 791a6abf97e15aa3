namespace OrderHub.Sandbox.Trading;

/// <summary>The planned steps of all orders in time order. A step that lost its sense is skipped when its time comes.</summary>
internal sealed class Agenda
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(SandboxPlatform Platform, string No, PlannedStep Step), DateTimeOffset> _steps = new();
    private readonly Market _market;

    public Agenda(Market market)
    {
        _market = market;
        foreach (var order in market.Orders.All()) Plan(null, order);
        market.Orders.Changed += Plan;
    }

    public void RunDue(DateTimeOffset now)
    {
        while (Next(now) is { } due) _market.Execute(due.Platform, due.No, due.Step);
    }

    private (SandboxPlatform Platform, string No, PlannedStep Step)? Next(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_steps.TryPeek(out var step, out var at) || at > now) return null;
            _steps.Dequeue();
            return step;
        }
    }

    private void Plan(SandboxOrder? before, SandboxOrder after)
    {
        if (after.Plan.Count == 0 || ReferenceEquals(before?.Plan, after.Plan)) return;
        lock (_gate)
        {
            foreach (var step in after.Plan)
            {
                if (before is null || !before.Plan.Contains(step)) _steps.Enqueue((after.Platform, after.No, step), step.At);
            }
        }
    }
}
