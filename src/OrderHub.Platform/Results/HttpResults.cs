using Microsoft.AspNetCore.Http;

namespace OrderHub.Platform.Results;

/// <summary>Refusals at the HTTP edge: RFC 9457 problem details with the stable code in <c>code</c>.</summary>
public static class HttpResults
{
    public static IResult ToHttp(this Result result) => result.Error is { } error ? error.ToHttp() : TypedResults.NoContent();

    public static IResult ToHttp<T>(this Result<T> result) => result.Error is { } error ? error.ToHttp() : TypedResults.Ok(result.Value);

    public static IResult ToHttp(this Error error) => TypedResults.Problem(
        detail: error.Text, statusCode: StatusCode(error.Kind), title: error.Code,
        extensions: new Dictionary<string, object?> { ["code"] = error.Code });

    public static int StatusCode(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
