namespace OrderHub.Platform.Results;

/// <summary>What the caller should conclude from a refusal; HTTP endpoints map it to a status code.</summary>
public enum ErrorKind { Invalid, NotFound, Conflict, Forbidden, Unavailable }

/// <summary>An expected refusal.</summary>
/// <param name="Code">Stable machine code, <c>module.reason</c>.</param>
/// <param name="Message">What happened and what to do, in Chinese; it is also the localizer's key.</param>
/// <param name="Kind">See <see cref="ErrorKind"/>.</param>
/// <param name="Arguments">Values for the placeholders <c>{0}</c>… of <paramref name="Message"/>.</param>
public sealed record Error(string Code, string Message, ErrorKind Kind, params object[] Arguments)
{
    /// <summary>The message in Chinese with its values filled in; pages use the localizer instead.</summary>
    public string Text => Arguments.Length == 0 ? Message : string.Format(System.Globalization.CultureInfo.InvariantCulture, Message, Arguments);
}
