using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Douyin;
using OrderHub.Channels.Jd;
using OrderHub.Channels.Kuaishou;
using OrderHub.Channels.Mall;
using OrderHub.Channels.Pinduoduo;
using OrderHub.Channels.Taobao;
using OrderHub.Channels.WeChat;

namespace OrderHub.Channels.Adapters;

internal static class AdapterRegistration
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(10);
    private const int MostAnswerBytes = 64 * 1024 * 1024;

    public static IServiceCollection AddPlatformAdapters(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        foreach (var kind in Enum.GetValues<ShopKind>())
        {
            services.AddHttpClient(PlatformHttp.ClientName(kind), client =>
                {
                    client.Timeout = TimeOut;
                    client.MaxResponseContentBufferSize = MostAnswerBytes;
                })
                // a redirected call would carry its signature somewhere else
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.All })
                // the factory's own log lines name addresses, and those carry access tokens on some platforms
                .RemoveAllLoggers();
        }
        foreach (var couriers in PlatformTable.Couriers) services.AddSingleton(couriers);
        return services
            .AddSingleton<CallLog>().AddSingleton<PlatformHttp>()
            .AddSingleton<TaobaoClient>().AddSingleton<IPlatformAdapter, TaobaoAdapter>()
            .AddSingleton<JdClient>().AddSingleton<JdTokens>().AddSingleton<IPlatformAdapter, JdAdapter>()
            .AddSingleton<PinduoduoClient>().AddSingleton<IPlatformAdapter, PinduoduoAdapter>()
            .AddSingleton<DouyinClient>().AddSingleton<IPlatformAdapter, DouyinAdapter>()
            .AddSingleton<KuaishouClient>().AddSingleton<IPlatformAdapter, KuaishouAdapter>()
            .AddSingleton<MallClient>().AddSingleton<IPlatformAdapter, MallAdapter>()
            .AddSingleton<WeChatClient>().AddSingleton<IPlatformAdapter, WeChatAdapter>();
    }
}
