using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Channels.Alerts;
using OrderHub.Channels.Answers;
using OrderHub.Channels.Bridge;
using OrderHub.Channels.Calls;
using OrderHub.Channels.Completeness;
using OrderHub.Channels.Connections;
using OrderHub.Channels.Contracts;
using OrderHub.Channels.Deliveries;
using OrderHub.Channels.DualRun;
using OrderHub.Channels.Health;
using OrderHub.Channels.Imports.Runs;
using OrderHub.Channels.Inbox;
using OrderHub.Channels.Memos;
using OrderHub.Channels.Publishing;
using OrderHub.Channels.Pulling;
using OrderHub.Channels.ReadBacks;
using OrderHub.Channels.Shipments;
using OrderHub.Channels.Webhooks;
using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;
using OrderHub.Platform.Verification;

namespace OrderHub.Channels;

/// <summary>Orders and refunds come in from the platforms, shipments and stock go out to them.</summary>
public static class ChannelsModule
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddModuleAssembly(typeof(ChannelsModule).Assembly).AddDataProtection();
        return services
            .AddPlatformAdapters()
            .AddSingleton<WriteCalls>().AddHostedService(provider => provider.GetRequiredService<WriteCalls>())
            .AddJob<PruneCallsJob>("channels.prune_calls", every: TimeSpan.FromHours(1), title: "清理旧的接口日志")
            .AddSingleton<PlatformAdapters>().AddSingleton<ShopConnections>()
            .AddScoped<RefreshTokens>().AddJob<RefreshTokensJob>("channels.refresh_tokens", every: RefreshTokensJob.Every, title: "续期平台授权")
            .AddJob<RefreshBriefTokensJob>("channels.refresh_brief_tokens", every: TimeSpan.FromMinutes(1), title: "续期短时平台授权")
            .AddScoped<IChannelSetup, ConnectShopHandler>().AddScoped<FormSecrets>().AddScoped<SaveConnectionHandler>().AddScoped<TestConnectionHandler>()
            .AddScoped<ReceiveDocumentsHandler>().AddScoped<ReplayQuarantinedHandler>().AddScoped<PreviewReplayHandler>().AddScoped<IVerifyCheck, EveryDocumentSettled>()
            .AddJob<PruneInboxJob>("channels.prune_inbox", cron: "0 40 3 * * ?", title: "清理旧报文的正文")
            .AddSingleton<RunningPulls>().AddHostedService(provider => provider.GetRequiredService<RunningPulls>()).AddScoped<SwitchPromoHandler>().AddScoped<ScheduleShopHandler>().AddScoped<FetchListedHandler>().AddScoped<ProveHoursHandler>().AddScoped<PullShopHandler>()
            .AddJob<PullDueShopsJob>("channels.pull", every: TimeSpan.FromSeconds(1), title: "按店铺拉取订单和退款")
            .AddJob<PrunePullsJob>("channels.prune_pulls", every: TimeSpan.FromHours(6), title: "清理旧的拉取日志")
            .AddScoped<NonceMemory>().AddScoped<CheckSignature>().AddSingleton<PushLine>().AddHostedService(provider => provider.GetRequiredService<PushLine>()).AddScoped<PushOrdersHandler>().AddScoped<ReceiveHintHandler>().AddScoped<ReceiveDouyinMessagesHandler>()
            .AddSingleton<HintSignal>().AddSingleton<HintBox>().AddScoped<FollowHintsHandler>().AddSingleton<FollowHints>().AddHostedService(provider => provider.GetRequiredService<FollowHints>())
            .AddJob<TakeMessagesJob>("channels.take_messages", every: TimeSpan.FromSeconds(1), title: "收取平台消息")
            .AddJob<PruneNoncesJob>("channels.prune_nonces", every: TimeSpan.FromMinutes(5), title: "清理过期的推送凭证")
            .AddConsumer<OrderMoved, ShipmentDeliveries>("channels.ship", ShipmentDeliveries.Wants)
            .AddConsumer<StockChanged, StockDeliveries>("channels.stock")
            .AddSingleton<DueDeliveries>().AddSingleton<DeliverySignal>().AddSingleton<DeliveryQueue>().AddSingleton<ShopCircuits>()
            .AddScoped<SendRoundHandler>().AddScoped<SendStockHandler>().AddScoped<SendDeliveryHandler>().AddScoped<ResendDeliveriesHandler>().AddScoped<ReadDeliveryHandler>()
            .AddScoped<PlanListings>().AddScoped<ReadPublishRules>().AddScoped<ChangePublishRulesHandler>().AddScoped<PreviewPublishingHandler>().AddScoped<IStockExposure, MeasureExposure>()
            .AddScoped<TellShipment>().AddScoped<TellMemo>().AddScoped<WriteMemoHandler>().AddSingleton(new OrderDetailPart("卖家备注", typeof(MemoPart), Order: 25))
            .AddScoped<TellAnswer>().AddScoped<AnswerRefundsHandler>().AddScoped<IRefundAnswers>(provider => provider.GetRequiredService<AnswerRefundsHandler>()).AddSingleton(new RefundRowPart(typeof(AnswerPart)))
            .AddScoped<ReadBackSettings>().AddScoped<ReadBackStockHandler>().AddJob<ReadBackNightlyJob>("channels.read_back_stock", every: TimeSpan.FromMinutes(10), title: "夜间核对平台库存")
            .AddSingleton<DeliverToPlatforms>().AddHostedService(provider => provider.GetRequiredService<DeliverToPlatforms>())
            .AddJob<PruneDeliveriesJob>("channels.prune_deliveries", every: TimeSpan.FromHours(12), title: "清理旧的回传记录")
            .AddScoped<IChannelReader, ReadHealthHandler>().AddScoped<ReadShopDetailHandler>().AddScoped<ReadCallsHandler>().AddScoped<ReadProofsHandler>()
            .AddScoped<UploadImportHandler>().AddScoped<SteerImportHandler>().AddScoped<ReadImportsHandler>().AddScoped<TakeOrders>()
            .AddJob<RunImportsJob>("channels.imports", every: TimeSpan.FromSeconds(1), title: "检查和导入上传的订单文件")
            .AddJob<PruneImportsJob>("channels.prune_imports", every: TimeSpan.FromHours(12), title: "清理旧的导入文件")
            .AddScoped<CompareResultsHandler>().AddScoped<ReadComparisonsHandler>()
            .AddScoped<ReadBridgeStatesHandler>()
            .AddJob<ReadBridgesJob>("channels.bridges", every: TimeSpan.FromSeconds(5), title: "读取旧系统的订单表")
            .AddChannelAlerts();
    }

    /// <summary>All endpoints are for machines: no session, each request proves itself by its signature.</summary>
    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/shops/{shopCode}/orders", PushOrdersHandler.HandleHttpAsync).AllowAnonymous().DisableAntiforgery()
            .WithTags("shops").WithSummary("A self-built mall hands in 1–500 orders, signed").Produces<PushedOrders>();
        endpoints.MapPost("/oms/v1/webhooks/mall", ReceiveHintHandler.HandleHttpAsync).AllowAnonymous().DisableAntiforgery()
            .WithTags("shops").WithSummary("A self-built mall says that something changed, signed");
        endpoints.MapPost("/oms/v1/webhooks/douyin", ReceiveDouyinMessagesHandler.HandleHttpAsync).AllowAnonymous().DisableAntiforgery()
            .WithTags("shops").WithSummary("The Douyin shop says that something changed, signed");
        endpoints.MapImportDownloads();
        endpoints.MapComparisonDownloads();
        return endpoints;
    }
}
