using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Inbox;
using OrderHub.Host.Startup;
using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;
using OrderHub.PostgresTests.Infrastructure;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Channels.Contract;
using Xunit.Abstractions;

namespace OrderHub.PostgresTests.WholeHub;

/// <summary>Real payloads of every platform, spoiled at random, through the whole way in. <c>ORDERHUB_MUTATIONS</c> sets how many.</summary>
public sealed class MutatedPayloadTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("ORDERHUB_MUTATIONS"), CultureInfo.InvariantCulture, out var given) ? given : 3_000;

    private sealed record Sample(Shop Shop, DocumentKind Kind, RawDocument Raw);

    [Fact]
    public async Task Spoiled_payloads_never_stop_the_intake_and_each_unreadable_one_is_set_aside_with_its_reason()
    {
        var folder = Directory.CreateTempSubdirectory("orderhub-mutations-");
        try
        {
            await using var hub = await HubApplication.CreateAsync(
            [
                $"--ConnectionStrings:OrderHub={database.ConnectionString}", $"--OrderHub:DataDirectory={folder.FullName}", "--OrderHub:Demo=true", "--urls=http://127.0.0.1:0",
                "--Sandbox:Port=0", "--Sandbox:StaffPace=0", "--Sandbox:OrdersPerMinute=0", "--Serilog:MinimumLevel:Default=Fatal", "--Serilog:MinimumLevel:Override:OrderHub=Fatal",
            ], verb: false, CancellationToken.None);
            await hub.StartAsync(CancellationToken.None);
            var samples = await SamplesAsync(hub);
            samples.Select(s => (s.Shop.Kind, s.Kind)).Distinct().Count().ShouldBeGreaterThanOrEqualTo(2 * SandboxCredentials.Shops.Count - 2, "each platform gives orders, nearly each a refund");

            var counts = await ReceiveAsync(hub, samples, new Random(20261111));

            output.WriteLine($"{Mutations} spoiled payloads: {string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}"))}");
            counts.Values.Sum().ShouldBe(Mutations);
            counts[DocumentState.Quarantined].ShouldBeGreaterThan(Mutations / 10);
            (await BreachesAsync(hub)).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the platforms really sent.</summary>
    private static async Task<List<Sample>> SamplesAsync(HubApplication hub)
    {
        var sandbox = hub.Demo!.Sandbox;
        var catalog = await hub.Services.GetRequiredService<ICatalog>().CurrentAsync(default);
        foreach (var shop in SandboxCredentials.Shops)
        {
            var goods = sandbox.Listings(shop.Platform);
            for (var i = 0; i < 4; i++)
            {
                var no = sandbox.PublishOrder(shop.Platform, new() { Lines = [new(goods[i].SkuCode, 1 + i), new(goods[i + 4].SkuCode, 1)] });
                if (i == 3 && sandbox.RequestRefund(shop.Platform, no)) sandbox.CompleteRefund(shop.Platform, no);
            }
        }
        var database = hub.Services.GetRequiredService<HubDatabase>();
        var samples = new List<Sample>();
        for (var tries = 0; tries < 60; tries++)
        {
            await Task.Delay(500);
            samples = await database.QueryAsync("select shop_id, kind, external_id, version, payload from channels_inbox order by id",
                r => new Sample(catalog.Shop(r.GetInt32(0))!, (DocumentKind)r.GetInt16(1), new(r.GetString(2), r.GetInt64(3), r.GetString(4))), default);
            if (samples.Count(s => s.Kind == DocumentKind.Order) >= 4 * SandboxCredentials.Shops.Count && samples.Count(s => s.Kind == DocumentKind.Refund) >= SandboxCredentials.Shops.Count - 1) break;
        }
        return samples;
    }

    private static async Task<Dictionary<DocumentState, int>> ReceiveAsync(HubApplication hub, List<Sample> samples, Random random)
    {
        var counts = new Dictionary<DocumentState, int>();
        var groups = samples.GroupBy(s => (s.Shop, s.Kind)).ToList();
        for (var done = 0; done < Mutations;)
        {
            var group = groups[random.Next(groups.Count)].ToList();
            var batch = Enumerable.Range(0, Math.Min(ReceiveDocumentsHandler.BatchSize, Mutations - done)).Select(i => Spoiled(group[random.Next(group.Count)].Raw, done + i, random)).ToList();
            await using var scope = hub.Services.CreateAsyncScope();
            var receipts = await scope.ServiceProvider.GetRequiredService<ReceiveDocumentsHandler>().HandleAsync(new(group[0].Shop, group[0].Kind, DocumentSource.Pull, batch), default);
            foreach (var receipt in receipts)
            {
                counts[receipt.State] = counts.GetValueOrDefault(receipt.State) + 1;
                if (receipt.State == DocumentState.Quarantined) receipt.Reason.ShouldNotBeNullOrWhiteSpace(receipt.ExternalId);
            }
            done += batch.Count;
        }
        return counts;
    }

    /// <summary>Each under a number of its own, so that none is taken for a repetition.</summary>
    private static RawDocument Spoiled(RawDocument sample, int number, Random random)
    {
        string json;
        if (random.Next(2) == 0) json = PayloadMutation.Damage(sample.Json, random);
        else
        {
            var root = JsonNode.Parse(sample.Json)!;
            for (var changes = random.Next(1, 4); changes > 0; changes--) PayloadMutation.Oddify(root, random);
            json = PayloadMutation.Text(root);
        }
        return new(string.Create(CultureInfo.InvariantCulture, $"M{number}"), sample.Version + number, json);
    }

    private static async Task<List<string>> BreachesAsync(HubApplication hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var breaches = new List<string>();
        foreach (var check in scope.ServiceProvider.GetServices<IVerifyCheck>())
            breaches.AddRange((await check.RunAsync(default)).Examples.Select(e => $"{check.Name}: {e}"));
        return breaches;
    }
}
