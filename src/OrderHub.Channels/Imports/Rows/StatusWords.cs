using OrderHub.Channels.Imports.Sheets;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>What back offices call the state of an order.</summary>
internal static class StatusWords
{
    private static readonly string[] Closed = ["关闭", "取消", "删除", "作废", "cancel", "closed"],
        PartShipped = ["部分发货", "部分已发货", "part"],
        Shipped = ["已发货", "等待买家确认", "等待确认收货", "待收货", "等待收货", "已出库", "运输中", "派送中", "shipped", "发货成功"],
        Received = ["交易成功", "已完成", "完成", "已收货", "已签收", "签收", "交易完成", "已评价", "received", "signed", "completed", "finished"],
        Unpaid = ["等待买家付款", "等待付款", "待付款", "未付款", "待支付", "未支付", "pending_payment", "unpaid"],
        Held = ["锁定", "审核中", "待成团", "风控", "暂停"],
        Paid = ["待发货", "等待卖家发货", "等待发货", "已付款", "已支付", "待出库", "等待出库", "备货", "未发货", "待配货", "待审核", "待打单", "待拣货", "配货", "已审核", "已分仓", "已打包", "缺货",
            "paid", "allocated", "packed", "review", "shortage"];

    /// <summary>Null = not known. The hold is the platform's word where it forbids shipping for now.</summary>
    public static (PlatformStatus Status, string? Hold)? Parse(string cell, bool wasPaid)
    {
        var text = CellText.Plain(cell).ToLowerInvariant();
        if (text.Length == 0) return null;
        // 未发货，退款成功 and 已发货，退款成功 are both over
        if (text.Contains("退款成功", StringComparison.Ordinal) || text is "returned" or "已退货" or "已退款") return (PlatformStatus.ClosedAfterPayment, null);
        if (Says(text, Closed)) return (wasPaid ? PlatformStatus.ClosedAfterPayment : PlatformStatus.ClosedUnpaid, null);
        if (Says(text, PartShipped)) return (PlatformStatus.PartShipped, null);
        if (Says(text, Unpaid)) return (PlatformStatus.Unpaid, null);
        // 买家已付款，等待卖家发货 names both; a shipment that is awaited has not happened
        if (Says(text, Shipped)) return (PlatformStatus.Shipped, null);
        if (Says(text, Paid) || Says(text, Held)) return (PlatformStatus.Paid, Says(text, Held) ? $"平台状态：{CellText.Plain(cell)}" : null);
        return Says(text, Received) ? (PlatformStatus.Received, null) : null;
    }

    private static bool Says(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal));
}
