using System.Diagnostics;
using System.Globalization;
using OrderHub.Platform.Actions;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace OrderHub.Host.Startup;

/// <summary>Console and a file per day in the data directory. Verbs log to standard error: their standard output is their answer.</summary>
internal static class HubLogging
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext:l}: {Message:lj}{NewLine}{Exception}";

    public static SerilogLoggerFactory Create(HubSettings settings, IConfiguration configuration, bool verb)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(verb ? LogEventLevel.Warning : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal) // a failed start is told in one line by the verb
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error) // keys at rest are as safe as the database they are in
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Model", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Command", LogEventLevel.Fatal) // what fails is thrown, and logged by who catches it
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: verb ? LogEventLevel.Verbose : LogEventLevel.Error);
        if (!verb)
            log.WriteTo.File(Path.Combine(settings.DataDirectory, "logs", "orderhub-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14,
                fileSizeLimitBytes: 100_000_000, rollOnFileSizeLimit: true, shared: true, formatProvider: CultureInfo.InvariantCulture,
                outputTemplate: "{Timestamp:O} {Level:u3} {SourceContext:l} {TraceId} {Message:lj}{NewLine}{Exception}");
        return new SerilogLoggerFactory(log.CreateLogger(), dispose: true);
    }

    /// <summary>Gives every action, job and request a trace id, whether or not anything collects traces.</summary>
    public static ActivityListener ListenForTraceIds()
    {
        var ours = HubTracing.Source.Name;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ours || source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
