namespace OrderHub.Sandbox.Robots;

/// <summary>Calls per robot in a sliding minute.</summary>
/// <param name="punishment">How long a robot that went over is refused altogether; zero = only while the minute is full.</param>
internal sealed class RobotMinute(int perMinute, TimeSpan punishment, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = [];
    private readonly Dictionary<string, DateTimeOffset> _blocked = [];

    public bool Allows(string robot)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_blocked.TryGetValue(robot, out var until) && now < until) return false;
            if (!_calls.TryGetValue(robot, out var calls)) _calls[robot] = calls = new();
            while (calls.TryPeek(out var oldest) && oldest <= now - Minute) calls.Dequeue();
            if (calls.Count >= perMinute)
            {
                if (punishment > TimeSpan.Zero) _blocked[robot] = now + punishment;
                return false;
            }
            calls.Enqueue(now);
            return true;
        }
    }
}
