namespace OrderHub.Platform.Notifications.Senders;

/// <summary>A way to reach people. No database, no retries: it says how the platform answered, and the queue acts on it.</summary>
internal interface IMessageSender
{
    TargetKind Kind { get; }

    /// <summary>Never throws for anything the other side does or fails to do.</summary>
    Task<SendOutcome> SendAsync(Recipient recipient, Letter letter, CancellationToken ct);
}

/// <summary>A target with its secrets in the open, for one call; never logged.</summary>
/// <param name="Address">Mail addresses separated by commas, or the robot's URL with its key.</param>
internal sealed record Recipient(TargetKind Kind, string Address, string? Secret, string? Keyword)
{
    /// <summary>A record would print its secrets into any log that formats it.</summary>
    public override string ToString() => Kind.ToString();
}

/// <summary>A message in its reader's language, not yet in a channel's form.</summary>
/// <param name="Id">The same for every attempt, so that mail systems recognise a repetition.</param>
/// <param name="LinkWords">What to call <paramref name="Link"/>.</param>
internal sealed record Letter(string Id, MessageTone Tone, string Subject, IReadOnlyList<string> Lines, string? Link, string LinkWords, DateTimeOffset WrittenAt);

internal enum SendResult : short { Sent = 1, Refused = 2, Later = 3 }

/// <param name="Error">The platform's code and words; never an address or a key.</param>
/// <param name="Wait">How long the platform wants to be left alone; null = our own back-off.</param>
internal sealed record SendOutcome(SendResult Result, string? Error = null, TimeSpan? Wait = null)
{
    public static readonly SendOutcome Sent = new(SendResult.Sent);
    public static SendOutcome Refused(string error) => new(SendResult.Refused, error);
    public static SendOutcome Later(string error, TimeSpan? wait = null) => new(SendResult.Later, error, wait);
}
