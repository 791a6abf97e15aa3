namespace OrderHub.Platform.Accounts;

/// <summary>Who did it: a person's display name, an API key (<c>api:check</c>), a channel (<c>channel:tb-demo</c>) or the system.</summary>
/// <param name="UserId">Null unless a person signed in.</param>
public sealed record Actor(string Name, long? UserId = null)
{
    public static readonly Actor System = new("system");
    public static Actor Channel(string shopCode) => new("channel:" + shopCode);
}
