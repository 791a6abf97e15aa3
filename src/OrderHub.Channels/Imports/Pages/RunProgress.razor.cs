using System.Globalization;
using Microsoft.AspNetCore.Components;
using OrderHub.Channels.Imports.Runs;

namespace OrderHub.Channels.Imports.Pages;

public sealed partial class RunProgress
{
    [CascadingParameter] private ImportPage Page { get; set; } = default!;
    [CascadingParameter] private ImportRow Run { get; set; } = default!;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
