using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrderHub.Host.Web;

internal static class HubApi
{
    private const string KeyScheme = "ApiKey";

    public static void AddHubApi(this IServiceCollection services)
    {
        services.AddProblemDetails(o => o.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", context.HttpContext.Response.StatusCode switch
            {
                StatusCodes.Status401Unauthorized => "platform.unauthenticated",
                StatusCodes.Status403Forbidden => "platform.forbidden",
                StatusCodes.Status404NotFound => "platform.not_found",
                StatusCodes.Status500InternalServerError => "platform.failed",
                _ => "platform.refused",
            }));
        services.AddOpenApi("v1", o => o.AddDocumentTransformer(DescribeAsync));
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "OrderHub", Version = "v1",
            Description = "Money is in fen (1/100 CNY), weights in grams, instants in UTC (ISO 8601). Errors are RFC 9457 problem details with a stable `code`.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key",
            Description = "Made by `apikey create --name … --role …`; it may do what its role may do.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
