using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.SellerPages;

/// <summary>What a shop's clerk would see on the platform's own pages: newest orders and one order. Read-only.</summary>
internal sealed class SellerBackOffice(WorldState world)
{
    private static readonly (string Path, SandboxPlatform Platform)[] Shops =
    [
        ("taobao", SandboxPlatform.Taobao), ("jd", SandboxPlatform.Jd), ("pinduoduo", SandboxPlatform.Pinduoduo),
        ("douyin", SandboxPlatform.Douyin), ("mall", SandboxPlatform.Mall),
        ("wechat", SandboxPlatform.WeChat),
        ("kuaishou", SandboxPlatform.Kuaishou),
    ];

    public void Map(WebApplication web)
    {
        foreach (var (path, platform) in Shops)
        {
            web.MapGet($"/{path}/seller", () => Html(List(path, platform)));
            web.MapGet($"/{path}/seller/orders/{{no}}", (string no) => world.Market.Orders.Find(platform, no) is { } order
                ? Html(Detail(path, order)) : Html(Page(path, platform, "<p>订单不存在</p>"), StatusCodes.Status404NotFound));
        }
    }

    private string List(string path, SandboxPlatform platform)
    {
        var rows = new StringBuilder("<table><thead><tr><th>订单号</th><th>下单时间</th><th>买家</th><th>实付（元）</th><th>状态</th><th>退款</th></tr></thead><tbody>");
        foreach (var o in world.Market.Orders.Newest(platform, 100))
        {
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"/{path}/seller/orders/{Text(o.No)}\">{Text(o.No)}</a></td><td>{ChinaTime.Text(o.CreatedAt)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Text(o.Buyer.Nick)}</td><td>{Yuan.Text(o.PayFen)}</td><td>{State(o)}</td><td>{(o.Refunds.Count == 0 ? "" : RefundState(o.Refunds[^1]))}</td></tr>");
        }
        return Page(path, platform, rows.Append("</tbody></table>").ToString());
    }

    private static string Detail(string path, SandboxOrder order)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<h2>订单 {Text(order.No)}</h2><p id=\"state\">订单状态：{State(order)}</p><p id=\"shipping\">发货状态：{Shipping(order)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>下单：{ChinaTime.Text(order.CreatedAt)}　付款：{ChinaTime.Text(order.PaidAt, "未付款")}　签收：{ChinaTime.Text(order.SignedAt, "—")}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>收货人：{Text(order.Receiver.Name)}，{Text(order.Receiver.Province)}{Text(order.Receiver.City)}{Text(order.Receiver.District)}{Text(order.Receiver.Address)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>买家留言：{Text(order.BuyerNote)}</p><p>卖家备注：{Text(order.SellerNote)}</p>");
        page.Append("<table><thead><tr><th>商品</th><th>规格</th><th>商家编码</th><th>单价</th><th>数量</th><th>实付</th></tr></thead><tbody>");
        foreach (var line in order.Lines)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(line.Title)}</td><td>{Text(line.Spec)}</td><td>{Text(line.SkuCode)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Yuan.Text(line.PriceFen)}</td><td>{line.Quantity}</td><td>{Yuan.Text(line.PayFen)}</td></tr>");
        }
        page.Append(CultureInfo.InvariantCulture, $"</tbody></table><p>运费：{Yuan.Text(order.FreightFen)}　实付合计：{Yuan.Text(order.PayFen)}</p>");
        foreach (var parcel in order.Shipments)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"parcel\">物流公司：{Text(parcel.CarrierName)}　运单号：<span class=\"waybill\">{Text(parcel.WaybillNo)}</span>　发货时间：{ChinaTime.Text(parcel.At)}</p>");
        foreach (var refund in order.Refunds)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"refund\">退款 {Text(refund.No)}：{Yuan.Text(refund.AmountFen)} 元，{RefundState(refund)}（{Text(refund.Reason)}）</p>");
        return Page(path, order.Platform, page.ToString());
    }

    private static string Page(string path, SandboxPlatform platform, string content)
    {
        var name = Text(SandboxCredentials.Of(platform).ShopName);
        return $$"""
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{name}} · 卖家后台（沙箱）</title>
            <style>body{font:14px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;margin:16px;max-width:1100px}table{border-collapse:collapse;width:100%}
            th,td{border:1px solid #ccc;padding:4px 8px;text-align:left;overflow-wrap:anywhere}th{background:#f2f2f2}</style></head>
            <body><h1><a href="/{{path}}/seller">{{name}} · 卖家后台（沙箱）</a></h1>{{content}}</body></html>
            """;
    }

    private static string State(SandboxOrder order) => order.State switch
    {
        SandboxOrderState.Unpaid => "待付款",
        SandboxOrderState.Paid => order.RiskControlled ? "已付款（审核中）" : "待发货",
        SandboxOrderState.PartShipped => "部分发货",
        SandboxOrderState.Shipped => "已发货",
        SandboxOrderState.Signed => "已签收",
        SandboxOrderState.Finished => "交易成功",
        SandboxOrderState.ClosedUnpaid => "未付款，已关闭",
        _ => "已退款，已关闭",
    };

    private static string Shipping(SandboxOrder order) => order.Shipments.Count == 0 ? "未发货" : order.State == SandboxOrderState.PartShipped ? "部分发货" : "已发货";

    private static string RefundState(SandboxRefund refund) => refund.State switch
    {
        SandboxRefundState.Applied => "退款申请中",
        SandboxRefundState.Refused => "已拒绝退款",
        _ => "退款成功",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static IResult Html(string page, int status = StatusCodes.Status200OK) => Results.Text(page, "text/html", Encoding.UTF8, status);
}
