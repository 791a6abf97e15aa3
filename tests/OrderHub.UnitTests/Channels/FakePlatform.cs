using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;

namespace OrderHub.UnitTests.Channels;

/// <summary>The far end of the wire: answers as told and remembers what was asked.</summary>
internal sealed class FakePlatform(ShopKind kind, Func<string, HttpResponseMessage> answer, string baseUrl = "http://platform.test") : HttpMessageHandler
{
    public List<(HttpRequestMessage Request, string Body)> Calls { get; } = [];

    public ShopConnection Shop { get; } = new(1, "demo", kind, new Uri(baseUrl), "key", "secret", "token");

    public static readonly KnownDocuments NothingKnown = (_, _) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public IPlatformAdapter Adapter()
    {
        var services = new ServiceCollection().AddPlatformAdapters();
        services.AddHttpClient(PlatformHttp.ClientName(kind)).ConfigurePrimaryHttpMessageHandler(() => this);
        return services.BuildServiceProvider().GetServices<IPlatformAdapter>().Single(a => a.Kind == kind);
    }

    /// <summary>The wire alone, on a clock of the test's.</summary>
    public PlatformHttp Http(TimeProvider clock)
    {
        var services = new ServiceCollection().AddSingleton(clock).AddPlatformAdapters();
        services.AddHttpClient(PlatformHttp.ClientName(kind)).ConfigurePrimaryHttpMessageHandler(() => this);
        return services.BuildServiceProvider().GetRequiredService<PlatformHttp>();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var body = request.Content is null ? "" : Uri.UnescapeDataString((await request.Content.ReadAsStringAsync(ct)).Replace('+', ' '));
        Calls.Add((request, body));
        return answer(request.RequestUri + "\n" + body);
    }
}
