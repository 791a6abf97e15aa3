using Microsoft.Extensions.DependencyInjection;
using OrderHub.AfterSales.Contracts;
using OrderHub.AfterSales.Refunds;
using OrderHub.AfterSales.Returns;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Outbox;

namespace OrderHub.AfterSales;

public static class AfterSalesModule
{
    public static IServiceCollection AddAfterSales(this IServiceCollection services) => services
        .AddModuleAssembly(typeof(AfterSalesModule).Assembly)
        .AddScoped<IRefundIntake, AcceptRefunds>()
        .AddScoped<IRefundReports, ReportRefunds>()
        .AddScoped<ApplyToOrders>()
        .AddConsumer<ReturnChanged, FollowRefunds>("aftersales.expect-returns")
        .AddScoped<ListRefunds>()
        .AddScoped<ReadOrderRefunds>()
        .AddScoped<IRefundReader, ReadRefund>()
        .AddScoped<IOrderDetailSource, ReadOrderRefunds>()
        .AddSingleton(new OrderDetailPart("售后单", typeof(OrderRefunds), Order: 20))
        .AddJob<JoinRefundsJob>("aftersales.join-refunds", every: TimeSpan.FromMinutes(1), title: "给先到的售后单找到订单");
}
