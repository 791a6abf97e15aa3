using System.Globalization;
using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;
using OrderHub.Sandbox.Trading;

namespace OrderHub.Sandbox.Taobao;

/// <summary>One call that passed signature and session.</summary>
internal sealed record TopCall(IReadOnlyDictionary<string, string> Parameters, WorldState World)
{
    public Market Market => World.Market;
    public DateTimeOffset Now => World.Clock.GetUtcNow();

    public string? Text(string name) => Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Flag(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public TopFault? Need(string name, out string value)
    {
        value = Text(name) ?? "";
        return value.Length > 0 ? null : TopFault.Missing(name);
    }

    public TopFault? NeedNumber(string name, out long value)
    {
        value = 0;
        if (Need(name, out var text) is { } missing) return missing;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? null : TopFault.Invalid(name);
    }

    public TopFault? Number(string name, int whenAbsent, int least, int most, out int value) =>
        Incoming.TryInt(Text(name), whenAbsent, out value) && value >= least && value <= most ? null : TopFault.Invalid(name);

    /// <summary>A time window that is not empty, not backwards and not too long.</summary>
    public TopFault? Window(string startName, string endName, TimeSpan most, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (default, default);
        if (Need(startName, out var startText) is { } noStart) return noStart;
        if (Need(endName, out var endText) is { } noEnd) return noEnd;
        if (!ChinaTime.TryParse(startText, out start)) return TopFault.Invalid(startName);
        if (!ChinaTime.TryParse(endText, out end)) return TopFault.Invalid(endName);
        if (end <= start) return TopFault.Business("isv.invalid-parameter", $"{endName}必须晚于{startName}");
        return end - start > most ? TopFault.Business("isv.invalid-parameter:time-range-too-long", $"{startName}与{endName}的间隔过长") : null;
    }
}

internal abstract record TopAnswer;

internal sealed record TopBody(JsonObject Body) : TopAnswer;

internal sealed record TopFault(int Code, string Msg, string SubCode, string SubMsg) : TopAnswer
{
    public static TopFault Missing(string name) => new(40, "Missing required arguments:" + name, "isv.missing-parameter", $"缺少必选参数：{name}");

    public static TopFault Invalid(string name) => new(41, "Invalid arguments:" + name, "isv.invalid-parameter", $"参数错误：{name}");

    public static TopFault Business(string subCode, string subMsg) => new(15, "Remote service error", subCode, subMsg);

    public static TopFault NoTrade { get; } = Business("isv.trade-not-exist", "交易不存在");

    public JsonObject ToJson(string requestId) => new()
    {
        ["error_response"] = new JsonObject
        {
            ["code"] = Code, ["msg"] = Msg, ["sub_code"] = SubCode, ["sub_msg"] = SubMsg, ["request_id"] = requestId,
        },
    };
}
