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

    public sealed record ChosenFile(string Name, byte[] Content);

    private async Task ChosenAsync(InputFileChangeEventArgs chosen)
    {
        if (Busy || Disabled) return;
        _name = chosen.File.Name;
        if (chosen.File.Size > SheetFormats.MostBytes)
        {
            await OnRefused.InvokeAsync(SheetErrors.TooBig(SheetFormats.MostBytes / 1024 / 1024));
            return;
        }
        byte[] content;
        try
        {
            using var whole = new MemoryStream((int)chosen.File.Size);
            await using var file = chosen.File.OpenReadStream(SheetFormats.MostBytes);
            await file.CopyToAsync(whole);
            content = whole.ToArray();
        }
        catch (IOException lost)
        {
            await OnRefused.InvokeAsync(SheetErrors.Broken(lost.Message));
            return;
        }
        await OnChosen.InvokeAsync(new(_name, content));
    }
}
