using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using static OrderHub.Orders.Contracts.OrderState;

namespace OrderHub.Orders.States;

/// <summary>One allowed move. <paramref name="When"/> is for people: what makes it happen, in Chinese.</summary>
/// <param name="Roles">Who may or whose work triggers it; empty = the system and the platforms.</param>
public sealed record OrderTransition(OrderState From, OrderTrigger Trigger, OrderState To, string When, IReadOnlyList<string> Roles);

/// <summary>The order's states as data: the machine obeys it and the help page shows it.</summary>
public static class OrderTransitions
{
    private static readonly string[] System = [];
    private static readonly string[] Handlers = [Platform.Accounts.Roles.Operations, Platform.Accounts.Roles.Supervisor];
    private static readonly string[] Warehouse = [Platform.Accounts.Roles.Packer, Platform.Accounts.Roles.WarehouseLead];

    public static readonly IReadOnlyList<OrderTransition> All =
    [
        new(PendingPayment, OrderTrigger.Pay, Paid, "平台通知买家已付款", System),
        new(PendingPayment, OrderTrigger.Cancel, Cancelled, "买家或平台关闭未付款订单，占用的库存释放", System),
        new(Cancelled, OrderTrigger.Pay, Review, "取消之后买家仍付了款，由人决定", System),
        new(Paid, OrderTrigger.SendToReview, Review, "资料有疑问：SKU 未对应、金额不符、省份不明等", System),
        new(Paid, OrderTrigger.Allocate, Allocated, "选定仓库和快递，库存占用成功", System),
        new(Paid, OrderTrigger.RunShort, Shortage, "没有一个仓库能发齐", System),
        new(Paid, OrderTrigger.Cancel, Cancelled, "发货前全额退款", System),
        new(Review, OrderTrigger.Approve, Paid, "审核通过，重新分仓", Handlers),
        new(Review, OrderTrigger.Cancel, Cancelled, "发货前全额退款或审核不通过", Handlers),
        new(Shortage, OrderTrigger.Allocate, Allocated, "到货后自动分仓，按发货时限、VIP、付款先后", System),
        new(Shortage, OrderTrigger.SendToReview, Review, "平台修改了商品，需要重新审核", System),
        new(Shortage, OrderTrigger.Cancel, Cancelled, "发货前全额退款", System),
        new(Allocated, OrderTrigger.Pack, Packed, "扫描复核无误，打印面单并装箱", Warehouse),
        new(Allocated, OrderTrigger.SendToReview, Review, "平台修改了商品，库存释放后重新审核", System),
        new(Allocated, OrderTrigger.RunShort, Shortage, "仓库拒单而别的仓发不了，或平台改后的数量没有库存、改后的地址没有仓能发到", System),
        new(Allocated, OrderTrigger.Cancel, Cancelled, "发货前全额退款，占用的库存释放", System),
        new(Packed, OrderTrigger.Unpack, Allocated, "交接前拆包重做", Warehouse),
        new(Packed, OrderTrigger.Ship, Shipped, "快递揽收，库存扣减，回传平台", System),
        new(Packed, OrderTrigger.Cancel, Cancelled, "揽收前全额退款，包裹拦下、面单作废、库存释放", System),
        new(Shipped, OrderTrigger.Sign, Signed, "快递签收", System),
        new(Shipped, OrderTrigger.Complete, Completed, "买家确认收货", System),
        new(Shipped, OrderTrigger.Return, Returned, "发货后全额退款", System),
        new(Signed, OrderTrigger.Complete, Completed, "买家确认收货，或签收满七天", System),
        new(Signed, OrderTrigger.Return, Returned, "签收后全额退款", System),
        new(Completed, OrderTrigger.Return, Returned, "完成后全额退款", System),
    ];

    private static readonly Dictionary<(OrderState, OrderTrigger), OrderState> Targets = All.ToDictionary(t => (t.From, t.Trigger), t => t.To);

    /// <summary>Null = not allowed from here.</summary>
    public static OrderState? Target(OrderState from, OrderTrigger trigger) => Targets.TryGetValue((from, trigger), out var to) ? to : null;

    /// <summary>States in which the trigger has already had its effect; asking again is harmless.</summary>
    public static bool IsAlreadyDone(OrderState state, OrderTrigger trigger) => trigger switch
    {
        OrderTrigger.Pay => state is not PendingPayment and not Cancelled,
        OrderTrigger.Pack => state is Packed or Shipped or Signed or Completed,
        OrderTrigger.Ship => state is Shipped or Signed or Completed or Returned,
        OrderTrigger.Sign => state is Signed or Completed or Returned,
        OrderTrigger.Complete => state is Completed or Returned,
        OrderTrigger.Cancel => state is Cancelled,
        OrderTrigger.Return => state is Returned,
        OrderTrigger.Unpack => state is Allocated,
        _ => false,
    };

    public static string Chinese(this OrderTrigger trigger) => trigger switch
    {
        OrderTrigger.Pay => "付款",
        OrderTrigger.SendToReview => "转审核",
        OrderTrigger.Approve => "审核通过",
        OrderTrigger.Allocate => "分仓",
        OrderTrigger.RunShort => "缺货",
        OrderTrigger.Pack => "打包",
        OrderTrigger.Ship => "揽收发货",
        OrderTrigger.Sign => "签收",
        OrderTrigger.Complete => "完成",
        OrderTrigger.Cancel => "取消",
        OrderTrigger.Return => "退货",
        OrderTrigger.Unpack => "拆包",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger)),
    };
}
