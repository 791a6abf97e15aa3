using OrderHub.Platform.Results;

namespace OrderHub.Platform.Components;

public static class LayoutErrors
{
    /// <summary>A page threw; the circuit lives on and the page can be tried again.</summary>
    public static readonly Error Broken = new("platform.page_failed", "这个页面出了问题，已记录。请重试，仍不行请联系管理员。", ErrorKind.Unavailable);
}
