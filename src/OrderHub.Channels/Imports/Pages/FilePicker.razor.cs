using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using OrderHub.Channels.Imports.Sheets;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Imports.Pages;

public sealed partial class FilePicker
{
    private string _name = "";

    /// <summary>What the field asks for, already localised.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";
    [Parameter] public bool Busy { get; set; }
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public EventCallback<ChosenFile> OnChosen { get; set; }
    [Parameter] public EventCallback<Error> OnRefused { get; set; }

    /// <summary>How many files may be chosen at once.</summary>
    [Parameter] public int Most { get; set; } = 1;

    /// <param name="Second">Chosen together with the first.</param>
    public sealed record ChosenFile(string Name, byte[] Content, byte[]? Second = null);

    private async Task ChosenAsync(InputFileChangeEventArgs chosen)
    {
        if (Busy || Disabled) return;
        var files = chosen.GetMultipleFiles(int.MaxValue);
        _name = string.Join(" + ", files.Take(2).Select(f => f.Name));
        if (files.Count > Most || files.Any(f => f.Size > SheetFormats.MostBytes))
        {
            await OnRefused.InvokeAsync(files.Count > Most ? SheetErrors.TooManyFiles(Most) : SheetErrors.TooBig(SheetFormats.MostBytes / 1024 / 1024));
            return;
        }
        var contents = new List<byte[]>();
        try
        {
            foreach (var file in files) contents.Add(await ReadAsync(file));
        }
        catch (IOException lost)
        {
            await OnRefused.InvokeAsync(SheetErrors.Broken(lost.Message));
            return;
        }
        await OnChosen.InvokeAsync(new(_name, contents[0], contents.ElementAtOrDefault(1)));
    }

    private static async Task<byte[]> ReadAsync(IBrowserFile file)
    {
        using var whole = new MemoryStream((int)file.Size);
        await using var stream = file.OpenReadStream(SheetFormats.MostBytes);
        await stream.CopyToAsync(whole);
        return whole.ToArray();
    }
}
