using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Rows;

/// <summary>Why a row, and with it its order, cannot be imported; and what a person should know about one that can. Codes of remarks begin with <c>channels.remark_</c>.</summary>
internal static class RowErrors
{
    public static readonly Error NoOrderNo = new("channels.row_no_order_no", "没有订单号。", ErrorKind.Invalid);
    public static readonly Error NoTime = new("channels.row_no_time", "没有下单时间，也没有付款时间。", ErrorKind.Invalid);
    public static readonly Error NoAmount = new("channels.row_no_amount", "没有任何金额。", ErrorKind.Invalid);
    public static Error DigitsLost(string text) => new("channels.row_digits_lost", "订单号 {0} 是科学计数法：Excel 已经丢掉了后面的数字，请从平台重新导出，不要用 Excel 保存。", ErrorKind.Invalid, text);
    public static Error ZeroedDigits(string text) => new("channels.row_digits_zeroed", "订单号 {0} 的末尾全是 0：Excel 只保留 15 位数字，请从平台重新导出。", ErrorKind.Invalid, text);
    public static readonly Error AmountsTooBig = new("channels.row_amounts_too_big", "金额大得不合理。", ErrorKind.Invalid);
    public static Error TooManyLines(string most) => new("channels.row_too_many_lines", "一个订单超过 {0} 行，请检查订单号这一列。", ErrorKind.Invalid, most);
    public static Error BadOrderNo(string text) => new("channels.row_bad_order_no", "“{0}”不是订单号。", ErrorKind.Invalid, text);
    public static Error BadTime(string field, string text) => new("channels.row_bad_time", "{0}“{1}”不是时间。", ErrorKind.Invalid, field, text);
    public static Error FutureTime(string field, string text) => new("channels.row_future_time", "{0}“{1}”在将来，请检查。", ErrorKind.Invalid, field, text);
    public static Error BadMoney(string field, string text) => new("channels.row_bad_money", "{0}“{1}”不是金额。", ErrorKind.Invalid, field, text);
    public static Error NegativeMoney(string field, string text) => new("channels.row_negative_money", "{0}“{1}”是负数。", ErrorKind.Invalid, field, text);
    public static Error BadQuantity(string text) => new("channels.row_bad_quantity", "数量“{0}”不是正整数。", ErrorKind.Invalid, text);
    public static Error BadStatus(string text) => new("channels.row_bad_status", "认不出订单状态“{0}”。", ErrorKind.Invalid, text);
    public static Error TooLong(string field) => new("channels.row_too_long", "{0}太长。", ErrorKind.Invalid, field);
    public static Error LineTwice(string lineNo) => new("channels.row_line_twice", "子订单号 {0} 在同一订单里出现了两次。", ErrorKind.Invalid, lineNo);
    public static Error OtherRow(string row) => new("channels.row_other_row", "同一订单的第 {0} 行有误，整单没有导入。", ErrorKind.Invalid, row);
    public static Error NotTaken(string why) => new("channels.row_not_taken", "入库失败：{0}", ErrorKind.Invalid, why);

    public static readonly Error NoGoods = new("channels.remark_no_goods", "文件里没有商品，订单会进待审核，等人补上商品。", ErrorKind.Conflict);
    public static Error Review(string reason) => new("channels.remark_review", "订单进待审核：{0}", ErrorKind.Conflict, reason);
    public static Error HasRefund(string yuan) => new("channels.remark_has_refund", "有退款 {0} 元；导入不生成退款单，退款以平台同步为准。", ErrorKind.Conflict, yuan);

    /// <summary>A remark does not keep its order out.</summary>
    public static bool IsRemark(this Error error) => error.Code.StartsWith("channels.remark_", StringComparison.Ordinal);
}

/// <param name="Row">As Excel counts.</param>
internal sealed record RowFinding(int Row, string OrderNo, Error Error);
