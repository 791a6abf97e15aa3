using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderHub.Platform.Notifications.Senders;

/// <summary>One exchange with a group robot and what its answer means; WeCom and DingTalk share the shape {errcode, errmsg}.</summary>
internal static class RobotAnswer
{
    private static readonly TimeSpan WeComFrequency = TimeSpan.FromMinutes(1), DingTalkPunishment = TimeSpan.FromMinutes(10);

    public static async Task<SendOutcome> PostAsync(HttpClient http, Uri address, JsonObject body, CancellationToken ct)
    {
        try
        {
            using var answer = await http.PostAsync(address, JsonContent.Create(body, options: NotifyTargets.Json), ct);
            return Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(ct), answer.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException unreachable)
        {
            return SendOutcome.Later($"network: {unreachable.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendOutcome.Later("network: timeout");
        }
    }

    /// <summary>Pure. Decides on errcode alone: the words beside it change.</summary>
    public static SendOutcome Of(HttpStatusCode status, string body, TimeSpan? retryAfter = null)
    {
        if ((int)status >= 500) return SendOutcome.Later($"http {(int)status}", retryAfter);
        if (status is HttpStatusCode.TooManyRequests) return SendOutcome.Later("http 429", retryAfter ?? WeComFrequency);
        if ((int)status >= 300) return SendOutcome.Refused($"http {(int)status}");
        if (Read(body) is not var (code, words)) return SendOutcome.Refused("unreadable answer");
        var error = Utf8Limit.Cut($"{code} {words}", 500);
        return code switch
        {
            0 => SendOutcome.Sent,
            -1 => SendOutcome.Later(error),
            45009 => SendOutcome.Later(error, WeComFrequency),
            130101 or 410100 or 660026 => SendOutcome.Later(error, DingTalkPunishment),
            _ => SendOutcome.Refused(error),
        };
    }

    private static (long Code, string Words)? Read(string body)
    {
        try
        {
            var root = JsonElement.Parse(Encoding.UTF8.GetBytes(body));
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("errcode", out var code) || !code.TryGetInt64(out var number)) return null;
            return (number, root.TryGetProperty("errmsg", out var words) && words.ValueKind == JsonValueKind.String ? words.GetString()! : "");
        }
        catch (Exception garbled) when (garbled is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
