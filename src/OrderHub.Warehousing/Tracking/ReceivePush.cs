using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrderHub.Warehousing.Tracking;

/// <summary>Kuaidi100 pushes tracks here. Anything but its exact success text makes it push again (three times, about 30 minutes apart).</summary>
internal static class ReceivePush
{
    private const string Taken = """{"result":true,"returnCode":"200","message":"成功"}""";
    private const string WrongSign = """{"result":false,"returnCode":"401","message":"签名不符"}""";
    private const string Unreadable = """{"result":false,"returnCode":"400","message":"内容无法读取"}""";

    public static void MapTrackingPush(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Kuaidi100Tracking.CallbackPath, HandleAsync)
        .AllowAnonymous() // the provider cannot sign in; the signature below is the check
        .DisableAntiforgery().ExcludeFromDescription();

    internal static async Task<IResult> HandleAsync(HttpRequest request, IOptionsSnapshot<TrackingOptions> options, TakeCourierNewsHandler handler, RenewSubscriptionHandler renew,
        ILoggerFactory logs, CancellationToken ct)
    {
        if (!request.HasFormContentType) return Answer(Unreadable, StatusCodes.Status400BadRequest);
        var form = await request.ReadFormAsync(ct);
        var param = form["param"].ToString();
        if (!TrackingSignature.IsOurs(param, form["sign"], options.Value.Salt)) return Answer(WrongSign, StatusCodes.Status401Unauthorized);
        if (Read(param) is not { LastResult: { Nu.Length: > 0 } news } push) return Answer(Unreadable, StatusCodes.Status400BadRequest);

        if (!await handler.HandleAsync(news, ct)) logs.CreateLogger(typeof(ReceivePush)).LogInformation("Tracks pushed for a number that is none of ours");
        else if (push.Status is "abort") await renew.HandleAsync(news.Nu, ct);
        return Answer(Taken, StatusCodes.Status200OK);
    }

    private static TrackingPush? Read(string param)
    {
        try
        {
            return JsonSerializer.Deserialize<TrackingPush>(param, TrackingJson.Options);
        }
        catch (JsonException)
        {
            return null; // answered as unreadable
        }
    }

    private static IResult Answer(string json, int status) => Results.Content(json, "application/json", System.Text.Encoding.UTF8, status);
}
