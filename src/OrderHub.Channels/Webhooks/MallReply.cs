using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using OrderHub.Platform.Actions;

namespace OrderHub.Channels.Webhooks;

/// <summary>Refusals in the mall convention's own words: HTTP status and a stable code.</summary>
internal sealed record MallRefusal(int Status, string Code, string Message)
{
    public static readonly MallRefusal SignInvalid = new(StatusCodes.Status401Unauthorized, "sign_invalid", "签名不正确");
    public static readonly MallRefusal TimestampSkew = new(StatusCodes.Status401Unauthorized, "timestamp_skew", "时间戳与服务器相差超过 300 秒");
    public static readonly MallRefusal NonceReplayed = new(StatusCodes.Status401Unauthorized, "nonce_replayed", "同一个 nonce 在 10 分钟内已用过");
    public static readonly MallRefusal TooLarge = new(StatusCodes.Status413PayloadTooLarge, "invalid", "请求体超过 8 MB");
    public static readonly MallRefusal ServerError = new(StatusCodes.Status500InternalServerError, "server_error", "暂时无法处理，请用新的 nonce 重试");
    public static MallRefusal NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", $"没有{what}");
    public static MallRefusal Invalid(string why) => new(StatusCodes.Status422UnprocessableEntity, "invalid", why);

    public IResult ToHttp() => Results.Json(new Body(Code, Message, HubTracing.CurrentTraceId), statusCode: Status);

    private sealed record Body([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("message")] string Message, [property: JsonPropertyName("request_id")] string RequestId);
}
