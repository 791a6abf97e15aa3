using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Connections;

/// <summary>Asks the platform for the orders of the last minute with what is in the form, before anything is saved.</summary>
internal sealed class TestConnectionHandler(ICatalog catalog, PlatformAdapters adapters, FormSecrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public async Task<Result> HandleAsync(SaveConnection form, CancellationToken ct)
    {
        if (SaveConnectionHandler.AddressOf(form) is not { } address) return ChannelErrors.BadAddress;
        var adapter = adapters.For(form.Kind);
        var shop = (await catalog.CurrentAsync(ct)).ShopByCode(form.ShopCode.Trim());
        try
        {
            var typed = await secrets.MergeAsync(form, shop?.Id, adapter.Abilities.RenewsWith, ct);
            var connection = new ShopConnection(shop?.Id ?? 0, form.ShopCode.Trim(), form.Kind, address, form.AppKey.Trim(), typed.AppSecret, typed.AccessToken);
            if (adapter.Abilities.RenewsWith is { } grant) connection = connection with { AccessToken = (await adapter.RefreshTokenAsync(connection, grant, ct)).AccessToken };
            var until = clock.GetUtcNow() - adapter.Abilities.Lag;
            await foreach (var _ in adapter.PullOrdersAsync(connection, until - Window, until, (_, _) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>()), ct)) break;
            return Result.Ok;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && (failure is PlatformException || ShopCircuits.IsOutage(failure)))
        {
            var words = TransientErrors.Describe(failure);
            return ChannelErrors.ConnectionRefused(PlatformTrouble.Category(words), words);
        }
    }
}
