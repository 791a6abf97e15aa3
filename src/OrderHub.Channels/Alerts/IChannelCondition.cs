using OrderHub.Platform.Texts;

namespace OrderHub.Channels.Alerts;

/// <summary>One thing that can be wrong with a shop's channel. Looks at the state of things, so it may be asked at any time and on any host.</summary>
internal interface IChannelCondition
{
    /// <summary>Stable: it is part of the incidents' keys (<c>channels.pull</c>).</summary>
    string Kind { get; }

    /// <summary>All that is wrong now, over all shops; what is no longer told has ended.</summary>
    Task<IReadOnlyList<ChannelTrouble>> LookAsync(CancellationToken ct);
}

/// <param name="Detail">Tells several of one shop apart (the stream); empty when a shop has at most one.</param>
/// <param name="Title">With the shop's name as <c>{0}</c> and nothing that changes from look to look.</param>
/// <param name="Facts">What changes: the error, the figures. Shop and orders waiting are added by the patrol.</param>
/// <param name="Tab">Of the shop's page.</param>
/// <param name="Evidence">Changes with each new occurrence.</param>
internal sealed record ChannelTrouble(int ShopId, string Detail, string Title, IReadOnlyList<Fact> Facts, string? Tab, string Evidence, bool IsCritical = false);
