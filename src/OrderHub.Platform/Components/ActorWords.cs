using OrderHub.Platform.Accounts;
using OrderHub.Platform.Texts;

namespace OrderHub.Platform.Components;

/// <summary>Who did it, as colleagues say it: people by name, machines by what they are.</summary>
public static class ActorWords
{
    /// <param name="actor">The name of an <see cref="Actor"/>.</param>
    /// <param name="nameOf">The name behind a shop's or courier's code, where the page knows it.</param>
    public static string Of(HubLocalizer L, string actor, Func<string, string?>? nameOf = null)
    {
        if (actor == Actor.System.Name) return L["系统"];
        var (kind, code) = actor.Split(':', 2) is [var before, var after] ? (before, after) : ("", actor);
        return kind switch
        {
            "channel" => L["渠道 {0}", nameOf?.Invoke(code) ?? code],
            "courier" => nameOf?.Invoke(code) is { } courier ? L["快递 {0}", courier] : L["快递"],
            "api" => L["接口 {0}", code],
            _ => actor,
        };
    }
}
