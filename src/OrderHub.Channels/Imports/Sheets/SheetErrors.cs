using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Sheets;

internal static class SheetErrors
{
    public static readonly Error Empty = new("channels.sheet_empty", "文件是空的，请重新导出。", ErrorKind.Invalid);
    public static readonly Error NoRows = new("channels.sheet_no_rows", "文件里只有表头，没有数据行。", ErrorKind.Invalid);
    public static readonly Error NoHeader = new("channels.sheet_no_header", "前 20 行里找不到表头，请确认第一张工作表就是订单表。", ErrorKind.Invalid);
    public static readonly Error WebPage = new("channels.sheet_web_page", "这个文件其实是网页，不是表格。请用 Excel 打开后另存为 .xlsx 再上传。", ErrorKind.Invalid);
    public static readonly Error Unknown = new("channels.sheet_unknown", "这不是 Excel 或 CSV 文件。请上传 .xlsx、.xls 或 .csv。", ErrorKind.Invalid);
    public static readonly Error Locked = new("channels.sheet_locked", "文件有密码，打不开。请去掉密码后再上传。", ErrorKind.Invalid);
    public static readonly Error Encoding = new("channels.sheet_encoding", "认不出文件的文字编码。请另存为 UTF-8 的 CSV 或 .xlsx 再上传。", ErrorKind.Invalid);
    public static readonly Error NotAPair = new("channels.sheet_not_a_pair", "两个文件要一个是订单报表、一个是宝贝（商品明细）报表，都带订单编号。", ErrorKind.Invalid);
    public static Error Broken(string why) => new("channels.sheet_broken", "文件已损坏，读不下去：{0}", ErrorKind.Invalid, why);
    public static Error TooManyFiles(int most) => new("channels.sheet_too_many_files", "一次最多选 {0} 个文件。", ErrorKind.Invalid, most);
    public static Error TooBig(long mostMegabytes) => new("channels.sheet_too_big", "文件超过 {0} MB，请分成几份。", ErrorKind.Invalid, mostMegabytes);
    public static Error TooManyRows(string most) => new("channels.sheet_too_many_rows", "一次最多 {0} 行，请分成几份。", ErrorKind.Invalid, most);
}
