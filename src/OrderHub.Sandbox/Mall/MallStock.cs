using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Mall;

/// <summary>The sender numbers its quantities; one that is older than the last is refused, so that two late messages cannot swap.</summary>
internal sealed class MallStock(WorldState world)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _versions = [];

    public MallAnswer Get(string skuCode)
    {
        if (world.Market.Listings.Find(SandboxPlatform.Mall, skuCode) is null) return MallAnswer.NotFound;
        lock (_gate) return MallAnswer.Ok(new JsonObject { ["quantity"] = world.Market.Stock.Of(SandboxPlatform.Mall, skuCode), ["version"] = _versions.GetValueOrDefault(skuCode) });
    }

    public MallAnswer Put(string skuCode, string body)
    {
        if (world.Market.Listings.Find(SandboxPlatform.Mall, skuCode) is null) return MallAnswer.NotFound;
        if (Incoming.Object(body) is not { } update || update.Text("mode") is not ("set" or "delta")) return MallAnswer.Invalid("mode应为set或delta");
        if (!int.TryParse(update.Text("quantity"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity)) return MallAnswer.Invalid("quantity应为整数");
        var delta = update.Text("mode") == "delta";
        if (!delta && quantity < 0) return MallAnswer.Invalid("quantity不能为负数");
        lock (_gate)
        {
            var last = _versions.GetValueOrDefault(skuCode);
            var version = long.TryParse(update.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : last + 1;
            if (version < last) return MallAnswer.Conflict(string.Create(CultureInfo.InvariantCulture, $"version {version}早于当前的{last}"));
            _versions[skuCode] = version;
            var now = world.Market.Stock.Change(SandboxPlatform.Mall, skuCode, q => delta ? q + quantity : quantity);
            return MallAnswer.Ok(new JsonObject { ["quantity"] = now, ["version"] = version });
        }
    }
}
