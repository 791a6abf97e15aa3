namespace OrderHub.Sandbox.Robots;

/// <param name="Channel">wecom, dingtalk or smtp.</param>
/// <param name="To">The robot's name or the mail addresses.</param>
/// <param name="Title">Subject, title or first line.</param>
/// <param name="Raw">What came over the wire.</param>
public sealed record ReceivedMessage(int No, string Channel, DateTimeOffset At, string To, string Title, string Text, string Raw);

/// <summary>Everything the groups and mailboxes of this world were told; kept in memory, newest last.</summary>
public sealed class MessageBoard
{
    private const int Kept = 1000;
    private readonly Lock _lock = new();
    private readonly List<ReceivedMessage> _all = [];
    private int _count;

    /// <summary>While true robots answer 502 and the mail server hangs up.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyList<ReceivedMessage> All
    {
        get
        {
            lock (_lock) return [.. _all];
        }
    }

    public IReadOnlyList<ReceivedMessage> Of(string channel) => [.. All.Where(m => m.Channel == channel)];

    internal void Add(string channel, DateTimeOffset at, string to, string title, string text, string raw)
    {
        lock (_lock)
        {
            _all.Add(new(++_count, channel, at, to, title, text, raw));
            if (_all.Count > Kept) _all.RemoveAt(0);
        }
    }
}
