namespace OrderHub.Channels.Deliveries;

/// <summary>Wakes the sender in this process when something became due; on other hosts their poll finds it.</summary>
internal sealed class DeliverySignal
{
    private readonly SemaphoreSlim _news = new(0, 1);

    public void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // already awake: one wake-up serves all commits before it
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _news.WaitAsync(atMost, ct);
}
