using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Notifications;

public enum MessageTone : short { Alarm = 1, Recovery = 2, Information = 3 }

/// <summary>Something people are told, before it is put into a language and into a channel's form.</summary>
/// <param name="Link">Where to look, from the root of the site (<c>/channels/tb-demo</c>); becomes a full address by <c>OrderHub:PublicUrl</c>.</param>
/// <param name="IsCritical">May use the last places of a robot's minute and is never merged into a digest.</param>
/// <param name="At">When it happened, not when it is sent.</param>
public sealed record Message(MessageTone Tone, Words Title, IReadOnlyList<Fact> Facts, string? Link, bool IsCritical, DateTimeOffset At);
